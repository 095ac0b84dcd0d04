import { globSync, lstatSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "../lib/npm.ts";
import { reactVersion } from "../pack/consumer.ts";
import type { Checks } from "../parts/part.ts";

const mostPackages = 9;
// Half a megabyte of it is protobuf: every message of Kubernetes, in both formats; 150 kB are the framing of WebSockets, in both too.
const mostBytes = 6_250_000;

/** What `npm install kubewright` brings, in both formats. */
export async function installProject(
  project: string,
  tarballs: ReadonlyMap<string, string>,
  checks: Checks,
): Promise<boolean> {
  mkdirSync(project, { recursive: true });
  const files = Object.fromEntries([...tarballs].map(([name, tarball]) => [name, `file:${tarball}`]));
  const manifest = {
    name: "project",
    version: "0.0.0",
    private: true,
    dependencies: { kubewright: files["kubewright"] },
    // The packages depend on each other by version; those versions are not in any registry yet.
    overrides: files,
  };
  writeFileSync(join(project, "package.json"), JSON.stringify(manifest, null, 2));
  const args = ["install", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
  const installed = await npm(args, project);
  if (!checks.record("npm install kubewright", installed)) return false;
  const paths = globSync("node_modules/**", { cwd: project });
  const bytes = paths.reduce((sum, path) => {
    const info = lstatSync(join(project, path));
    return info.isFile() ? sum + info.size : sum;
  }, 0);
  const packages = paths.filter((path) =>
    /node_modules\/(@[^/]+\/)?[^/@.]+\/package\.json$/.test(path.replaceAll("\\", "/")),
  );
  const figures = `${(bytes / 1e6).toFixed(2)} MB in ${packages.length} packages`;
  console.log(`npm install kubewright: ${figures}`);
  if (bytes <= mostBytes && packages.length <= mostPackages) checks.pass();
  else checks.fail("size of an install", `${figures}; at most ${mostBytes / 1e6} MB in ${mostPackages}`);
  const others = ["@kubewright/testing", "@kubewright/proxy", "@kubewright/copy", "@kubewright/browser"];
  const devDependencies = { ...Object.fromEntries(others.map((name) => [name, files[name]])), ...reactVersion() };
  writeFileSync(join(project, "package.json"), JSON.stringify({ ...manifest, devDependencies }, null, 2));
  return checks.record(`npm install ${others.join(" ")}`, await npm(args, project));
}
