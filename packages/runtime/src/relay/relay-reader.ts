import { isStatusError, nextTurn, type ResourceSource } from "@kubewright/core";
import type { Consumer, Membership } from "../share/consumer.ts";
import type { Deletion, Held } from "../share/held.ts";
import { unseenUntil } from "../watch/unseen.ts";
import { isRefusal } from "../watch/refusal.ts";
import { isOlder, isUpTo } from "../watch/versions.ts";
import { isOver, type WatchHealth } from "../watch/watch-health.ts";
import { type IncomingChange, inOrder } from "./in-order.ts";
import { objectsInOrder } from "./objects-in-order.ts";
import type { RelayEvent } from "./relay-event.ts";
import { bookmarkData, statusData } from "./relayed-data.ts";
import { WaitingChanges } from "./waiting-changes.ts";

/** Milliseconds of events in one go; then everything else in the program has its turn. */
const sliceMs = 8;

/** So often in a row must a server refuse what it gave before: right after its start, it may not know all rights and resources yet. */
const refusalsBelieved = 2;

/** What there is, told in order. */
interface First {
  readonly objects: readonly Held<Uint8Array>[];
  readonly resourceVersion: string;
  told: number;
}

/** One reader of a relay: what it has yet to be told. First what there is, as of one moment; then the newest change of each object. */
export class RelayReader implements Consumer<Uint8Array> {
  readonly #source: ResourceSource;
  /** The version that the reader came with. */
  readonly #from: string | undefined;
  #member: Membership<Uint8Array> | undefined;
  /** What there is, while it comes. */
  #coming: Held<Uint8Array>[] = [];
  #first: First | undefined;
  /** Whether all that joining brings has come. */
  #joined = false;
  /** Changes until it is said up to which version all is known. */
  #batch: IncomingChange[] = [];
  readonly #waiting = new WaitingChanges();
  /** Up to this version all was told; up to this one it was told or waits. */
  #told: string;
  #known: string;
  #refusals = 0;
  /** What ends it: an event, or somebody who stops it. */
  #last: RelayEvent | "stopped" | undefined;
  #wake = (): void => {};

  constructor(source: ResourceSource, from: string | undefined) {
    this.#source = source;
    this.#from = from;
    this.#told = this.#known = from ?? "";
  }

  fresh(): void {
    if (this.#from !== undefined) this.#expire(`the changes since version ${this.#from} are not known any more`);
  }

  change(
    before: Held<Uint8Array> | undefined,
    after: Held<Uint8Array> | undefined,
    last: Held<Uint8Array> | undefined,
  ): void {
    if (after !== undefined) {
      if (this.#from === undefined && !this.#joined) this.#coming.push(after);
      // Who came with a version may know what changed since.
      else {
        const type = before === undefined && this.#joined ? "added" : "modified";
        this.#note(type, after.uid, after.resourceVersion, after.value);
      }
    } else if (before !== undefined) {
      // Found missing, and not told: nobody knows the version of its deletion.
      const isSeen = last !== undefined && last.value !== before.value;
      this.#note("deleted", before.uid, isSeen ? last.resourceVersion : undefined, (last ?? before).value);
    }
  }

  missed({ uid, resourceVersion, last }: Deletion<Uint8Array>): void {
    if (last === undefined) this.#expire("the final states of what was deleted are not known");
    else this.#note("deleted", uid, resourceVersion, last);
  }

  synced(resourceVersion: string): void {
    if (this.#from === undefined && !this.#joined && this.#member !== undefined) {
      this.#first = { objects: objectsInOrder(this.#member.entries, this.#coming), resourceVersion, told: 0 };
      this.#coming = [];
    }
    // A list that comes anew does not show what came and went since.
    if (this.#joined)
      this.#batch.unshift({ uid: "", type: "unseen", resourceVersion: undefined, data: new Uint8Array() });
    this.#joined = true;
    // What a list shows to be new happened after all that was known.
    this.#settle(resourceVersion, isUpTo);
  }

  progress(resourceVersion: string): void {
    this.#settle(resourceVersion, isOlder);
  }

  health({ state, error, synced }: WatchHealth): void {
    if (state === "streaming" || (state === "listing" && error === undefined)) this.#refusals = 0;
    if (isOver(state) && this.#source.connection.closed.aborted) this.stop();
    else if (isOver(state)) this.#refuse(error);
    else if (state === "recovering" && isRefusal(error)) {
      this.#refusals += 1;
      if (!synced || this.#refusals >= refusalsBelieved) this.#refuse(error);
    }
  }

  /** Ends it. */
  stop(): void {
    this.#end("stopped");
  }

  /** What it is told as a member, until it ends. Throws when the cluster was closed. */
  events(member: Membership<Uint8Array>): AsyncGenerator<RelayEvent, undefined> {
    this.#member = member;
    this.health(member.health);
    return this.#events(member);
  }

  async *#events(member: Membership<Uint8Array>): AsyncGenerator<RelayEvent, undefined> {
    const { clock, closed } = this.#source.connection;
    try {
      for (let since = clock.now(); ;) {
        if (clock.now() - since > sliceMs) {
          await nextTurn();
          since = clock.now();
        }
        if (this.#last === "stopped") {
          closed.throwIfAborted();
          return;
        }
        const event = this.#last ?? this.#take();
        if (event !== undefined) yield event;
        if (event?.type === "error") return;
        if (event !== undefined) continue;
        await new Promise<void>((resolve) => (this.#wake = resolve));
        since = clock.now();
      }
    } finally {
      member.leave();
    }
  }

  #take(): RelayEvent | undefined {
    const first = this.#first;
    if (first !== undefined) {
      const object = first.objects[first.told];
      first.told += 1;
      if (object !== undefined) return this.#tell("added", object.resourceVersion, object.value);
      this.#first = undefined;
      return this.#bookmark(first.resourceVersion, { "k8s.io/initial-events-end": "true" });
    }
    const change = this.#waiting.take();
    if (change?.type === "unseen") return this.#bookmark(change.resourceVersion, { [unseenUntil]: this.#known });
    if (change !== undefined) return this.#tell(change.type, change.resourceVersion, change.data);
    return this.#known === this.#told ? undefined : this.#bookmark(this.#known);
  }

  /** All up to this version has come: what did waits now, unless the server has gone back. */
  #settle(resourceVersion: string, isOld: (version: string, known: string) => boolean): void {
    const known = this.#known;
    const batch = this.#batch;
    const { late, changes } = inOrder(batch, known);
    this.#batch = [];
    // What was deleted unseen was so after all that was known, or in another past.
    const isUnseen = batch.some((change) => change.type === "deleted" && change.resourceVersion === undefined);
    const isPast = (isUnseen ? isUpTo : isOlder)(resourceVersion, known);
    if (isPast || changes.some((change) => isOld(change.resourceVersion, known))) return this.#goneBack();
    // Who came with a version may know even what is new here.
    for (const change of [...late, ...changes])
      if (!this.#waiting.add(change) && this.#from !== undefined) return this.#expire("objects came and went unseen");
    this.#known = resourceVersion;
    this.#wake();
  }

  #bookmark(resourceVersion: string, annotations?: Readonly<Record<string, string>>): RelayEvent {
    return this.#tell("bookmark", resourceVersion, bookmarkData(this.#source, resourceVersion, annotations));
  }

  #tell(type: RelayEvent["type"], resourceVersion: string, data: Uint8Array): RelayEvent {
    this.#told = resourceVersion;
    return { type, resourceVersion, data };
  }

  #note(type: IncomingChange["type"], uid: string, resourceVersion: string | undefined, data: Uint8Array): void {
    this.#batch.push({ uid, type, resourceVersion, data });
  }

  #goneBack(): void {
    this.#expire(`the server has gone back behind version ${this.#known}`);
  }

  #expire(why: string): void {
    const message = `${why}: read the collection anew`;
    this.#end({ type: "error", resourceVersion: "", data: statusData({ message, reason: "Expired", code: 410 }) });
  }

  #refuse(error: Error | undefined): void {
    // What is wrong with the relay's own configuration is not for its readers.
    const status = isStatusError(error)
      ? error.status
      : { message: "the collection cannot be watched", reason: "InternalError", code: 500 };
    this.#end({ type: "error", resourceVersion: "", data: statusData(status) });
  }

  /** Nothing that waits is told any more: it may be what cannot be told in order. */
  #end(last: RelayEvent | "stopped"): void {
    this.#last ??= last;
    this.#first = undefined;
    this.#coming = [];
    this.#batch = [];
    this.#waiting.clear();
    this.#wake();
  }
}
