import type { Draft } from "../../objects/draft.ts";
import { type Fields, objectIn, objectsIn } from "../../validation/fields.ts";
import type { Strategy } from "../strategy.ts";

const mountable = "kubernetes.io/enforce-mountable-secrets";

/** A ServiceAccount (k8s.io/kubernetes pkg/registry/core/serviceaccount). */
export const serviceAccounts: Strategy = {
  prepareForCreate: cleanSecrets,
  prepareForUpdate: cleanSecrets,
  warnings: (draft) => (isEnforcing(draft) ? [deprecated] : []),
  updateWarnings: (draft, old) => (isEnforcing(draft) && !isEnforcing(old) ? [deprecated] : []),
};

const deprecated = `metadata.annotations[${mountable}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets`;

/** Of the references to secrets, the names alone. */
function cleanSecrets(draft: Draft): void {
  const secrets = objectsIn(draft, "secrets");
  if (secrets.length > 0) draft["secrets"] = secrets.map(({ name }) => (name === undefined ? {} : { name }));
}

function isEnforcing(account: Fields): boolean {
  return objectIn(objectIn(account, "metadata"), "annotations")[mountable] !== undefined;
}
