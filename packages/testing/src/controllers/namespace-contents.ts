import type { ApiObject } from "../store/api-object.ts";
import type { ServerState } from "../state/server-state.ts";
import { collectionOf } from "../state/collection-of.ts";
import { keyOf } from "../store/key.ts";
import { valueAt } from "../objects/draft.ts";
import { createByServer, type Place } from "../verbs/write-by-server.ts";
import type { Controller } from "./controller.ts";

/** What a namespace has, by its resource of the core group. */
type Contents = readonly (readonly [plural: string, object: Content])[];

interface Content {
  readonly metadata: { readonly name: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly data?: Readonly<Record<string, string>>;
}

function contentsOf(certificateAuthority: string): Contents {
  const description =
    "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";
  const annotations = { "kubernetes.io/description": description };
  return [
    ["serviceaccounts", { metadata: { name: "default" } }],
    ["configmaps", { metadata: { name: "kube-root-ca.crt", annotations }, data: { "ca.crt": certificateAuthority } }],
  ];
}

/**
 * Gives every namespace the account `default` and the authority of the server's certificate, in PEM, and gives them again when they
 * are deleted. Unlike the real controllers it does so
 * within the write of the namespace, so that a pod can be created right after it.
 */
export function namespaceContents(certificateAuthority: string): Controller {
  const contents = contentsOf(certificateAuthority);
  return (state) => start(contents, state);
}

function start(contents: Contents, state: ServerState): () => void {
  const namespaces = collectionOf(state, "", "namespaces");
  const everything = { prefix: "", limit: 0, matches: () => true };
  for (const namespace of namespaces.page(everything).objects) fill(namespace, contents, state);
  const stops = [
    namespaces.watch(({ after }) => {
      if (after !== undefined) fill(after, contents, state);
    }),
    ...contents.map(([plural]) =>
      collectionOf(state, "", plural).watch(({ after, last }) => {
        const namespace = namespaces.get(last.metadata.namespace ?? "");
        if (after === undefined && namespace !== undefined) fill(namespace, contents, state);
      }),
    ),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function fill(namespace: ApiObject, contents: Contents, state: ServerState): void {
  if (valueAt(namespace, "status.phase") !== "Active") return;
  const { name } = namespace.metadata;
  for (const [plural, object] of contents) {
    const place: Place = { group: "", plural, namespace: name };
    if (collectionOf(state, "", plural).get(keyOf(name, object.metadata.name)) === undefined)
      createByServer(object, place, state);
  }
}
