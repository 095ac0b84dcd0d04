import {
  findCondition,
  InputError,
  nearest,
  type ResourceSource,
  type Shortfall,
  shortfallOf,
  whatItIs,
  whyNotCondition,
  whyStillThere,
} from "@kubewright/core";
import type { WaitCondition, WaitState, WaitUntil } from "./until.ts";
import type { AnyObject } from "../watch/any-object.ts";

/** What is waited for. */
export interface Goal {
  /** For messages: what the object does when it gets there. */
  readonly does: string;
  /** Whether the object must go; it is then never there. */
  readonly gone: boolean;
  /** Whether it is over once the object is gone. Default false: it may be created. */
  readonly stays?: boolean;
  /** What an object falls short of; undefined when it is there. May throw what a caller's function throws. */
  judge(object: AnyObject): Shortfall | undefined;
}

const workloads = ["Deployment", "StatefulSet", "DaemonSet"];
const jobs = ["Job"];

interface NamedState {
  readonly does: string;
  readonly group?: string;
  readonly kinds?: readonly string[];
  readonly judge: Goal["judge"];
}

const states: Readonly<Record<WaitState, NamedState>> = {
  ready: { does: "become ready", judge: shortfallOf },
  rolledOut: { does: "finish its rollout", group: "apps", kinds: workloads, judge: rollout },
  complete: { does: "complete", group: "batch", kinds: jobs, judge: shortfallOf },
  failed: { does: "fail", group: "batch", kinds: jobs, judge: failure },
  finished: { does: "finish", group: "batch", kinds: jobs, judge: end },
};

/** What `until` asks of objects of this collection. @throws InputError for what is not to be had of them */
export function goalOf(until: WaitUntil<never>, source: ResourceSource): Goal {
  if (until === "deleted") {
    return { does: "go", gone: true, judge: (object) => notYet(whyStillThere(object)) };
  }
  if (typeof until === "function") {
    return { does: "reach the state that the function asks for", gone: false, judge: byFunction(until) };
  }
  if (source.metadataOnly) {
    throw new InputError("until", 'objects are reduced to their metadata; wait for "deleted", or by a function');
  }
  if (typeof until === "object" && until !== null) return conditionGoal(until);
  const state = Object.hasOwn(states, until) ? states[until] : undefined;
  if (state === undefined) throw unknownState(until);
  const { does, group, kinds, judge } = state;
  const { resource } = source;
  if (kinds !== undefined && !(resource.group === group && kinds.includes(resource.kind))) {
    throw new InputError("until", `"${until}" is a state of ${kinds.join(", ")}, not of ${resource.kind}`);
  }
  return { does, gone: false, judge };
}

function conditionGoal(until: WaitCondition): Goal {
  const { condition, status = "True", ...rest } = until;
  const [odd] = Object.keys(rest);
  if (odd !== undefined) throw new InputError(`until.${odd}`, "there is no such field; it has condition and status");
  if (typeof condition !== "string" || condition === "") {
    throw new InputError("until.condition", 'it must be the type of a condition, such as "Available"');
  }
  if (!["True", "False", "Unknown"].includes(status)) {
    throw new InputError("until.status", 'it must be "True", "False" or "Unknown"');
  }
  return {
    does: `get condition ${condition} ${status}`,
    gone: false,
    judge: (object) => maybe(whyNotCondition(object, condition, status)),
  };
}

function byFunction(until: (object: never) => boolean): Goal["judge"] {
  return (object) => {
    const met: unknown = until(object as never);
    if (typeof met !== "boolean") {
      throw new InputError("until", `the function must return true or false, not ${whatItIs(met)}`);
    }
    return met
      ? undefined
      : notYet(`the function returned false for resourceVersion ${object.metadata.resourceVersion}`);
  };
}

/** kubectl rollout status has no answer to OnDelete. */
function rollout(object: AnyObject): Shortfall | undefined {
  const { spec } = object as { readonly spec?: { readonly updateStrategy?: { readonly type?: string } } };
  return spec?.updateStrategy?.type === "OnDelete"
    ? { why: 'with OnDelete there is no rollout that would end; wait until it is "ready"', final: true }
    : shortfallOf(object);
}

function failure(object: AnyObject): Shortfall | undefined {
  if (isTrue(object, "Failed")) return undefined;
  return isTrue(object, "Complete") ? { why: "it is complete", final: true } : end(object);
}

function end(object: AnyObject): Shortfall | undefined {
  return isTrue(object, "Failed") ? undefined : shortfallOf(object);
}

function isTrue(object: AnyObject, condition: string): boolean {
  return findCondition(object, condition)?.status === "True";
}

function maybe(why: string | undefined): Shortfall | undefined {
  return why === undefined ? undefined : notYet(why);
}

function notYet(why: string): Shortfall {
  return { why, final: false };
}

function unknownState(until: unknown): InputError {
  const names = [...Object.keys(states), "deleted"];
  if (typeof until !== "string") {
    return new InputError("until", `it must be a state, a condition or a function, not ${whatItIs(until)}`);
  }
  const close = nearest(until, names);
  const known = close === undefined ? `; there are ${names.join(", ")}` : `; did you mean "${close}"?`;
  return new InputError("until", `there is no such state${known}`);
}
