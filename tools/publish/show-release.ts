import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { fetchLocked } from "../lib/fetch-locked.ts";
import { publishedPackages } from "../lib/packages.ts";
import { inRoot } from "../lib/root.ts";
import { runParts } from "../lib/run-parts.ts";
import { attw } from "../pack/attw.ts";
import { packInto } from "../pack/pack-into.ts";
import { build } from "../parts/build.ts";
import { pack } from "../parts/pack.ts";
import { Checks, type Part } from "../parts/part.ts";
import { changesets } from "./changesets.ts";

/** What would be published, in the order in which packages need each other. Talks to no registry but to fetch tools. */
const release: Part = {
  name: "release",
  budget: 30,
  async run() {
    const checks = new Checks();
    const modules = await fetchLocked(inRoot("test", "toolchains", "versions"), "toolchains");
    const folder = mkdtempSync(join(tmpdir(), "kubewright-release-"));
    try {
      for (const pkg of publishedPackages()) {
        const { name, version, publishConfig } = pkg.manifest;
        const { tarball, ...result } = await packInto(folder, pkg);
        if (!checks.record(`pack ${name}`, result)) continue;
        checks.record(`attw ${name}`, await attw(modules, pkg, tarball));
        const bytes = readFileSync(tarball);
        console.log(
          `\n${name}@${version}  ${publishConfig?.access ?? "?"}, provenance ${publishConfig?.provenance === true}`,
        );
        console.log(
          `  ${(bytes.length / 1024).toFixed(0)} KB packed, ${(gunzipSync(bytes).length / 1024).toFixed(0)} KB unpacked`,
        );
        console.log(`  sha512-${createHash("sha512").update(bytes).digest("base64")}`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    console.log("\nNothing was published.");
    return checks.result;
  },
};

/** Builds, packs and checks every package, and shows what a release would be. */
export async function showRelease(): Promise<void> {
  await changesets(["status", "--verbose"]);
  await runParts([build, pack, release], true);
}
