import type { Outcome } from "./outcome.ts";
import { badRequest, conflict, invalid, notFound } from "../exchange/refusal.ts";
import type { ApiObject } from "../store/api-object.ts";
import { type Draft, finished, setAt, valueAt } from "../objects/draft.ts";
import { equalValues } from "../objects/equal-values.ts";
import { isOver } from "../objects/is-over.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import { wrongMetadataChange } from "../validation/metadata.ts";
import { createFrom } from "./create.ts";
import { readDraft } from "./read-draft.ts";
import { refuseInvalid } from "./refuse-invalid.ts";
import { keyIn, placeInNamespace, writeCall, type WriteCall } from "./write-call.ts";

/** The same object in another state. */
export function update(call: Call, state: ServerState): Outcome {
  const write = writeCall(call, state);
  const draft = readDraft(write);
  const { name = "" } = call;
  if (draft.metadata.name !== name) {
    throw badRequest(
      `the name of the object (${draft.metadata.name ?? ""} based on URL) was undeterminable: name must be provided`,
    );
  }
  const old = write.collection.get(keyIn(write));
  if (old !== undefined) return { kind: "object", status: 200, object: updateFrom(draft, old, write) };
  if (!("createOnUpdate" in write.rules) || !write.rules.createOnUpdate) throw notFound(write.resource, name);
  return { kind: "object", status: 201, object: createFrom(draft, write) };
}

const modified = "the object has been modified; please apply your changes to the latest version and try again";

/** Takes a changed object through admission, strategy and validation into the store. @throws Refusal */
export function updateFrom(draft: Draft, old: ApiObject, write: WriteCall): ApiObject {
  const { call, strategy, context, collection, rules, resource } = write;
  const { metadata } = draft;
  const { name } = old.metadata;
  placeInNamespace(draft, write);
  if (metadata.uid !== undefined && metadata.uid !== "" && metadata.uid !== old.metadata.uid) {
    const { uid } = old.metadata;
    throw conflict(
      resource,
      name,
      `Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${uid}`,
    );
  }
  const version = metadata.resourceVersion ?? "";
  if (version !== "" && version !== "0") {
    if (version !== old.metadata.resourceVersion) throw conflict(resource, name, modified);
  } else if (!rules.unconditionalUpdate) {
    const message = "Invalid value: 0: must be specified for an update";
    throw invalid(resource, name, [{ reason: "FieldValueInvalid", message, field: "metadata.resourceVersion" }]);
  }
  strategy.admitUpdate?.(draft, old, context);
  for (const path of rules.keptOnUpdate) setAt(draft, path, valueAt(old, path));
  keepSystemMetadata(draft, old);
  strategy.prepareForUpdate?.(draft, old, context);
  const changed = rules.generationOf.some((path) => !equalValues(valueAt(draft, path), valueAt(old, path)));
  if (changed) metadata.generation = (old.metadata.generation ?? 0) + 1;
  const causes = [...wrongMetadataChange(draft, old), ...(strategy.validateUpdate?.(draft, old, context) ?? [])];
  refuseInvalid(causes, draft, write);
  for (const text of strategy.updateWarnings?.(draft, old, context) ?? []) context.warn(text);
  draft.apiVersion = old.apiVersion;
  metadata.resourceVersion = old.metadata.resourceVersion;
  const object = finished(draft);
  // A write that changes nothing is none: the version stays.
  if (equalValues(object, old)) return old;
  if (context.dryRun) return object;
  const key = keyIn(write, call.name);
  // The last finalizer of what is being deleted holds it no more.
  if (isOver(object) && strategy.isHeld?.(object) !== true) return collection.delete(key, object) ?? object;
  return collection.set(key, object);
}

/** What nobody can change (k8s.io/apiserver pkg/registry/rest/update.go, BeforeUpdate). */
function keepSystemMetadata({ metadata }: Draft, { metadata: old }: ApiObject): void {
  metadata.uid = old.uid;
  metadata.creationTimestamp = old.creationTimestamp;
  if (old.generation === undefined) delete metadata.generation;
  else metadata.generation = old.generation;
  if (old.deletionTimestamp === undefined) {
    delete metadata.deletionTimestamp;
    delete metadata.deletionGracePeriodSeconds;
    return;
  }
  metadata.deletionTimestamp = old.deletionTimestamp;
  if (old.deletionGracePeriodSeconds !== undefined)
    metadata.deletionGracePeriodSeconds ??= old.deletionGracePeriodSeconds;
}
