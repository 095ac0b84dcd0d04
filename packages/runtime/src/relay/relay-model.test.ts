import type { KubernetesObject, ResourceSource, Stored } from "@kubewright/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DrivenWatch } from "../../../../test/support/driven-watch.ts";
import { createScriptedSource } from "../../../../test/support/scripted-source.ts";
import { firstVersion, type ServerEvent, ServerModel } from "../../../../test/support/server-model.ts";
import { type SharedWatch, startSharedWatch } from "../share/shared-watch.ts";
import type { RelayEvent } from "./relay-event.ts";
import { RelayReader } from "./relay-reader.ts";
import { asJson } from "./relayed-data.ts";

type AnyObject = Stored<KubernetesObject>;

const { source } = createScriptedSource() as { readonly source: ResourceSource };

/** A relay of its own, such as another proxy's: a watch that has told up to some version. */
class Relay {
  readonly watch = new DrivenWatch();
  readonly shared: SharedWatch<Uint8Array>;
  /** 0 before the first list. */
  position = 0;
  readonly #server: ServerModel;

  constructor(server: ServerModel) {
    this.#server = server;
    const { clock } = source.connection;
    this.shared = startSharedWatch({ start: (sink) => this.watch.start(sink), hold: asJson, clock, ended() {} });
    // So that the watch never ends.
    const none = (): void => {};
    this.shared.join({}, { fresh: none, change: none, missed: none, synced: none, progress: none, health: none });
  }

  tell(version: number): void {
    const event = this.#server.events.get(version) as ServerEvent;
    const object = structuredClone(event.object);
    if (event.deleted) void this.watch.sink.delete(object);
    else void this.watch.sink.apply(object);
  }

  deliver(count: number): void {
    for (let told = 0; this.position > 0 && told < count && this.position < this.#server.version; told += 1) {
      this.tell((this.position += 1));
      this.watch.sink.progress(`${this.position}`);
    }
  }

  /** What was told already comes once more. */
  deliverAgain(count: number): void {
    for (let version = Math.max(firstVersion + 1, this.position - count); version <= this.position; version += 1) {
      const { deleted, object } = this.#server.events.get(version) as ServerEvent;
      const now = this.#server.states.get(this.position)?.get(object.metadata.name);
      if (now !== undefined && (!deleted || now.metadata.uid !== object.metadata.uid)) this.tell(version);
    }
  }

  list(): void {
    this.watch.sink.init();
    for (const object of this.#server.state.values()) void this.watch.sink.apply(structuredClone(object));
    this.position = this.#server.version;
    void this.watch.sink.synced(`${this.position}`);
  }
}

/** A page: it rebuilds the collection from what it is told, and comes back with the version it knows. */
class Page {
  readonly state = new Map<string, AnyObject>();
  /** What it knows all of; undefined before it was told any. */
  version: number | undefined;
  /** The server went back, and had come up to here before; what is not newer may be of that history, until the page is told. */
  wentBack = 0;
  /** Whether all there was at first was told. */
  synced = false;
  /** What was told wrongly. */
  readonly wrong: string[] = [];
  readonly counts = { expired: 0, resumed: 0, told: 0 };
  readonly #server: ServerModel;
  #relay: Relay | undefined;
  #events: AsyncGenerator<RelayEvent, undefined> | undefined;
  #came: RelayEvent[] = [];
  #pulling = false;
  #reader: RelayReader | undefined;
  /** Of who came back, the objects that were told since; whether others are known is not known to a relay. Undefined: all. */
  #sure: Set<string> | undefined;

  constructor(server: ServerModel) {
    this.#server = server;
  }

  /** Goes on at a relay, with the version that it knows. */
  async comeBack(relay: Relay): Promise<void> {
    // One of another history says nothing.
    if (this.wentBack > 0) await this.take(1000);
    this.connect(relay);
  }

  connect(relay: Relay): void {
    this.disconnect();
    if (!this.synced) this.forget();
    else this.counts.resumed += 1;
    this.wentBack = 0;
    this.#relay = relay;
    const from = this.version === undefined ? undefined : `${this.version}`;
    this.#sure = from === undefined ? undefined : new Set();
    const reader = new RelayReader(source, from);
    this.#reader = reader;
    this.#events = reader.events(relay.shared.join({ from }, reader));
  }

  disconnect(): void {
    this.#reader?.stop();
    void this.#events?.return(undefined);
    this.#events = undefined;
    this.#came = [];
    this.#pulling = false;
  }

  forget(): void {
    this.state.clear();
    this.version = undefined;
    this.synced = false;
  }

  /** Takes as many events as there are, at most `count`. */
  async take(count: number): Promise<void> {
    for (let taken = 0; taken < count && this.#events !== undefined; taken += 1) {
      if (!this.#pulling) this.#pull(this.#events);
      for (let turn = 0; turn < 8 && this.#came.length === 0; turn += 1) await Promise.resolve();
      const event = this.#came.shift();
      if (event === undefined) return;
      this.#take(event);
    }
  }

  #pull(events: AsyncGenerator<RelayEvent, undefined>): void {
    this.#pulling = true;
    void events.next().then(({ value }) => {
      if (events !== this.#events) return;
      this.#pulling = false;
      if (value !== undefined) this.#came.push(value);
    });
  }

  #take({ type, resourceVersion, data }: RelayEvent): void {
    this.counts.told += 1;
    const object = JSON.parse(new TextDecoder().decode(data)) as AnyObject;
    if (type === "error") {
      this.#must((object as { readonly code?: number }).code === 410, "it is refused");
      this.counts.expired += 1;
      const relay = this.#relay as Relay;
      this.forget();
      this.connect(relay);
      return;
    }
    const version = Number(resourceVersion);
    const isNewer = type === "bookmark" ? version >= (this.version ?? 0) : version > (this.version ?? 0);
    this.#must(isNewer, `${type} at ${version} after ${this.version}`);
    this.#must(object.metadata.resourceVersion === resourceVersion, "the object has another version than its event");
    this.version = version;
    const { name, uid } = object.metadata;
    const before = this.state.get(name);
    const isKnown = before?.metadata.uid === uid;
    const sure = this.#sure?.has(uid) ?? true;
    this.#sure?.add(uid);
    switch (type) {
      case "added":
      case "modified":
        this.#must(!sure || (type === "modified") === isKnown, `${name} was ${type}`);
        this.#must(isKnown || before === undefined, `${name} is there twice`);
        this.state.set(name, object);
        break;
      case "deleted":
        this.#must(!sure || isKnown, `${name} was deleted without being there`);
        if (isKnown) this.state.delete(name);
        break;
      case "bookmark":
        if (object.metadata.annotations !== undefined) this.synced = true;
        if (version > this.wentBack)
          this.#must(equal(this.state, this.#server.states.get(version)), `the bookmark ${version} came too soon`);
    }
    if (version > this.wentBack) this.#loseNothing();
  }

  /** Whoever knows this version, and is told everything that happened since, must know what there is. */
  #loseNothing(): void {
    const state = new Map(this.state);
    for (let version = (this.version ?? 0) + 1; version <= this.#server.version; version += 1) {
      const { deleted, object } = this.#server.events.get(version) as ServerEvent;
      if (deleted) state.delete(object.metadata.name);
      else state.set(object.metadata.name, object);
    }
    this.#must(equal(state, this.#server.state), `who goes on from ${this.version} misses something`);
  }

  #must(right: boolean, wrong: string): void {
    if (!right) this.wrong.push(wrong);
  }
}

function equal(a: ReadonlyMap<string, AnyObject>, b: ReadonlyMap<string, AnyObject> | undefined): boolean {
  return a.size === b?.size && [...a].every(([name, object]) => sameState(object, b.get(name)));
}

function sameState(a: AnyObject, b: AnyObject | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const name = fc.constantFrom("a", "b", "c", "d", "e");
const which = fc.nat(7);
const relayAt = fc.nat(1);
const count = fc.integer({ min: 1, max: 5 });
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("write" as const), name }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("remove" as const), name }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("deliver" as const), relayAt, count }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("deliver again" as const), relayAt, count }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("bookmark" as const), relayAt }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("list" as const), relayAt }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restore" as const), count, written: fc.array(name) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("open" as const), relayAt }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("come back" as const), which, relayAt }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant("take" as const), which, count }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

test("whatever its pace, a page knows exactly the collection, and comes back with any version without loss", async () => {
  const seen = { expired: 0, resumed: 0, told: 0 };

  async function play(steps: readonly Step[]): Promise<void> {
    const server = new ServerModel();
    const relays = [new Relay(server), new Relay(server)] as const;
    const at = (index: number): Relay => relays[index] as Relay;
    const pages: Page[] = [];
    const page = (index: number): Page | undefined => pages[index % Math.max(1, pages.length)];
    at(0).list();
    for (const one of steps) {
      switch (one.do) {
        case "write":
          server.write(one.name);
          break;
        case "remove":
          server.remove(one.name);
          break;
        case "deliver":
          at(one.relayAt).deliver(one.count);
          break;
        case "deliver again":
          if (at(one.relayAt).position > 0) at(one.relayAt).deliverAgain(one.count);
          break;
        case "bookmark":
          if (at(one.relayAt).position > 0) at(one.relayAt).watch.sink.progress(`${at(one.relayAt).position}`);
          break;
        case "list":
          at(one.relayAt).list();
          break;
        case "restore": {
          for (const relay of relays) if (relay.position === 0) relay.list();
          // Nobody notices before the next list; who comes with a version of a history that is none any more cannot be told so.
          const known = Math.min(...relays.map(({ position }) => position));
          for (const each of pages) each.wentBack = Math.max(each.wentBack, server.version);
          server.restore(Math.max(firstVersion, known - one.count));
          for (const of of one.written) server.write(of);
          for (const relay of relays) relay.list();
          break;
        }
        case "open": {
          const opened = new Page(server);
          opened.connect(at(one.relayAt));
          pages.push(opened);
          break;
        }
        case "come back":
          await page(one.which)?.comeBack(at(one.relayAt));
          break;
        case "take":
          await page(one.which)?.take(one.count);
      }
    }
    for (const relay of relays) {
      if (relay.position === 0) relay.list();
      relay.deliver(1000);
    }
    for (const { wrong } of pages) expect(wrong).toEqual([]);
    for (const each of pages) {
      await each.take(1000);
      expect(each.wrong).toEqual([]);
      expect(each.synced).toBe(true);
      expect(each.version).toBe(server.version);
      expect(each.state).toEqual(server.state);
      seen.expired += each.counts.expired;
      seen.resumed += each.counts.resumed;
      seen.told += each.counts.told;
      each.disconnect();
    }
  }

  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 100, size: "max" }), play), { numRuns: 300 });
  // It has tried what it is about.
  for (const often of Object.values(seen)) expect(often).toBeGreaterThan(100);
}, 120_000);
