import { forbidden, notFound } from "../exchange/refusal.ts";
import { valueAt, type Draft } from "../objects/draft.ts";
import { collectionOf } from "../state/collection-of.ts";
import type { WriteCall } from "./write-call.ts";

/** Resources that tell nothing of the namespace that they name. */
const reviews: readonly string[] = ["localsubjectaccessreviews"];

/**
 * New objects need a namespace that exists and stays (k8s.io/apiserver pkg/admission/plugin/namespace/lifecycle). @throws Refusal 404
 * for one that does not exist, 403 for one that is being deleted
 */
export function admitToNamespace({ metadata }: Draft, { call, state, resource }: WriteCall): void {
  const { namespace } = call;
  if (namespace === undefined || reviews.includes(call.resource.plural)) return;
  const found = collectionOf(state, "", "namespaces").get(namespace);
  if (found === undefined) throw notFound({ group: "", name: "namespaces" }, namespace);
  if (valueAt(found, "status.phase") !== "Terminating") return;
  const cause = {
    reason: "NamespaceTerminating",
    message: `namespace ${namespace} is being terminated`,
    field: "metadata.namespace",
  };
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  throw forbidden(resource, metadata.name ?? "", why, [cause]);
}
