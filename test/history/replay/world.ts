import { joined, message, withText } from "../../support/protobuf-wire.ts";
import type { RecordedCollection, RecordedEvent, Recording, Written } from "../recording.ts";
import { shownAt } from "../recording.ts";
import { type TrueHistory, trueHistory, type TrueObject } from "../true-history.ts";

/** An object as etcd holds it. */
export interface Held extends Written {
  readonly name: string;
  readonly uid: string;
  readonly revision: number;
  readonly labels: Readonly<Record<string, string>>;
}

/** One change that etcd remembers. */
export interface Change {
  readonly revision: number;
  readonly before: Held | undefined;
  readonly after: Held | undefined;
  /** What a DELETED event shows. */
  readonly last: Written | undefined;
}

/** What is behind the API servers: the recorded history, which goes on when it is told to. */
export interface World {
  readonly about: RecordedCollection;
  /** What really happened, for the checker. */
  readonly history: TrueHistory;
  /** The newest. */
  readonly revision: number;
  /** Up to where the past is forgotten; 0 for nowhere. */
  readonly compacted: number;
  /** How often it was put back. */
  readonly restores: number;
  /** The next change of the recording happens. After the last one it begins anew, with other uids. */
  change(): void;
  /** Something else is written: the revision rises. */
  writeElsewhere(revision?: number): void;
  compact(revision: number): void;
  /** Everything after this revision never happened; what comes then is something else. */
  restore(revision: number): void;
  /** What is written from now on has a field that no client knows. */
  upgrade(): void;
  readonly upgraded: boolean;
  /** All objects as they were, by name. */
  stateAt(revision: number): readonly Held[];
  /** Every change after the revision, up to another. */
  changesSince(revision: number, upTo?: number): readonly Change[];
  /** Is told of every rise of the revision. */
  listen(told: () => void): void;
}

/** An object as a server of a later version would write it. */
function withFutureField({ text, raw }: Written): Written {
  const future = text.replace(/\}$/, ',"future":"yes"}');
  return { text: future, raw: raw === undefined ? undefined : joined([raw, message([1000, "yes"])]) };
}

/** A world in which nothing of the recording has happened yet. */
export function world({ about, events }: Recording): World {
  const history = trueHistory();
  const listeners: (() => void)[] = [];
  let log: Change[] = [];
  const held = new Map<string, Held>();
  let next = 0;
  let revision = Number(events[0]?.resourceVersion) - 1;
  let compacted = 0;
  let restores = 0;
  let round = 0;
  let upgraded = false;

  const rise = (to: number): void => {
    revision = to;
    for (const told of listeners) told();
  };

  /** A recorded event, as it must look after what else happened here. */
  function become(event: RecordedEvent, at: number): Change | undefined {
    const before = held.get(event.name);
    if (event.type === "DELETED") {
      if (before === undefined) return undefined;
      const asRecorded = round === 0 && restores === 0 && !upgraded && at === Number(event.resourceVersion);
      const last = asRecorded ? event : shownAt(before, String(before.revision), String(at));
      return { revision: at, before, after: undefined, last };
    }
    const { metadata } = JSON.parse(event.text) as TrueObject;
    const uid = before?.uid ?? uidOf(metadata.uid);
    const shown = shownAt(event, event.resourceVersion, String(at));
    const { text, raw } = upgraded ? withFutureField(shown) : shown;
    return {
      revision: at,
      before,
      after: {
        name: event.name,
        uid,
        revision: at,
        text: text.replace(metadata.uid, uid),
        raw: raw === undefined ? undefined : withText(raw, [1, 5], uid),
        labels: metadata.labels ?? {},
      },
      last: undefined,
    };
  }

  /** In the first round as recorded, later another one, but always the same. */
  function uidOf(recorded: string): string {
    const turn = round * 256 + restores;
    return turn === 0 ? recorded : recorded.slice(0, -4) + turn.toString(16).padStart(4, "0");
  }

  return {
    about,
    history,
    get revision() {
      return revision;
    },
    get compacted() {
      return compacted;
    },
    get restores() {
      return restores;
    },
    change() {
      const event = events[next++] as RecordedEvent;
      // As recorded, as long as nobody else wrote more than was written then.
      const recorded = round === 0 && restores === 0 ? Number(event.resourceVersion) : 0;
      const at = Math.max(recorded, revision + 1);
      const change = become(event, at);
      if (next === events.length) {
        next = 0;
        round += 1;
      }
      if (change === undefined) return;
      log.push(change);
      if (change.after !== undefined) {
        held.set(event.name, change.after);
        history.put(JSON.parse(change.after.text) as TrueObject);
      } else {
        held.delete(event.name);
        history.delete(JSON.parse((change.last as Written).text) as TrueObject);
      }
      rise(at);
    },
    writeElsewhere: (to = revision + 1) => rise(to),
    compact(to) {
      compacted = Math.max(compacted, to);
    },
    get upgraded() {
      return upgraded;
    },
    upgrade() {
      upgraded = true;
    },
    restore(to) {
      restores += 1;
      history.restore(String(to));
      for (const change of log.filter((one) => one.revision > to).toReversed()) {
        const { before, after } = change;
        if (before !== undefined) held.set(before.name, before);
        else if (after !== undefined) held.delete(after.name);
      }
      log = log.filter((change) => change.revision <= to);
      compacted = Math.min(compacted, to);
      revision = to;
    },
    stateAt(at) {
      const objects = new Map(held);
      for (const { before, after } of log.filter((change) => change.revision > at).toReversed()) {
        if (before !== undefined) objects.set(before.name, before);
        else if (after !== undefined) objects.delete(after.name);
      }
      return [...objects.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    changesSince: (from, upTo = revision) => log.filter((change) => change.revision > from && change.revision <= upTo),
    listen: (told) => void listeners.push(told),
  };
}
