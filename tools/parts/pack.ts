import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { publishedPackages, type Package } from "../lib/packages.ts";
import { inRoot } from "../lib/root.ts";
import { run, tsc } from "../lib/run.ts";
import { installConsumer, type Packed } from "../pack/consumer.ts";
import { packInto } from "../pack/pack-into.ts";
import { oldestNode, oldestVersion } from "../pack/oldest-node.ts";
import { Checks, type Part, type PartResult } from "./part.ts";

/** Every package packed, linted, installed into an empty project and used there. Needs `build`. */
export const pack: Part = {
  name: "pack",
  budget: 70,
  async run(): Promise<PartResult> {
    const checks = new Checks();
    const folder = mkdtempSync(join(tmpdir(), "kubewright-pack-"));
    try {
      const packed: Packed[] = [];
      for (const pkg of publishedPackages()) {
        const tarball = await packOne(pkg, folder, checks);
        if (tarball !== undefined) packed.push({ pkg, tarball });
      }
      const consumer = join(folder, "consumer");
      if (checks.record("npm install of the packed packages", await installConsumer(consumer, packed))) {
        await useConsumer(consumer, checks);
        const pages = join(consumer, "node_modules", "kubewright", "docs", "README.md");
        if (existsSync(pages)) checks.pass();
        else checks.fail("documentation in the package", `there is no ${pages}`);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    return checks.result;
  },
};

async function packOne(pkg: Package, folder: string, checks: Checks): Promise<string | undefined> {
  const { name } = pkg.manifest;
  if (!existsSync(inRoot(pkg.folder, "dist"))) {
    checks.fail(`pack ${name}`, "it is not built: npm run build");
    return undefined;
  }
  const { tarball, ...result } = await packInto(folder, pkg);
  if (!checks.record(`pack ${name}`, result)) return undefined;
  const bytes = readFileSync(tarball);
  const { messages, pkg: manifest } = await publint({
    pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) },
    strict: true,
  });
  const problems = messages.map((message) => formatMessage(message, manifest) ?? message.code);
  if (JSON.stringify(manifest).includes("kubewright-source")) problems.push("it still points at its sources");
  if (problems.length === 0) checks.pass();
  else checks.fail(`publint ${name}`, problems.join("\n"));
  return tarball;
}

async function useConsumer(folder: string, checks: Checks): Promise<void> {
  const oldest = await oldestNode();
  if (oldest === undefined) {
    checks.skip(
      `packages on Node ${oldestVersion}`,
      `npm has no Node ${oldestVersion} for ${process.platform}-${process.arch}`,
    );
  }
  for (const node of [process.execPath, ...(oldest === undefined ? [] : [oldest])]) {
    const which = node === oldest ? `Node ${oldestVersion}` : `Node ${process.versions.node}`;
    checks.record(`import on ${which}`, await run(node, ["import-all.mjs"], { cwd: folder }));
    checks.record(`require() on ${which}`, await run(node, ["require-all.cjs"], { cwd: folder }));
    for (const name of ["codegen", "testing", "proxy"]) {
      const program = join("node_modules", "@kubewright", name, "dist", "cli.mjs");
      checks.record(`kubewright-${name} --help on ${which}`, await run(node, [program, "--help"], { cwd: folder }));
    }
    for (const file of ["api-server.mjs", "api-server.cjs"])
      checks.record(`${file} on ${which}`, await run(node, [file], { cwd: folder }));
  }
  for (const config of ["types.json", "types-neutral.json"]) {
    checks.record(`types of the packages (${config})`, await tsc(["-p", join(folder, config), "--pretty", "false"]));
  }
}
