import type { Clock } from "@kubewright/core";
import type { Outcome } from "./outcome.ts";
import { alreadyExists, badRequest } from "../exchange/refusal.ts";
import { finished, setAt } from "../objects/draft.ts";
import { fillSystemMetadata, timeText, wipeSystemMetadata } from "../objects/system-metadata.ts";
import type { Draft } from "../objects/draft.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import { wrongMetadata } from "../validation/metadata.ts";
import { admitToNamespace } from "./admit-to-namespace.ts";
import { completed, readDraft } from "./read-draft.ts";
import { keyIn, placeInNamespace, writeCall, type WriteCall } from "./write-call.ts";
import { refuseInvalid } from "./refuse-invalid.ts";

/** A new object. */
export function create(call: Call, state: ServerState): Outcome {
  const write = writeCall(call, state);
  const draft = readDraft(write);
  return { kind: "object", status: 201, object: createFrom(draft, write) };
}

/** How often a generated name is tried (k8s.io/apiserver pkg/registry/generic/registry/store.go). */
const nameTries = 8;

/** Takes a new object through admission, strategy and validation into the store. @throws Refusal */
export function createFrom(draft: Draft, write: WriteCall): ReturnType<typeof finished> {
  const { state, strategy, context, collection, resource } = write;
  const { clearedOnCreate, createdWith, startsGeneration } = write.call.resource;
  const { metadata } = draft;
  if (metadata.resourceVersion !== undefined && metadata.resourceVersion !== "")
    throw badRequest("resourceVersion should not be set on objects to be created");
  wipeSystemMetadata(draft);
  placeInNamespace(draft, write);
  admitToNamespace(draft, write);
  strategy.admitCreate?.(draft, context);
  const { generateName = "" } = metadata;
  const generated = generateName !== "" && !metadata.name;
  for (let tries = 1; ; tries++) {
    if (generated) delete metadata.name;
    fillSystemMetadata(draft, state.clock);
    const { name = "" } = metadata;
    if (tries === nameTries || !generated || collection.get(keyIn(write, name)) === undefined) break;
  }
  for (const path of clearedOnCreate) setAt(draft, path, undefined);
  fillMissing(draft, withNow(createdWith, state.clock));
  if (startsGeneration) draft.metadata.generation = 1;
  strategy.prepareForCreate?.(draft, context);
  refuseInvalid(
    [...wrongMetadata(draft, write.call.resource), ...(strategy.validate?.(draft, context) ?? [])],
    draft,
    write,
  );
  for (const text of strategy.warnings?.(draft, context) ?? []) context.warn(text);
  const { name = "" } = draft.metadata;
  const key = keyIn(write, name);
  if (collection.get(key) !== undefined) throw alreadyExists(resource, name);
  const object = finished(completed(draft, write));
  return context.dryRun ? object : collection.set(key, object);
}

/** Sets what is not there. */
function fillMissing(target: Record<string, unknown>, values: unknown): void {
  for (const [key, value] of Object.entries(values as Readonly<Record<string, unknown>>)) {
    const there = target[key];
    if (there === undefined) target[key] = structuredClone(value);
    else if (typeof value === "object" && value !== null && !Array.isArray(value))
      fillMissing(there as Record<string, unknown>, value);
  }
}

/** Values in which the text `now` stands for the time. */
function withNow(values: unknown, clock: Clock): unknown {
  if (values === "now") return timeText(clock);
  if (Array.isArray(values)) return values.map((one) => withNow(one, clock));
  if (typeof values !== "object" || values === null) return values;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, withNow(value, clock)]));
}
