import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { InputError, isKubeError } from "@kubewright/core";
import { SpecError } from "./checks/problems.ts";
import type { ApiSource } from "./load/api-source.ts";
import type { DiscoveredGroupVersion } from "./load/discovery.ts";
import { restrict } from "./load/restrict.ts";
import { selectGroups, selectKinds } from "./model/select-groups.ts";
import { isShippedModule } from "./model/shipped.ts";
import { findDrift, reportDrift, writeFiles } from "./write-files.ts";

const help = `Writes typed Kubewright clients for a cluster's custom resources and other API groups.

  npx @kubewright/codegen --out FOLDER [source] [--groups LIST] [--kinds LIST] [--check]

  --out FOLDER         where the modules go, as FOLDER/<group>/<version>.ts; generated files that
                       would not be written any more are removed from it

Sources, one of:
  (none)               the cluster that kubectl uses now
  --kubeconfig FILE    the current context of this kubeconfig
  --context NAME       another context of the kubeconfig
  --crds PLACE...      CustomResourceDefinitions in YAML or JSON, no cluster needed: files, folders with
                       all that is below them, https addresses, and - for standard input
  --openapi FOLDER     a snapshot: discovery/api.json, discovery/apis.json and v3/

  --groups LIST        groups or group-versions, parted by commas: example.com, apps/v1, core;
                       default: every one that kubewright does not ship; all: every one
  --kinds LIST         of these groups only the named kinds: Widget, widgets, widgets.example.com
  --check              write nothing; fail and name the files that differ
  --help               this text

The modules import from kubewright, which the project needs to have installed. What a definition has
wrong costs that definition: everything else is written, the trouble is named, and the exit code is 1.
`;

/** Runs the command with these arguments; returns its exit code. Errors are printed without a stack. */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    const options = readArguments(args);
    if (options === undefined) {
      process.stdout.write(help);
      return 0;
    }
    const { out, check } = options;
    const source = await readSource(options);
    // The compiler takes its time to load; wrong arguments are told at once.
    const { generate } = await import("./generate.ts");
    const { files, problems } = await generate(source);
    for (const problem of problems) console.error(problem);
    const found = findDrift(out, files, ["."]);
    // What cannot be made anew today is not taken away.
    const drift = problems.length === 0 ? found : { ...found, stale: [] };
    if (check) return reportDrift(drift, "the same command without --check") || problems.length > 0 ? 1 : 0;
    writeFiles(out, files, drift);
    if (files.size === 0) return 1;
    console.log(
      `${files.size} modules in ${out}; written: ${drift.changed.length + drift.missing.length}, removed: ${drift.stale.length}`,
    );
    return problems.length === 0 ? 0 : 1;
  } catch (error) {
    if (!isKubeError(error) && !(error instanceof SpecError)) throw error;
    console.error(error.message);
    return 1;
  }
}

interface Options {
  readonly out: string;
  readonly check: boolean;
  readonly groups: readonly string[] | undefined;
  readonly kinds: readonly string[] | undefined;
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  readonly openapi: string | undefined;
  readonly crds: readonly string[] | undefined;
}

/** Undefined where help is wanted. */
function readArguments(args: readonly string[]): Options | undefined {
  const { values, positionals } = parse(args);
  if (values.help) return undefined;
  const { out, check = false, groups, kinds, kubeconfig, context, openapi, crds } = values;
  if (out === undefined)
    throw new InputError("--out", "it is missing; name the folder for the modules (--help explains)");
  if (positionals.length > 0 && crds === undefined) {
    throw new InputError(
      "arguments",
      `${positionals.join(" ")} stands alone; files of CustomResourceDefinitions follow --crds`,
    );
  }
  if ([kubeconfig ?? context, openapi, crds].filter((source) => source !== undefined).length > 1) {
    throw new InputError("source", "give one of --kubeconfig (with --context), --openapi and --crds");
  }
  return {
    out: resolve(out),
    check,
    groups: listed(groups),
    kinds: listed(kinds),
    kubeconfig,
    context,
    openapi,
    crds: crds && [...crds, ...positionals],
  };
}

function listed(text: string | undefined): string[] | undefined {
  return text?.split(",").map((entry) => entry.trim());
}

interface Arguments {
  readonly values: {
    readonly out?: string;
    readonly check?: boolean;
    readonly groups?: string;
    readonly kinds?: string;
    readonly kubeconfig?: string;
    readonly context?: string;
    readonly openapi?: string;
    readonly crds?: readonly string[];
    readonly help?: boolean;
  };
  readonly positionals: readonly string[];
}

function parse(args: readonly string[]): Arguments {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        out: { type: "string" },
        check: { type: "boolean" },
        groups: { type: "string" },
        kinds: { type: "string" },
        kubeconfig: { type: "string" },
        context: { type: "string" },
        openapi: { type: "string" },
        crds: { type: "string", multiple: true },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (cause) {
    throw new InputError("arguments", `${(cause as Error).message} (--help shows all)`, { cause });
  }
}

// Each source loads what it needs when it is used.
async function readSource({ groups, kinds, kubeconfig, context, openapi, crds }: Options): Promise<ApiSource> {
  const choose = (all: readonly DiscoveredGroupVersion[]): DiscoveredGroupVersion[] => {
    const chosen = selectGroups(all, groups, isShippedModule);
    if (chosen.length > 0) return kinds === undefined ? chosen : selectKinds(chosen, kinds);
    throw new InputError("groups", "there is nothing that kubewright does not ship already; name groups, or all");
  };
  if (crds !== undefined) {
    const { readCrdFiles } = await import("./load/crd-files.ts");
    const source = await readCrdFiles(crds);
    // Without any definition there is nothing to choose from, and its problems say why.
    return source.groupVersions.length === 0 ? source : restrict(source, choose(source.groupVersions));
  }
  if (openapi !== undefined) {
    const { readFolder } = await import("./load/folder.ts");
    const source = readFolder(openapi);
    return restrict(source, choose(source.groupVersions));
  }
  const [{ connect }, { readCluster }] = await Promise.all([import("@kubewright/node"), import("./load/cluster.ts")]);
  const cluster = await connect({ kubeconfig, context });
  try {
    const read = async (path: string, accept: string): Promise<unknown> =>
      (await cluster.request({ path, headers: { accept } })).json();
    return await readCluster(read, choose);
  } finally {
    await cluster.close();
  }
}
