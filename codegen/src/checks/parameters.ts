import type { ApiOperation } from "../load/operations.ts";
import type { ClientOperation } from "../model/client-operations.ts";
import { optionNames } from "./option-names.ts";

// Never options: the client decides how bodies look, watch() is a method of its own, and a proxied path stands in the URL.
const ours: ReadonlySet<string> = new Set(["path", "pretty", "watch"]);

// The document repeats what a list takes; a server refuses it outside of a watch (ValidateListOptions of apimachinery).
const onlyForWatches: ReadonlySet<string> = new Set(["allowWatchBookmarks", "sendInitialEvents"]);

/** The query parameters of an operation that an option could set, sorted. */
export function queryParameters({ parameters }: ApiOperation): string[] {
  return parameters
    .filter((one) => one.in === "query" && !ours.has(one.name))
    .map(({ name }) => name)
    .toSorted();
}

/** A problem for each parameter that no option of the operation's calls can set. */
export function parameterProblems({ calls }: ClientOperation, found: ApiOperation): string[] {
  const known = new Set<string>(calls.flatMap(({ verb }) => [...optionNames[verb]]));
  if (calls.some(({ verb }) => verb === "deleteCollection")) for (const name of onlyForWatches) known.add(name);
  // A list that cannot be watched still documents the parameters of watches.
  if (calls.some(({ verb }) => verb === "list")) for (const name of optionNames.watch) known.add(name);
  const where = `${found.method} ${found.path}`;
  const verbs = [...new Set(calls.map(({ verb }) => verb))].join(" or ");
  const inPath = new Set(["name", "namespace"]);
  if (calls.some(({ verb }) => verb === "proxy")) inPath.add("path");
  const unknown = queryParameters(found).filter((name) => !known.has(name));
  return [
    ...unknown.map((name) => `OpenAPI gives ${where} the query parameter ${name}, which no option of ${verbs} sets`),
    ...found.parameters
      .filter((one) => one.in !== "query" && !(one.in === "path" && inPath.has(one.name)))
      .map((one) => `OpenAPI gives ${where} the ${one.in} parameter ${one.name}, which the client does not know`),
  ];
}
