import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAuthority } from "../../test/support/certificates.ts";
import { fetchLocked } from "../lib/fetch-locked.ts";
import { publishedPackages } from "../lib/packages.ts";
import { inRoot } from "../lib/root.ts";
import { packInto } from "../pack/pack-into.ts";
import { checkBundlers } from "../toolchains/bundlers.ts";
import { checkCompilers } from "../toolchains/compilers.ts";
import { installProject } from "../toolchains/install.ts";
import { checkNodes } from "../toolchains/nodes.ts";
import { checkRuntimes } from "../toolchains/runtimes.ts";
import { startRecordedServer } from "../toolchains/recorded-server.ts";
import { type Setting, writeKubeconfig, writeProject } from "../toolchains/setting.ts";
import { Checks, type Part, type PartResult } from "./part.ts";

/** The packed packages under each compiler, bundler and runtime that users have. Needs `build`. */
export const toolchains: Part = {
  name: "toolchains",
  budget: 240,
  async run(): Promise<PartResult> {
    const checks = new Checks();
    const folder = mkdtempSync(join(tmpdir(), "kubewright-toolchains-"));
    const authority = createAuthority();
    const server = await startRecordedServer({ tls: authority.issue() });
    try {
      const modules = await fetchLocked(inRoot("test", "toolchains", "versions"), "toolchains");
      const packages = publishedPackages().filter(({ manifest }) => manifest.name !== "@kubewright/codegen");
      const tarballs = new Map<string, string>();
      for (const pkg of packages) {
        const { tarball, ...result } = await packInto(folder, pkg);
        if (checks.record(`pack ${pkg.manifest.name}`, result)) tarballs.set(pkg.manifest.name, tarball);
      }
      const project = join(folder, "project");
      if (tarballs.size === packages.length && (await installProject(project, tarballs, checks))) {
        writeProject(project);
        const kubeconfig = writeKubeconfig(project, server.origin, authority.ca);
        const setting: Setting = { checks, project, modules, tarballs, packages, kubeconfig };
        for (const check of [checkNodes, checkRuntimes, checkBundlers, checkCompilers]) {
          const started = Date.now();
          await check(setting);
          console.log(`${check.name}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
        }
      }
    } finally {
      await server.close();
      authority.remove();
      rmSync(folder, { recursive: true, force: true });
    }
    return checks.result;
  },
};
