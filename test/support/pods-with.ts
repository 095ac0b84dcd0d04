import type { Attaches, Connects, Execs, Resource } from "../../packages/core/src/index.ts";

/** Pods of which nothing is known but a subresource that streams; only its method is there. */
export function podsWith(
  subresource: string,
  kind: string,
): Resource<{ in(namespace?: string): Attaches & Connects & Execs }> {
  return {
    group: "",
    version: "v1",
    plural: "pods",
    kind: "Pod",
    namespaced: true,
    verbs: ["get", "list"],
    subresources: { [subresource]: { group: "", version: "v1", kind, verbs: ["create", "get"] } },
  };
}
