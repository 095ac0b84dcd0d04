import { conflict, forbidden } from "../../exchange/refusal.ts";
import { type Draft, setAt, valueAt } from "../../objects/draft.ts";
import { invalidCause } from "../../validation/causes.ts";
import { wrongFinalizer } from "../../validation/finalizers.ts";
import type { ApiObject } from "../../store/api-object.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/registry/core/namespace

const resource = { group: "", name: "namespaces" };

const finalizer = "kubernetes";

/** Namespaces that nobody may delete (NamespaceLifecycle's immortal ones). */
const immortal: readonly string[] = ["default", "kube-system", "kube-public"];

function finalizersOf(object: object): readonly string[] {
  return (valueAt(object, "spec.finalizers") ?? []) as readonly string[];
}

function isHeld(object: ApiObject): boolean {
  return finalizersOf(object).length > 0;
}

/** After validation, for a generated name is known late. */
function labelWithName({ metadata }: Draft): void {
  metadata.labels = { ...metadata.labels, "kubernetes.io/metadata.name": metadata.name ?? "" };
}

/** A Namespace itself. */
export const namespace: Strategy = {
  prepareForCreate(draft) {
    const finalizers = finalizersOf(draft);
    if (!finalizers.includes(finalizer)) setAt(draft, "spec.finalizers", [...finalizers, finalizer]);
    setAt(draft, "status", { phase: "Active" });
    labelWithName(draft);
  },
  *validate(draft) {
    for (const one of finalizersOf(draft)) yield* wrongFinalizer("spec.finalizers", one);
  },
  prepareForUpdate: labelWithName,
  admitDelete({ metadata: { name, uid } }, { preconditions }) {
    if (immortal.includes(name)) throw forbidden(resource, name, "this namespace may not be deleted");
    // It says it in other words than all others.
    const wanted = preconditions?.uid ?? uid;
    if (wanted !== uid)
      throw conflict(resource, name, `Precondition failed: UID in precondition: ${wanted}, UID in object meta: ${uid}`);
  },
  isHeld,
  markDeleted(draft) {
    // No grace is written: its content goes at the controller's pace.
    delete draft.metadata.deletionGracePeriodSeconds;
    setAt(draft, "status.phase", "Terminating");
  },
};

/** `namespaces/status`. */
export const namespaceStatus: Strategy = {
  isHeld,
  *validateUpdate(draft) {
    const isDeleted = draft.metadata.deletionTimestamp !== undefined;
    const phase = valueAt(draft, "status.phase") ?? "";
    const wanted = isDeleted ? "Terminating" : "Active";
    if (phase === wanted) return;
    const why = `may only be '${wanted}' if \`deletionTimestamp\` is ${isDeleted ? "not " : ""}empty`;
    yield invalidCause("status.Phase", phase, why);
  },
};

/** `namespaces/finalize`: changes spec.finalizers, without which what is deleted goes. */
export const namespaceFinalize: Strategy = {
  isHeld,
  *validateUpdate(draft) {
    for (const [index, one] of finalizersOf(draft).entries()) yield* wrongFinalizer(`spec.finalizers[${index}]`, one);
  },
};
