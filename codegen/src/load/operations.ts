import type { OpenApiDocument, Operation, Parameter } from "./openapi.ts";

const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** One operation of the API, with the parameters of its path. */
export interface ApiOperation {
  /** Upper case. */
  readonly method: string;
  /** With `{namespace}`, `{name}`, `{path}`, without a slash at the end. */
  readonly path: string;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
}

/** All operations of the documents by `METHOD /path`, sorted by path and method. */
export function operationsOf(documents: ReadonlyMap<string, OpenApiDocument>): Map<string, ApiOperation> {
  const found: ApiOperation[] = [];
  for (const { paths } of documents.values()) {
    for (const [path, item] of Object.entries(paths ?? {})) {
      for (const method of methods) {
        const operation = item[method];
        if (operation === undefined) continue;
        const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
        found.push({ method: method.toUpperCase(), path, operation, parameters });
      }
    }
  }
  found.sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method));
  return new Map(found.map((one) => [`${one.method} ${one.path}`, one]));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
