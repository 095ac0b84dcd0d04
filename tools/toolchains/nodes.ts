import { join } from "node:path";
import { run, runNode } from "../lib/run.ts";
import { oldestNode, oldestVersion } from "../pack/oldest-node.ts";
import { expected } from "./recorded-server.ts";
import { recordRun, type Setting, twoAtATime } from "./setting.ts";

/** Each Node runs a program in both formats; the oldest and ours Jest too; what is too old says so at the first import. */
export async function checkNodes(setting: Setting): Promise<void> {
  const { project, modules, checks, kubeconfig } = setting;
  const oldest = await oldestNode();
  if (oldest === undefined) {
    checks.skip(
      "older and newer Nodes",
      `npm has them for linux-x64 only, this is ${process.platform}-${process.arch}`,
    );
  }
  const pinned = (version: string): string => join(modules, `node-${version}`, "bin", "node");
  const nodes: readonly (readonly [string, string])[] = [
    [process.versions.node, process.execPath],
    ...(oldest === undefined
      ? []
      : ([
          [oldestVersion, oldest],
          ["22.16", pinned("22.16")],
          ["26", pinned("26")],
        ] as const)),
  ];
  const jest = async (version: string, node: string): Promise<void> => {
    const args = [
      join(modules, "jest", "bin", "jest.js"),
      "--rootDir",
      project,
      "--ci",
      "--testRegex",
      "(app|sky)\\.test\\.js$",
    ];
    const env = { KUBECONFIG_FILE: kubeconfig, EXPECTED: expected, NODE_OPTIONS: "", JEST_WORKER_ID: undefined };
    checks.record(
      `Jest on Node ${version}`,
      await run(node, [...args, "--cacheDirectory", `jest-${version}`], { cwd: project, env }),
    );
  };
  const permission = (version: string, node: string): Promise<void> => {
    // Reading files and starting the credential plugin are what it needs; from 25 on, the network too.
    const net = Number(version.split(".")[0]) >= 25 ? ["--allow-net"] : [];
    const flags = [
      "--permission",
      "--allow-fs-read=*",
      "--allow-child-process",
      ...net,
      "--disable-warning=SecurityWarning",
    ];
    return recordRun(setting, `permission model of Node ${version}`, node, [...flags, "main.mjs"]);
  };
  await twoAtATime([
    ...nodes.flatMap(([version, node]) => [
      () => recordRun(setting, `ES modules on Node ${version}`, node, ["main.mjs"]),
      () => recordRun(setting, `CommonJS on Node ${version}`, node, ["main.cjs"]),
      () => recordRun(setting, `a worker thread of Node ${version}`, node, ["worker.mjs"]),
    ]),
    ...nodes
      .filter(([version]) => version !== "22.16")
      .map(
        ([version, node]) =>
          () =>
            permission(version, node),
      ),
    ...nodes.slice(0, 2).map(
      ([version, node]) =>
        () =>
          jest(version, node),
    ),
    async () => {
      checks.record("both copies in one process", await runNode("both-copies.mjs", [], { cwd: project }));
    },
    ...(oldest === undefined ? [] : refusals(setting, pinned("18"))),
  ]);
}

/** Also what imports only a part: the error must come before any other that the old Node would raise. */
function refusals({ checks, project }: Setting, node: string): readonly (() => Promise<void>)[] {
  return ["kubewright", "@kubewright/node", "@kubewright/node/transport"].flatMap((name) =>
    [
      ["import", ["--input-type=module", "--eval", `import ${JSON.stringify(name)}`]],
      ["require()", ["--eval", `require(${JSON.stringify(name)})`]],
    ].map(([how, args]) => async () => {
      const { code, output } = await run(node, args as string[], { cwd: project });
      if (code !== 0 && /^Error: Kubewright needs Node 22\.19, 24 or newer, this is 18\.[\d.]+$/m.test(output))
        checks.pass();
      else checks.fail(`${String(how)} of ${name} on Node 18`, output);
    }),
  );
}
