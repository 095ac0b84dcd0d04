import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { build, type BuildOptions } from "esbuild";
import { inRoot } from "../lib/root.ts";
import { runNode } from "../lib/run.ts";
import { recordRun, type Setting, tool, twoAtATime } from "./setting.ts";

/** Programs of both formats through each bundler, and what came out run. */
export async function checkBundlers(setting: Setting): Promise<void> {
  const { project, modules, checks } = setting;
  const out = (name: string): string => {
    mkdirSync(join(project, "out", name), { recursive: true });
    return join(project, "out", name);
  };
  const esbuild = async (name: string, program: string, options: BuildOptions): Promise<void> => {
    const extension = options.format === "esm" ? ".mjs" : ".cjs";
    try {
      const { warnings } = await build({
        entryPoints: { main: join(project, program) },
        bundle: true,
        platform: "node",
        outdir: out(name),
        outExtension: { ".js": extension },
        logLevel: "silent",
        ...options,
      });
      if (warnings.length > 0) checks.fail(name, warnings.map(({ text }) => text).join("\n"));
    } catch (error) {
      checks.fail(name, String(error));
    }
    await recordRun(setting, name, process.execPath, [join("out", name, `main${extension}`)]);
  };
  const driven = async (driver: string, program: string, bundle: string): Promise<void> => {
    const name = `${driver} ${program}`;
    const file = join(out(name), bundle);
    const script = inRoot("test", "toolchains", "drivers", `${driver}.mjs`);
    checks.record(`build by ${name}`, await runNode(script, [modules, join(project, program), file]));
    await recordRun(setting, name, process.execPath, [file]);
  };
  const ncc = async (program: string): Promise<void> => {
    const folder = out(`ncc ${program}`);
    const args = ["build", program, "--out", folder, "--quiet"];
    const built = await tool(setting, join("@vercel", "ncc", "dist", "ncc", "cli.js"), args);
    checks.record(`build by ncc ${program}`, built);
    await recordRun(setting, `ncc ${program}`, process.execPath, [join(folder, program.replace("main", "index"))]);
  };
  await twoAtATime([
    () => esbuild("esbuild esm", "main.mjs", { format: "esm" }),
    () => esbuild("esbuild esm split", "main.mjs", { format: "esm", splitting: true }),
    () => esbuild("esbuild esm minified", "main.mjs", { format: "esm", minify: true }),
    () => esbuild("esbuild cjs", "main.mjs", { format: "cjs" }),
    () => esbuild("esbuild cjs of cjs", "main.cjs", { format: "cjs" }),
    () => driven("webpack", "main.mjs", "main.cjs"),
    () => driven("webpack", "main.cjs", "main.cjs"),
    () => driven("rollup", "main.mjs", "main.mjs"),
    () => ncc("main.mjs"),
    () => ncc("main.cjs"),
  ]);
}
