import type { Status } from "@kubewright/core/meta";
import type { Outcome } from "./outcome.ts";
import { conflict, notFound } from "../exchange/refusal.ts";
import type { ApiObject } from "../store/api-object.ts";
import { equalValues } from "../objects/equal-values.ts";
import { draftOf, finished } from "../objects/draft.ts";
import { timeText } from "../objects/system-metadata.ts";
import type { Call } from "../request/call.ts";
import type { DeleteParameters } from "../request/delete-options.ts";
import type { ServerState } from "../state/server-state.ts";
import { readDeleteParameters } from "./read-delete-parameters.ts";
import { keyIn, writeCall, type WriteCall } from "./write-call.ts";

/** The end of an object, or its beginning: what holds it, and the grace that it has, come first. */
export function deleteOne(call: Call, state: ServerState): Outcome {
  const write = writeCall(call, state);
  const { name = "" } = call;
  const parameters = readDeleteParameters(call);
  warnOfPropagation(parameters, write);
  const object = write.collection.get(keyIn(write));
  if (object === undefined) throw notFound(write.resource, name);
  const deleted = deleteObject(object, parameters, write);
  if (!deleted.gone || call.resource.returnsDeleted) {
    const status = !deleted.gone && parameters.orphanDependents === false ? 202 : 200;
    return { kind: "object", status, object: deleted.object };
  }
  return { kind: "status", status: succeeded(object, write) };
}

/** Says what becomes of dependents where that may surprise. */
export function warnOfPropagation(parameters: DeleteParameters, { strategy, context }: WriteCall): void {
  const { propagationPolicy, orphanDependents } = parameters;
  if (strategy.propagationWarning === undefined || propagationPolicy !== undefined || orphanDependents !== undefined)
    return;
  context.warn(strategy.propagationWarning);
}

/** Deletes an object, or marks it as being deleted. @throws Refusal */
export function deleteObject(
  object: ApiObject,
  parameters: DeleteParameters,
  write: WriteCall,
): { readonly object: ApiObject; readonly gone: boolean } {
  const { strategy, collection, context, state } = write;
  strategy.admitDelete?.(object, parameters, context);
  checkPreconditions(object, parameters, write);
  const { metadata } = object;
  const key = keyIn(write, metadata.name);
  const dryRun = context.dryRun || parameters.dryRun;
  const grace = graceOf(object, parameters, write);
  if (grace === "pending") return { object, gone: false };
  const finalizers = finalizersOf(object, parameters, write);
  const isHeld = finalizers.length > 0 || strategy.isHeld?.(object) === true;
  const goesNow = !isHeld && (grace === undefined || grace.seconds === 0);
  const remove = (): ApiObject => collection.delete(key) ?? object;
  if (goesNow && grace === undefined) return { object: dryRun ? object : remove(), gone: true };
  const draft = draftOf(object);
  if (finalizers.length > 0) draft.metadata.finalizers = [...finalizers];
  else delete draft.metadata.finalizers;
  if (grace !== undefined) {
    draft.metadata.deletionTimestamp = grace.ends;
    draft.metadata.deletionGracePeriodSeconds = grace.seconds;
  } else if (metadata.deletionTimestamp === undefined) {
    draft.metadata.deletionTimestamp = timeText(state.clock);
    draft.metadata.deletionGracePeriodSeconds = 0;
  }
  if (metadata.deletionTimestamp === undefined && (metadata.generation ?? 0) > 0)
    draft.metadata.generation = (metadata.generation ?? 0) + 1;
  strategy.markDeleted?.(draft);
  const marked = finished(draft);
  // A second deletion that changes nothing is no write.
  if (dryRun || equalValues(marked, object)) return { object: marked, gone: goesNow };
  const kept = collection.set(key, marked);
  // What ends without grace, though it could have had some, is marked before it goes.
  return { object: goesNow ? remove() : kept, gone: goesNow };
}

/** @throws Refusal 409 for another object, or another version of it, than the one that is meant */
export function checkPreconditions(
  { metadata }: ApiObject,
  { preconditions }: DeleteParameters,
  write: WriteCall,
): void {
  const subject = { group: write.kind.group, name: write.kind.name };
  const { uid, resourceVersion } = preconditions ?? {};
  if (uid !== undefined && uid !== metadata.uid) {
    throw conflict(
      subject,
      metadata.name,
      `the UID in the precondition (${uid}) does not match the UID in record (${metadata.uid}). The object might have been deleted and then recreated`,
    );
  }
  if (resourceVersion !== undefined && resourceVersion !== metadata.resourceVersion) {
    throw conflict(
      subject,
      metadata.name,
      `the ResourceVersion in the precondition (${resourceVersion}) does not match the ResourceVersion in record (${metadata.resourceVersion}). The object might have been modified`,
    );
  }
}

/** The time that an object has to end. */
interface Grace {
  readonly seconds: number;
  readonly ends: string;
}

/** The time that is left to the object; undefined where there is no such thing, and `pending` while it goes by already. */
function graceOf(object: ApiObject, parameters: DeleteParameters, write: WriteCall): Grace | "pending" | undefined {
  const { clock } = write.state;
  const asked = parameters.gracePeriodSeconds;
  const wanted = asked !== undefined && asked < 0 ? 1 : asked;
  if (!write.call.resource.gracefulDeletion) return undefined;
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = object.metadata;
  if (deletionTimestamp === undefined) {
    const seconds = write.strategy.graceSeconds?.(object, wanted);
    return seconds === undefined ? undefined : { seconds, ends: timeText(clock, seconds) };
  }
  if (deletionGracePeriodSeconds === 0) return undefined;
  // Grace that has begun can only become less.
  if (wanted === undefined || wanted >= deletionGracePeriodSeconds) return "pending";
  const ends = new Date(Date.parse(deletionTimestamp) + (wanted - deletionGracePeriodSeconds) * 1000);
  if (ends.getTime() >= clock.wallNow()) return { seconds: wanted, ends: `${ends.toISOString().slice(0, 19)}Z` };
  return { seconds: Math.min(wanted, 1), ends: timeText(clock) };
}

const orphan = "orphan";
const foreground = "foregroundDeletion";

/** What holds the object, with what the garbage collector has to do first. */
function finalizersOf(
  { metadata }: ApiObject,
  { propagationPolicy, orphanDependents }: DeleteParameters,
  { call }: WriteCall,
): readonly string[] {
  const present = metadata.finalizers ?? [];
  const { dependents } = call.resource;
  if (dependents === undefined) return present;
  const others = present.filter((name) => name !== orphan && name !== foreground);
  if (orphanDependents !== undefined) return orphanDependents ? [...others, orphan] : others;
  switch (propagationPolicy) {
    case "Orphan":
      return [...others, orphan];
    case "Foreground":
      return [...others, foreground];
    case "Background":
      return others;
    default:
  }
  const first = present.find((name) => name === orphan || name === foreground);
  if (first !== undefined) return [...others, first];
  return dependents === "orphan" ? [...others, orphan] : others;
}

/** What a deletion answers with when the object is gone. */
function succeeded({ metadata }: ApiObject, { resource }: WriteCall): Status {
  const { name, uid } = metadata;
  const { group, name: kind } = resource;
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    details: { name, ...(group === "" ? {} : { group }), kind, uid },
  };
}
