import type { Outcome } from "./outcome.ts";
import { conflict, invalid, notFound, unexplained } from "../exchange/refusal.ts";
import type { ApiObject } from "../store/api-object.ts";
import { type Draft, finished, setAt, valueAt } from "../objects/draft.ts";
import { equalValues } from "../objects/equal-values.ts";
import { isOver } from "../objects/is-over.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import { invalidCause } from "../validation/causes.ts";
import { wrongMetadataChange } from "../validation/metadata.ts";
import { createFrom } from "./create.ts";
import { completed, readDraft } from "./read-draft.ts";
import { dropRepeatedOwners } from "./owner-references.ts";
import { refuseInvalid } from "./refuse-invalid.ts";
import { checkStored } from "./check-stored.ts";
import { checkName, keyIn, placeInNamespace, writeCall, type WriteCall } from "./write-call.ts";

/** The same object in another state. */
export function update(call: Call, state: ServerState): Outcome {
  const write = writeCall(call, state);
  const draft = readDraft(write);
  placeInNamespace(draft, write);
  checkName(draft, write);
  const old = write.collection.get(keyIn(write));
  const { name = "" } = call;
  const creates = "createOnUpdate" in write.rules && write.rules.createOnUpdate;
  if (old === undefined && !creates) throw notFound(write.resource, name);
  checkUid(draft, old, write);
  if (old === undefined) {
    versionIn(draft.metadata.resourceVersion ?? "");
    return { kind: "object", status: 201, object: createFrom(draft, write) };
  }
  return { kind: "object", status: 200, object: updateFrom(draft, old, write) };
}

/** A uid that is sent is a precondition. @throws Refusal 409 */
export function checkUid({ metadata: { uid = "" } }: Draft, old: ApiObject | undefined, write: WriteCall): void {
  if (uid !== "") checkStored(old, { uid }, write);
}

const modified = "the object has been modified; please apply your changes to the latest version and try again";

/** Takes a changed object through admission, strategy and validation into the store. @throws Refusal */
export function updateFrom(draft: Draft, old: ApiObject, write: WriteCall): ApiObject {
  const { call, strategy, context, collection, rules } = write;
  const { metadata } = draft;
  dropRepeatedOwners(draft, write);
  strategy.admitUpdate?.(draft, old, context);
  checkVersion(draft, old, write);
  for (const path of rules.keptOnUpdate) setAt(draft, path, valueAt(old, path));
  keepSystemMetadata(draft, old);
  strategy.prepareForUpdate?.(draft, old, context);
  const changed = rules.generationOf.some((path) => !equalValues(valueAt(draft, path), valueAt(old, path)));
  if (changed) metadata.generation = (old.metadata.generation ?? 0) + 1;
  const causes = [
    ...wrongMetadataChange(draft, old, call.resource, call.subresource),
    ...(strategy.validateUpdate?.(draft, old, context) ?? []),
  ];
  refuseInvalid(causes, draft, write);
  for (const text of strategy.updateWarnings?.(draft, old, context) ?? []) context.warn(text);
  draft.apiVersion = old.apiVersion;
  metadata.resourceVersion = old.metadata.resourceVersion;
  const object = finished(completed(draft, write));
  // A write that changes nothing is none: the version stays.
  if (equalValues(object, old)) return old;
  if (context.dryRun) return object;
  const key = keyIn(write, call.name);
  // The last finalizer of what is being deleted holds it no more.
  if (isOver(object) && strategy.isHeld?.(object) !== true) {
    collection.delete(key, object);
    // It never was kept in this state: its version is the one before.
    return object;
  }
  return collection.set(key, object);
}

/** @throws Refusal for another version than the newest one */
function checkVersion({ metadata: { resourceVersion = "" } }: Draft, old: ApiObject, write: WriteCall): void {
  const { resource, rules } = write;
  const { name } = old.metadata;
  if (versionIn(resourceVersion) !== 0n) {
    if (resourceVersion !== old.metadata.resourceVersion) throw conflict(resource, name, modified);
  } else if (!rules.unconditionalUpdate) {
    const cause = invalidCause("metadata.resourceVersion", 0, "must be specified for an update");
    throw invalid(resource, name, [cause]);
  }
}

/** @throws Refusal for what is no number */
function versionIn(text: string): bigint {
  if (text === "") return 0n;
  if (/^\d+$/.test(text) && BigInt(text) < 1n << 64n) return BigInt(text);
  const why = /^\d+$/.test(text) ? "value out of range" : "invalid syntax";
  throw unexplained(`strconv.ParseUint: parsing ${JSON.stringify(text)}: ${why}`);
}

/** What nobody can change (k8s.io/apiserver pkg/registry/rest/update.go, BeforeUpdate). */
function keepSystemMetadata({ metadata }: Draft, { metadata: old }: ApiObject): void {
  metadata.uid = metadata.uid || old.uid;
  metadata.creationTimestamp = old.creationTimestamp;
  if (old.generation === undefined) delete metadata.generation;
  else metadata.generation = old.generation;
  if (old.deletionTimestamp !== undefined) metadata.deletionTimestamp = old.deletionTimestamp;
  if (old.deletionGracePeriodSeconds !== undefined)
    metadata.deletionGracePeriodSeconds ??= old.deletionGracePeriodSeconds;
}
