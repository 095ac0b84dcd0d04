import type { OperationLists } from "../checks/operations.ts";
import { queryParameters } from "../checks/parameters.ts";

/** The three lists as JSON, an operation a line. */
export function operationsFile({ typed, equivalent, raw }: OperationLists): string {
  const lists = {
    typed: typed.map(({ api, client }) => ({
      method: api.method,
      path: api.path,
      group: client.resource.group,
      version: client.resource.version,
      plural: client.resource.plural,
      kind: client.kind.kind,
      namespaced: client.resource.namespaced,
      subresource: client.subresource,
      allNamespaces: client.allNamespaces,
      calls: client.calls,
      query: queryParameters(api),
    })),
    equivalent: equivalent.map(({ api, path, query }) => ({
      method: api.method,
      path: api.path,
      equals: { path, query },
    })),
    raw: raw.map(({ api, reason }) => ({ method: api.method, path: api.path, reason })),
  };
  const parts = Object.entries(lists).map(([name, entries]) => {
    const lines = entries.map((entry) => `    ${JSON.stringify(entry)}`).join(",\n");
    return `  ${JSON.stringify(name)}: [\n${lines}\n  ]`;
  });
  return `{\n${parts.join(",\n")}\n}\n`;
}
