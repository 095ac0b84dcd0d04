import { equalValues } from "../../objects/equal-values.ts";
import type { ApiObject } from "../../store/api-object.ts";
import { type Causes, invalidCause, notSupportedCause, requiredCause } from "../../validation/causes.ts";
import { wrongForm, wrongRequiredForm } from "../../validation/checks.ts";
import { type Fields, objectIn, objectsIn, textIn } from "../../validation/fields.ts";
import { wrongDnsSubdomain, wrongPathSegmentName } from "../../validation/forms.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/apis/rbac/validation

const group = "rbac.authorization.k8s.io";

/** A RoleBinding. */
export const roleBindings: Strategy = strategyOfBindings(["Role", "ClusterRole"], true);

/** A ClusterRoleBinding. */
export const clusterRoleBindings: Strategy = strategyOfBindings(["ClusterRole"], false);

function strategyOfBindings(kinds: readonly string[], isNamespaced: boolean): Strategy {
  function* wrong(binding: Fields): Causes {
    const reference = objectIn(binding, "roleRef");
    const [apiGroup, kind] = [textIn(reference, "apiGroup"), textIn(reference, "kind")];
    if (apiGroup !== group) yield notSupportedCause("roleRef.apiGroup", apiGroup, [group]);
    if (!kinds.includes(kind)) yield notSupportedCause("roleRef.kind", kind, kinds);
    yield* wrongRequiredForm("roleRef.name", textIn(reference, "name"), wrongPathSegmentName);
    for (const [index, subject] of objectsIn(binding, "subjects").entries())
      yield* wrongSubject(subject, isNamespaced, `subjects[${index}]`);
  }
  return {
    validate: wrong,
    *validateUpdate(binding: Fields, old: ApiObject) {
      yield* wrong(binding);
      if (equalValues(binding["roleRef"], old["roleRef"])) return;
      const { apiGroup: APIGroup, kind: Kind, name: Name } = objectIn(binding, "roleRef");
      // In the form of the server's own type, which says nothing of JSON.
      yield invalidCause("roleRef", { APIGroup, Kind, Name }, "cannot change roleRef");
    },
  };
}

const subjectKinds: readonly string[] = ["ServiceAccount", "User", "Group"];

function* wrongSubject(subject: Fields, isNamespaced: boolean, at: string): Causes {
  const [kind, name, apiGroup] = [textIn(subject, "kind"), textIn(subject, "name"), textIn(subject, "apiGroup")];
  if (name === "") yield requiredCause(`${at}.name`);
  if (!subjectKinds.includes(kind)) {
    yield notSupportedCause(`${at}.kind`, kind, subjectKinds);
    return;
  }
  if (kind !== "ServiceAccount") {
    if (apiGroup !== group) yield notSupportedCause(`${at}.apiGroup`, apiGroup, [group]);
    return;
  }
  if (name !== "") yield* wrongForm(`${at}.name`, name, wrongDnsSubdomain);
  if (apiGroup !== "") yield notSupportedCause(`${at}.apiGroup`, apiGroup, [""]);
  if (!isNamespaced && textIn(subject, "namespace") === "") yield requiredCause(`${at}.namespace`);
}
