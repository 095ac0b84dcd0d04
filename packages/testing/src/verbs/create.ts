import type { Clock } from "@kubewright/core";
import type { Outcome } from "./outcome.ts";
import { alreadyExists, generatedNameExists, type Grouped, type Refusal, unexplained } from "../exchange/refusal.ts";
import { finished, setAt } from "../objects/draft.ts";
import { fillSystemMetadata, timeText, wipeSystemMetadata } from "../objects/system-metadata.ts";
import type { Draft } from "../objects/draft.ts";
import type { Call } from "../request/call.ts";
import type { ApiObject } from "../store/api-object.ts";
import type { ServerState } from "../state/server-state.ts";
import { wrongMetadata } from "../validation/metadata.ts";
import { admitToNamespace } from "./admit-to-namespace.ts";
import { completed, readDraft } from "./read-draft.ts";
import { keyIn, placeInNamespace, writeCall, type WriteCall } from "./write-call.ts";
import { dropRepeatedOwners } from "./owner-references.ts";
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
  wipeSystemMetadata(draft);
  placeInNamespace(draft, write);
  admitToNamespace(draft, write);
  dropRepeatedOwners(draft, write);
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
  const present = collection.get(key);
  if (present !== undefined) throw nameTaken(present, generateName, resource);
  const object = finished(completed(draft, write));
  if (context.dryRun) return object;
  // What is no number counts as none; a PUT that creates is not asked.
  const isVersion = /^0*[1-9]\d*$/.test(metadata.resourceVersion ?? "");
  if (write.call.verb === "create" && isVersion)
    throw unexplained("resourceVersion should not be set on objects to be created");
  return collection.set(key, object);
}

function nameTaken({ metadata }: ApiObject, generateName: string, resource: Grouped): Refusal {
  const { name, deletionTimestamp } = metadata;
  const refused = generateName === "" ? alreadyExists(resource, name) : generatedNameExists(resource, name);
  if (deletionTimestamp === undefined) return refused;
  return refused.with({ message: `object is being deleted: ${refused.status.message!}` });
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
