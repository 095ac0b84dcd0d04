import { compareVersions, contentHash, type TrueHistory, type TrueObject } from "./true-history.ts";

/** One state of one object. */
export interface State {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly hash: string;
}

/** How long a key had a state; `to` is the first time when it had another. */
export interface Span {
  readonly from: number;
  readonly to: number;
  /** Undefined: there is no such object. */
  readonly state: State | undefined;
  /** What a DELETED event showed that began this absence. */
  readonly last: State | undefined;
}

/** The history as one who asks with a selector sees it: an object that no longer matches is deleted. */
export interface View {
  readonly history: TrueHistory;
  /** Each key that ever was there, with its spans without a gap from 0 to Infinity. */
  readonly keys: ReadonlyMap<string, readonly Span[]>;
  /** The version after each time; at 0 there was none. */
  readonly versions: readonly (string | undefined)[];
  /** The time right after each restore, the time whose state it brought back, and its moment. */
  readonly restores: readonly { readonly time: number; readonly back: number; readonly at: number }[];
  /** The end of the history. */
  readonly now: number;
}

/** The history seen through `matches`; default: all of it. */
export function viewOf(history: TrueHistory, matches: (object: TrueObject) => boolean = () => true): View {
  const keys = new Map<string, Span[]>();
  const versions: (string | undefined)[] = [undefined];
  const restores: { time: number; back: number; at: number }[] = [];

  const becomes = (key: string, from: number, state: State | undefined, last?: State): void => {
    const spans = keys.get(key) ?? [{ from: 0, to: Infinity, state: undefined, last: undefined }];
    const before = spans.at(-1) as Span;
    if (before.state === undefined && state === undefined) return;
    if (before.state !== undefined && state !== undefined && isSame(before.state, state)) return;
    spans[spans.length - 1] = { ...before, to: from };
    spans.push({ from, to: Infinity, state, last });
    keys.set(key, spans);
  };

  for (const [index, commit] of history.commits.entries()) {
    const time = index + 1;
    versions.push(commit.resourceVersion);
    if (commit.type === "restore") {
      const back = versions.findLastIndex(
        (version, at) => at < time && (version === undefined || compareVersions(version, commit.resourceVersion) <= 0),
      );
      restores.push({ time, back, at: commit.at });
      for (const [key, spans] of keys) becomes(key, time, spanAt(spans, back).state);
      continue;
    }
    const { key, object, resourceVersion } = commit;
    if (commit.type === "put" && matches(object)) {
      becomes(key, time, stateOf(object));
    } else {
      // What a selector loses is shown as it last matched, with the version that made it leave.
      const before = keys.get(key)?.at(-1)?.state;
      if (before !== undefined) becomes(key, time, undefined, { ...before, resourceVersion });
    }
  }
  return { history, keys, versions, restores, now: history.commits.length };
}

const states = new WeakMap<TrueObject, State>();

export function stateOf(object: TrueObject): State {
  const known = states.get(object);
  if (known !== undefined) return known;
  const { uid, resourceVersion } = object.metadata;
  const state = { uid, resourceVersion, hash: contentHash(object) };
  states.set(object, state);
  return state;
}

export function isSame(a: State, b: State): boolean {
  return a === b || (a.resourceVersion === b.resourceVersion && a.uid === b.uid && a.hash === b.hash);
}

export function spanAt(spans: readonly Span[], time: number): Span {
  return spans[lastIndex(spans.length, (at) => (spans[at] as Span).from <= time)] as Span;
}

/** The last index below `length` for which it holds, where it holds for all before that; 0 if for none. */
function lastIndex(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** All objects at one time, by key. */
export function statesAt(view: View, time: number): ReadonlyMap<string, State> {
  const states = new Map<string, State>();
  for (const [key, spans] of view.keys) {
    const { state } = spanAt(spans, time);
    if (state !== undefined) states.set(key, state);
  }
  return states;
}

/** When the collection was at this version: once, or once more after each restore. */
export function timesOfVersion({ versions, restores, now }: View, resourceVersion: string): readonly number[] {
  const begins = [0, ...restores.map(({ time }) => time)];
  return begins.map((begin, index) => {
    const end = begins[index + 1] ?? now + 1;
    const notAfter = (at: number): boolean => compareVersions(versions[begin + at] ?? "", resourceVersion) <= 0;
    return begin + lastIndex(end - begin, notAfter);
  });
}

/** Whether the newest state was listed after the moment `from`, at `to` at the latest. */
export function listedBetween({ history }: View, from: number, to: number): boolean {
  return history.quorumLists.some(({ at }) => from < at && at <= to);
}
