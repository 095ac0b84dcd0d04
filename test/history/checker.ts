import { keyOf, type TrueObject } from "./true-history.ts";
import { describeSpans, describeState } from "./describe.ts";
import { isSame, listedBetween, type Span, type State, stateOf, statesAt, timesOfVersion, type View } from "./view.ts";

/** What one subscription was told, as it was told. */
export interface Delivery {
  /** The moment, by the history's tick. */
  readonly at: number;
  readonly type: "added" | "updated" | "deleted";
  readonly object: TrueObject;
  readonly previous: TrueObject | undefined;
}

/** What a cache held at one moment. */
export interface Sample {
  /** The version up to which the cache said that it knows every change. */
  readonly resourceVersion: string;
  readonly objects: readonly TrueObject[];
}

/**
 * What can be wrong.
 *
 * - `invented`: never was so. `backwards`: older than what was told before. `unread`: from after a restore of the server, although
 *   nothing was listed since.
 * - `duplicate`: told already. `previous`: not what this subscription last saw. `identity`: another uid passed for the same object.
 * - `lost`: in the end it is missing, outdated, or still there. `torn`: at that version the collection was not what the cache held.
 */
export type ViolationKind =
  | "invented"
  | "backwards"
  | "unread"
  | "duplicate"
  | "previous"
  | "identity"
  | "lost"
  | "torn";

export interface Violation {
  readonly kind: ViolationKind;
  readonly key: string;
  /** Names key and versions. */
  readonly message: string;
}

/** How to read what was delivered. */
export interface CheckOptions {
  /** Keys of one lane share their time; a subscription over several watches has a lane for each. Default: one lane. */
  readonly laneOf?: (key: string) => string;
  /** Whether an update may show the object that was seen already, as a resync does. Default false. */
  readonly resyncs?: boolean;
}

/**
 * Holds what a subscription was told against what happened. For every delivery there must be a time at which it was true, and these
 * times must not go back, whatever the keys; in the end the subscription must know the last state of every object.
 */
export function checkDelivered(
  view: View,
  delivered: readonly Delivery[],
  { laneOf = () => "", resyncs = false }: CheckOptions = {},
): readonly Violation[] {
  const violations: Violation[] = [];
  const seen = new Map<string, TrueObject>();
  const times = new Map<string, number>();

  for (const { type, object, previous, at } of delivered) {
    const key = keyOf(object);
    const before = seen.get(key);
    const spans = view.keys.get(key) ?? [];
    const lane = laneOf(key);
    const time = times.get(lane) ?? 0;
    const found = (kind: ViolationKind, text: string): void =>
      void violations.push({ kind, key, message: `${key}: ${type} ${describe(object)} ${text}` });

    if (!isSameOrNone(previous, type === "added" ? undefined : before)) {
      const last = before === undefined ? "never saw it" : `last saw ${describe(before)}`;
      found(
        "previous",
        `with ${previous ? describe(previous) : "nothing"} as its previous state; this subscription ${last}`,
      );
    } else if (type !== "added" && before === undefined) {
      found("previous", "although this subscription never saw it");
    }
    if (before !== undefined && before.metadata.uid !== object.metadata.uid) {
      found("identity", `where ${describe(before)} was known and not deleted`);
    } else if (before !== undefined && type === "added") {
      found("duplicate", `although ${describe(before)} was known`);
    } else if (type === "updated" && !resyncs && isSameOrNone(before, object) && !cameBack(spans, object)) {
      found("duplicate", "although it was the last that was told");
    }

    const next = type === "deleted" ? timeOfDeletion(spans, object, time) : timeOfState(spans, object, time);
    if (next === "never") {
      found("invented", `never was so; there were ${describeSpans(spans, view)}`);
    } else if (next === "past") {
      found(
        "backwards",
        `was over when version ${view.versions[time]} came, which was told before; there were ${describeSpans(spans, view)}`,
      );
    } else {
      for (const restore of view.restores) {
        // Who is told only now, or had not come so far, has nothing to take back.
        const began = restore.at > (delivered[0]?.at ?? 0) && time > restore.back;
        if (!began || time >= restore.time || restore.time > next || listedBetween(view, restore.at, at)) continue;
        found(
          "unread",
          `is from after the restore to ${view.versions[restore.time]}, although nothing was listed since`,
        );
      }
      times.set(lane, next);
    }
    if (type === "deleted" && before !== undefined && isOlder(spans, object, before)) {
      found("backwards", `as its last state, although ${describe(before)} is newer and was told`);
    }
    if (type === "deleted") seen.delete(key);
    else seen.set(key, object);
  }
  return [...violations, ...checkFinal(view, [...seen.values()], "the subscription")];
}

/** Holds what somebody knows in the end against the last state of the history. `who` stands in the messages. */
export function checkFinal(view: View, objects: readonly TrueObject[], who: string): readonly Violation[] {
  return differences(statesAt(view, view.now), objects).map(({ key, holds, truth }) => {
    const there = holds === undefined ? "nothing" : describeState(holds);
    const spans = describeSpans(view.keys.get(key) ?? [], view);
    return { kind: "lost", key, message: `${key}: ${who} ended with ${there}, not with ${truth}; there were ${spans}` };
  });
}

/** Holds what a cache held at some moments against the collection at the versions that the cache named. */
export function checkSamples(view: View, samples: readonly Sample[]): readonly Violation[] {
  return samples.flatMap(({ resourceVersion, objects }) => {
    let torn: readonly Violation[] = [];
    for (const time of timesOfVersion(view, resourceVersion)) {
      torn = differences(statesAt(view, time), objects).map(({ key, holds, truth }) => {
        const there = holds === undefined ? "nothing" : describeState(holds);
        return {
          kind: "torn",
          key,
          message: `${key}: at version ${resourceVersion} the cache held ${there}, not ${truth}`,
        };
      });
      if (torn.length === 0) break;
    }
    return torn;
  });
}

/** Holds a cache against a fresh list, object by object. */
export function checkAgainstList(cache: readonly TrueObject[], list: readonly TrueObject[]): readonly Violation[] {
  const truth = new Map(list.map((object) => [keyOf(object), stateOf(object)]));
  return differences(truth, cache).map(({ key, holds, truth }) => {
    const there = holds === undefined ? "nothing" : describeState(holds);
    return { kind: "lost", key, message: `${key}: the cache holds ${there}, a fresh list ${truth}` };
  });
}

interface Difference {
  readonly key: string;
  readonly holds: State | undefined;
  readonly truth: string;
}

function differences(truth: ReadonlyMap<string, State>, objects: readonly TrueObject[]): readonly Difference[] {
  const found: Difference[] = [];
  const held = new Map<string, State>();
  for (const object of objects) {
    const key = keyOf(object);
    if (held.has(key)) found.push({ key, holds: stateOf(object), truth: "it only once" });
    held.set(key, stateOf(object));
  }
  for (const key of new Set([...truth.keys(), ...held.keys()])) {
    const [is, holds] = [truth.get(key), held.get(key)];
    if (is === undefined) found.push({ key, holds, truth: "nothing" });
    else if (holds === undefined || !isSame(is, holds)) found.push({ key, holds, truth: describeState(is) });
  }
  return found;
}

type Found = number | "never" | "past";

/** The first time from `time` on at which the object was there like this. */
function timeOfState(spans: readonly Span[], object: TrueObject, time: number): Found {
  const like = spans.filter(({ state }) => state !== undefined && isSame(state, stateOf(object)));
  const span = like.find(({ to }) => to > time);
  return span === undefined ? (like.length > 0 ? "past" : "never") : Math.max(time, span.from);
}

/** The first time from `time` on at which the object with this uid, shown as it last was, was not there. */
function timeOfDeletion(spans: readonly Span[], object: TrueObject, time: number): Found {
  const shown = spans.find(({ state, last }) =>
    [state, last].some((one) => one !== undefined && isSame(one, stateOf(object))),
  );
  if (shown === undefined) return "never";
  const without = spans.filter(({ from, state }) => from >= shown.from && state?.uid !== object.metadata.uid);
  const span = without.find(({ to }) => to > time);
  return span === undefined ? (without.length > 0 ? "past" : "never") : Math.max(time, span.from);
}

/** Whether the last time at which `object` was there like this was over before `other` came. A DELETED event's object is there when it goes. */
function isOlder(spans: readonly Span[], object: TrueObject, other: TrueObject): boolean {
  const shows = (state: State) => (span: Span) =>
    [span.state, span.last].some((one) => one !== undefined && isSame(one, state));
  const last = spans.findLast(shows(stateOf(object)));
  const first = spans.find(shows(stateOf(other)));
  return last !== undefined && first !== undefined && last.from < first.from;
}

/** A restore of the server brought this state back, so that it changed even where it is the same. */
function cameBack(spans: readonly Span[], object: TrueObject): boolean {
  return spans.filter(({ state }) => state !== undefined && isSame(state, stateOf(object))).length > 1;
}

function isSameOrNone(a: TrueObject | undefined, b: TrueObject | undefined): boolean {
  return a === undefined || b === undefined ? a === b : isSame(stateOf(a), stateOf(b));
}

const describe = (object: TrueObject): string => describeState(stateOf(object));
