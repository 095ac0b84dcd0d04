import type { ApiOperation } from "../load/operations.ts";
import { clientOperations, type ClientOperation } from "../model/client-operations.ts";
import type { GroupVersion } from "../model/model.ts";
import { apiVersionOf, isBuiltIn, kindText } from "../model/names.ts";
import { parameterProblems } from "./parameters.ts";
import { rawReason } from "./raw-reasons.ts";

/** An operation of OpenAPI that a generated client performs. */
export interface TypedOperation {
  readonly client: ClientOperation;
  readonly api: ApiOperation;
}

/** A deprecated watch path: the same as `path` with this query. */
export interface EquivalentOperation {
  readonly api: ApiOperation;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** An operation for `cluster.request()`. */
export interface RawOperation {
  readonly api: ApiOperation;
  readonly reason: string;
}

/** Each operation of OpenAPI in exactly one of three lists. */
export interface OperationLists {
  readonly typed: readonly TypedOperation[];
  readonly equivalent: readonly EquivalentOperation[];
  readonly raw: readonly RawOperation[];
  /** Where discovery and OpenAPI disagree, or neither the generator nor the client knows what was found. */
  readonly problems: readonly string[];
}

/** Holds what discovery says against the operations of OpenAPI. */
export function sortOperations(
  groupVersions: readonly GroupVersion[],
  operations: ReadonlyMap<string, ApiOperation>,
): OperationLists {
  const expected = new Map(clientOperations(groupVersions).map((one) => [`${one.method} ${one.path}`, one]));
  const typed: TypedOperation[] = [];
  const equivalent: EquivalentOperation[] = [];
  const raw: RawOperation[] = [];
  const problems: string[] = [];
  for (const [key, api] of operations) {
    const action = api.operation["x-kubernetes-action"];
    const client = expected.get(key);
    const reason = client === undefined ? rawReason(api) : undefined;
    if (reason !== undefined) {
      raw.push({ api, reason });
    } else if (action === "watch" || action === "watchlist") {
      const { path, query } = listInstead(api.path, action);
      if (expected.get(`GET ${path}`)?.calls.some(({ verb }) => verb === "watch"))
        equivalent.push({ api, path, query });
      else problems.push(`OpenAPI has ${key} to watch ${path}, but discovery gives that no verb watch`);
    } else if (client !== undefined) {
      typed.push({ client, api });
      problems.push(...disagreements(client, api), ...parameterProblems(client, api));
    } else if (action === undefined || !actions.has(action)) {
      problems.push(
        `OpenAPI gives ${key} the x-kubernetes-action "${action ?? ""}", which the generator does not know`,
      );
    } else {
      problems.push(`OpenAPI has ${key} (${action}), but discovery lists no resource with such a verb`);
    }
  }
  for (const [key, { resource, subresource, action }] of expected) {
    if (operations.has(key)) continue;
    const what = `${apiVersionOf(resource.group, resource.version)} ${resource.plural}${subresource === undefined ? "" : `/${subresource}`}`;
    problems.push(`Discovery lets ${what} do what OpenAPI calls ${action}, but OpenAPI has no ${key}`);
  }
  return { typed, equivalent, raw, problems };
}

const actions: ReadonlySet<string> = new Set(["get", "list", "post", "put", "patch", "delete", "deletecollection"]);

function disagreements(
  { action, kind, calls, resource }: ClientOperation,
  { method, path, operation, parameters }: ApiOperation,
): string[] {
  const problems: string[] = [];
  const found = operation["x-kubernetes-action"];
  if (found !== action) {
    problems.push(
      `OpenAPI gives ${method} ${path} the x-kubernetes-action "${found ?? ""}", where discovery makes it "${action}"`,
    );
  }
  const named = operation["x-kubernetes-group-version-kind"];
  // Of a custom resource's scale, OpenAPI names the resource's own kind (apiextensions-apiserver, openapi builder).
  const possible = isBuiltIn(resource.group) ? [kind] : [kind, resource.kind];
  if (named === undefined || !possible.some((one) => kindText(one) === kindText(named))) {
    const text = named === undefined ? "no kind" : `the kind ${kindText(named)}`;
    problems.push(`OpenAPI gives ${method} ${path} ${text}, where discovery has ${kindText(kind)}`);
  }
  const types = Object.keys(operation.requestBody?.content ?? {});
  for (const { contentType } of method === "PATCH" ? calls : []) {
    if (contentType !== undefined && !types.includes(contentType)) {
      problems.push(`The client sends ${contentType} to ${method} ${path}, which OpenAPI does not list there`);
    }
  }
  if (calls.some(({ verb }) => verb === "watch") && !parameters.some(({ name }) => name === "watch")) {
    problems.push(
      `Discovery gives the resource of ${path} the verb watch, but OpenAPI's ${method} takes no parameter watch`,
    );
  }
  return problems;
}

/** `/api/v1/watch/namespaces/{namespace}/pods/{name}` is the list of pods, watched, with one name chosen. */
function listInstead(path: string, action: "watch" | "watchlist"): Pick<EquivalentOperation, "path" | "query"> {
  const list = path.replace("/watch/", "/");
  return action === "watchlist"
    ? { path: list, query: { watch: "1" } }
    : { path: list.replace(/\/\{name\}$/, ""), query: { watch: "1", fieldSelector: "metadata.name={name}" } };
}
