import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import type { Package } from "../lib/packages.ts";
import { firstTest } from "../docs/first-tests.ts";
import { inRoot } from "../lib/root.ts";
import { run, runNode, type RunResult } from "../lib/run.ts";
import type { Checks } from "../parts/part.ts";
import { expected, token } from "./recorded-server.ts";

/** Where the checks of this part run. */
export interface Setting {
  readonly checks: Checks;
  /** A project with the packed packages installed and the files of test/toolchains/project. */
  readonly project: string;
  /** node_modules with what test/toolchains/versions pins. */
  readonly modules: string;
  /** The packed packages, by name. */
  readonly tarballs: ReadonlyMap<string, string>;
  readonly packages: readonly Package[];
  /** A kubeconfig in YAML, with a credential plugin, for the recorded server. */
  readonly kubeconfig: string;
}

/** Files of the project that are made of others. */
export function writeProject(project: string): void {
  cpSync(inRoot("test", "toolchains", "project"), project, { recursive: true });
  for (const name of ["app", "main"]) {
    // As a compiler writes it for `module: commonjs`.
    const source = readFileSync(join(project, `${name}.mjs`), "utf8");
    const { code } = transformSync(source, { format: "cjs", platform: "node" });
    writeFileSync(join(project, `${name}.cjs`), code.replace("./app.mjs", "./app.cjs"));
  }
  writeFileSync(join(project, "sky.test.js"), firstTest("jest"));
  cpSync(join(project, "names.mts"), join(project, "names.cts"));
  cpSync(inRoot("test", "pack", "consumer", "program.ts"), join(project, "program.ts"));
}

export function writeKubeconfig(folder: string, server: string, ca: string): string {
  const file = join(folder, "config.yaml");
  const apiVersion = "client.authentication.k8s.io/v1";
  const credential = JSON.stringify({ apiVersion, kind: "ExecCredential", status: { token } });
  const yaml = `# a comment
apiVersion: v1
kind: Config
current-context: here
clusters:
- name: recorded
  cluster:
    server: ${server}
    certificate-authority-data: ${Buffer.from(ca).toString("base64")}
users:
- name: plugin
  user:
    exec:
      apiVersion: ${apiVersion}
      command: sh
      args: [-c, "printf %s '${credential.replaceAll('"', '\\"')}'"]
      interactiveMode: Never
      provideClusterInfo: false
contexts:
- name: here
  context: {cluster: recorded, user: plugin, namespace: default}
`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, yaml);
  return file;
}

/** A check that is a program of the project: it prints what doing all of it gives. */
export async function recordRun(
  { checks, project, kubeconfig }: Setting,
  name: string,
  program: string,
  args: readonly string[],
): Promise<void> {
  const { code, output } = await run(program, [...args, kubeconfig], { cwd: project });
  // Beside warnings of what is experimental.
  if (code === 0 && output.trimEnd().split("\n").at(-1) === expected) checks.pass();
  else checks.fail(name, `${output.trimEnd()}\n(exit code ${code}; it should print ${expected})`);
}

/** Runs a tool of the pinned ones in the project. */
export function tool({ modules, project }: Setting, file: string, args: readonly string[]): Promise<RunResult> {
  return runNode(join(modules, file), args, { cwd: project });
}

/** Runs jobs two at a time: as many as the budget has cores. */
export async function twoAtATime(jobs: readonly (() => Promise<void>)[]): Promise<void> {
  const queue = [...jobs];
  const worker = async (): Promise<void> => {
    for (let job = queue.shift(); job !== undefined; job = queue.shift()) await job();
  };
  await Promise.all([worker(), worker()]);
}
