import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Cluster, Group, ProxyClient, RawRequest, ResourceDescriptor } from "@kubewright/core";

/** One call of our client that an operation of the API stands for. */
export interface OperationCall {
  readonly verb: string;
  readonly contentType?: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** An operation of the snapshot's OpenAPI that a typed call covers. */
export interface TypedOperation {
  readonly method: string;
  readonly path: string;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly allNamespaces?: boolean;
  readonly subresource?: string;
  readonly calls: readonly OperationCall[];
  readonly query: readonly string[];
}

/** What the generator says of every operation of the snapshot. */
export interface Operations {
  readonly typed: readonly TypedOperation[];
  readonly equivalent: readonly {
    readonly method: string;
    readonly path: string;
    readonly equals: { readonly path: string; readonly query: Readonly<Record<string, string>> };
  }[];
  readonly raw: readonly { readonly method: string; readonly path: string; readonly reason: string }[];
}

const require = createRequire(import.meta.url);
const root = join(dirname(require.resolve("@kubewright/core/package.json")), "..", "..");

/** The generator's three lists. */
export const operations = JSON.parse(readFileSync(join(root, "codegen/gen/operations.json"), "utf8")) as Operations;

/** Every generated group by `group/version`. */
export async function allGroups(): Promise<ReadonlyMap<string, Group<object>>> {
  const groups = new Map<string, Group<object>>();
  const folder = join(root, "packages/api/src/gen");
  for (const name of readdirSync(folder)) {
    for (const file of readdirSync(join(folder, name))) {
      const module = (await import(join(folder, name, file))) as Record<string, unknown>;
      for (const value of Object.values(module))
        if (isGroup(value)) groups.set(`${value.group}/${value.version}`, value);
    }
  }
  return groups;
}

function isGroup(value: unknown): value is Group<object> {
  return typeof value === "object" && value !== null && "resources" in value;
}

type AnyClient = Record<string, (...args: unknown[]) => unknown> & { in(namespace: string): AnyClient };

/** Values for every query parameter; each the right type. */
const values: Readonly<Record<string, unknown>> = {
  labelSelector: "a=b",
  fieldSelector: "metadata.name=x",
  shardSelector: "shard",
  resourceVersion: "1",
  resourceVersionMatch: "NotOlderThan",
  limit: 3,
  continue: "token",
  timeoutSeconds: 4,
  allowWatchBookmarks: true,
  sendInitialEvents: true,
  dryRun: "All",
  fieldManager: "me",
  fieldValidation: "Strict",
  force: true,
  gracePeriodSeconds: 0,
  propagationPolicy: "Orphan",
  orphanDependents: false,
  ignoreStoreReadErrorWithClusterBreakingPotential: false,
  container: "c",
  follow: false,
  previous: true,
  sinceSeconds: 5,
  stream: "Stderr",
  tailLines: 6,
  timestamps: true,
  limitBytes: 7,
  insecureSkipTLSVerifyBackend: false,
  command: ["program"],
  ports: 5432,
  // Its query says whether there is any.
  stdin: "true",
  stdout: true,
  stderr: true,
};

/** Which parameters of an operation belong to which verb of ours: watches share their path with lists, apply with patch. */
const notOptionsOf: Readonly<Record<string, readonly string[]>> = {
  list: ["allowWatchBookmarks", "sendInitialEvents"],
  watch: ["continue", "limit"],
  deleteCollection: ["sendInitialEvents"],
  patch: ["force"],
  // A terminal has no stderr.
  attach: ["tty"],
  exec: ["tty"],
};

/** The options of a call: every parameter that the operation has. */
export function optionsOf(operation: TypedOperation, call: OperationCall): Record<string, unknown> {
  const names = operation.query.filter((name) => !notOptionsOf[call.verb]?.includes(name));
  return Object.fromEntries(
    names.map((name) => {
      if (!(name in values)) throw new Error(`no value for the parameter ${name}`);
      return [name, values[name]];
    }),
  );
}

/** Subresources that are verbs of the client. */
const ownVerbs: ReadonlySet<string> = new Set(["attach", "exec", "log", "portforward", "proxy"]);

/** Makes the call through the generated client, as a user would, and waits for it; streams are asked for one value. */
export async function makeCall(
  cluster: Cluster,
  group: Group<object>,
  operation: TypedOperation,
  call: OperationCall,
  where: { readonly namespace: string; readonly name: string; readonly options: object },
): Promise<void> {
  const { namespace, name, options } = where;
  const entries = Object.entries(group.resources as Readonly<Record<string, ResourceDescriptor>>);
  const member = entries.find(([, { plural }]) => plural === operation.plural)?.[0];
  if (member === undefined) throw new Error(`no ${operation.plural} in ${operation.group}/${operation.version}`);
  const all = (cluster.api(group) as Record<string, AnyClient>)[member] as AnyClient;
  const scoped = operation.namespaced && operation.allNamespaces !== true ? all.in(namespace) : all;
  const client = (
    operation.subresource === undefined || ownVerbs.has(operation.subresource) ? scoped : scoped[operation.subresource]
  ) as AnyClient;
  const object = { metadata: { name } };
  const result = ((): unknown => {
    switch (call.verb) {
      case "get":
      case "delete":
      case "log":
      case "attach":
      case "exec":
        return client[call.verb]?.(name, options);
      case "connect":
        return client["connect"]?.(name, (options as { readonly ports: number }).ports);
      case "proxy":
        return proxied(client["proxy"]?.(name, options), operation.method);
      case "list":
      case "watch":
      case "deleteCollection":
        return client[call.verb]?.(options);
      case "create":
        return operation.subresource === undefined
          ? client["create"]?.(object, options)
          : client["create"]?.(name, {}, options);
      case "update":
        return client["update"]?.(object, { ...options, overwrite: true });
      case "apply":
        return client["apply"]?.(object, options);
      case "patch":
        return client["patch"]?.(name, patchFor(call.contentType), options);
      default:
        throw new Error(`no such verb: ${call.verb}`);
    }
  })();
  if (typeof result === "object" && result !== null && Symbol.asyncIterator in result) {
    await (result as AsyncIterable<unknown>)[Symbol.asyncIterator]().next();
  } else {
    await result;
  }
}

/** What stands for `{path}` in the paths of proxied requests. */
export const proxiedTo = "the-path";

function proxied(client: unknown, method: string): Promise<unknown> {
  return (client as ProxyClient).request({ method: method as RawRequest["method"], path: `/${proxiedTo}` });
}

function patchFor(contentType: string | undefined): object {
  switch (contentType) {
    case "application/json-patch+json":
      return { json: [] };
    case "application/merge-patch+json":
      return { merge: {} };
    case "application/strategic-merge-patch+json":
      return { strategic: {} };
    default:
      throw new Error(`no patch for ${contentType}`);
  }
}
