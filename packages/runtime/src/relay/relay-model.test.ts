import type { KubernetesObject, Stored } from "@kubewright/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DrivenWatch } from "../../../../test/support/driven-watch.ts";
import { createScriptedSource } from "../../../../test/support/scripted-source.ts";
import { firstVersion, type ServerEvent, ServerModel } from "../../../../test/support/server-model.ts";
import { type SharedWatch, startSharedWatch } from "../share/shared-watch.ts";
import { unseenUntil } from "../watch/unseen.ts";
import type { RelayEvent } from "./relay-event.ts";
import { RelayReader } from "./relay-reader.ts";
import { asJson } from "./relayed-data.ts";

type AnyObject = Stored<KubernetesObject>;

const { source, clock } = createScriptedSource();

/** A shared watch that pages read from. */
class Relay {
  readonly watch = new DrivenWatch();
  readonly shared: SharedWatch<Uint8Array>;
  /** Up to which version it has told; 0 before the first list. */
  position = 0;

  constructor() {
    this.shared = startSharedWatch({ start: (sink) => this.watch.start(sink), hold: asJson, clock, ended() {} });
    // So that the watch never ends.
    const none = (): void => {};
    this.shared.join({}, { fresh: none, change: none, missed: none, synced: none, progress: none, health: none });
  }
}

/** One that watches the server, such as a proxy. */
class Proxy extends Relay {
  readonly #server: ServerModel;

  constructor(server: ServerModel) {
    super();
    this.#server = server;
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

/** Reads from a relay, in the pace of its owner. */
class Reading {
  readonly #reader: RelayReader;
  readonly #events: AsyncGenerator<RelayEvent, undefined>;
  #came: RelayEvent | undefined;
  #pulling = false;

  constructor({ shared }: Relay, from: string | undefined) {
    this.#reader = new RelayReader(source, from);
    this.#events = this.#reader.events(shared.join({ from }, this.#reader));
  }

  end(): void {
    this.#reader.stop();
    void this.#events.return(undefined);
  }

  /** The next event, if there is one now. */
  async next(): Promise<RelayEvent | undefined> {
    if (!this.#pulling) {
      this.#pulling = true;
      void this.#events.next().then(({ value }) => {
        this.#pulling = false;
        this.#came = value;
      });
    }
    for (let turn = 0; turn < 8 && this.#came === undefined; turn += 1) await Promise.resolve();
    const came = this.#came;
    this.#came = undefined;
    return came;
  }
}

function parsed({ data }: RelayEvent): AnyObject {
  return JSON.parse(new TextDecoder().decode(data)) as AnyObject;
}

/** One that watches a proxy, such as the hub of a browser's tabs. */
class Hub extends Relay {
  #proxy: Proxy;
  #reading: Reading;
  #listing = true;

  constructor(proxy: Proxy) {
    super();
    this.#proxy = proxy;
    this.watch.sink.init();
    this.#reading = new Reading(proxy, undefined);
  }

  /** Goes on at a proxy, with the version that it knows. */
  connect(proxy: Proxy): void {
    this.#reading.end();
    this.#proxy = proxy;
    if (this.#listing) this.watch.sink.init();
    this.#reading = new Reading(proxy, this.#listing ? undefined : `${this.position}`);
  }

  list(): void {
    this.#listing = true;
    this.connect(this.#proxy);
  }

  async take(count: number): Promise<void> {
    for (let taken = 0; taken < count; taken += 1) {
      const event = await this.#reading.next();
      if (event === undefined) return;
      this.#take(event);
    }
  }

  #take(event: RelayEvent): void {
    const { sink } = this.watch;
    const object = parsed(event);
    if (event.type === "error") return this.list();
    const until = object.metadata.annotations?.[unseenUntil];
    if (until !== undefined) sink.unseen?.(until);
    if (event.type === "deleted") void sink.delete(object);
    else if (event.type !== "bookmark") void sink.apply(object);
    if (this.#listing && event.type !== "bookmark") return;
    // A page's watch goes by the versions of objects.
    this.position = Math.max(this.position, Number(object.metadata.resourceVersion));
    if (!this.#listing) return sink.progress(`${this.position}`);
    this.#listing = false;
    this.position = Number(object.metadata.resourceVersion);
    void sink.synced(`${this.position}`);
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
  #reading: Reading | undefined;
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
    this.#reading = new Reading(relay, from);
  }

  disconnect(): void {
    this.#reading?.end();
  }

  forget(): void {
    this.state.clear();
    this.version = undefined;
    this.synced = false;
  }

  /** Takes as many events as there are, at most `count`. */
  async take(count: number): Promise<void> {
    for (let taken = 0; taken < count; taken += 1) {
      const event = await this.#reading?.next();
      if (event === undefined) return;
      this.#take(event);
    }
  }

  #take(event: RelayEvent): void {
    this.counts.told += 1;
    const { type, resourceVersion } = event;
    const object = parsed(event);
    if (type === "error") {
      this.#must((object as { readonly code?: number }).code === 410, "it is refused");
      this.counts.expired += 1;
      const relay = this.#relay as Relay;
      this.forget();
      this.connect(relay);
      return;
    }
    const version = Number(resourceVersion);
    const own = Number(object.metadata.resourceVersion);
    // A deletion that nobody saw comes at the version known before.
    const mayBeSame = type === "bookmark" || (type === "deleted" && own <= version);
    const isNewer = mayBeSame ? version >= (this.version ?? 0) : version > (this.version ?? 0);
    this.#must(isNewer, `${type} at ${version} after ${this.version}`);
    this.#must(
      own === version || (type === "deleted" && own < version),
      "the object has another version than its event",
    );
    this.version = version;
    const { name, uid, annotations = {} } = object.metadata;
    const isUnseen = annotations[unseenUntil] !== undefined;
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
        if (isUnseen) break;
        if (object.metadata.annotations !== undefined) this.synced = true;
        // A hub that is behind is told the newest of each object: it may lack what changes again later.
        if (version > this.wentBack && this.#relay instanceof Proxy)
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
/** One of two proxies, or of two hubs behind them. */
const relayAt = fc.nat(3);
const proxyAt = fc.nat(1);
const count = fc.integer({ min: 1, max: 5 });
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("write" as const), name }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("remove" as const), name }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("deliver" as const), relayAt, count }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("deliver again" as const), proxyAt, count }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("bookmark" as const), proxyAt }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("list" as const), relayAt }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("restore" as const), count, written: fc.array(name) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("hub goes on" as const), which, proxyAt }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("open" as const), relayAt }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("come back" as const), which, relayAt }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant("take" as const), which, count }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

test("whatever its pace, a page knows exactly the collection, and comes back with any version without loss", async () => {
  const seen = { expired: 0, resumed: 0, told: 0 };

  async function play(steps: readonly Step[]): Promise<void> {
    const server = new ServerModel();
    const proxies = [new Proxy(server), new Proxy(server)] as const;
    const hubs = [new Hub(proxies[0]), new Hub(proxies[1])] as const;
    const proxy = (index: number): Proxy => proxies[index] as Proxy;
    const at = (index: number): Proxy | Hub => [...proxies, ...hubs][index] as Proxy | Hub;
    const pages: Page[] = [];
    const page = (index: number): Page | undefined => pages[index % Math.max(1, pages.length)];
    proxy(0).list();
    for (const one of steps) {
      switch (one.do) {
        case "write":
          server.write(one.name);
          break;
        case "remove":
          server.remove(one.name);
          break;
        case "deliver": {
          const relay = at(one.relayAt);
          if (relay instanceof Hub) await relay.take(one.count);
          else relay.deliver(one.count);
          break;
        }
        case "deliver again":
          if (proxy(one.proxyAt).position > 0) proxy(one.proxyAt).deliverAgain(one.count);
          break;
        case "bookmark":
          if (proxy(one.proxyAt).position > 0) proxy(one.proxyAt).watch.sink.progress(`${proxy(one.proxyAt).position}`);
          break;
        case "hub goes on":
          hubs[(one.which % 2) as 0 | 1].connect(proxy(one.proxyAt));
          await Promise.resolve();
          break;
        case "list":
          at(one.relayAt).list();
          break;
        case "restore": {
          for (const each of proxies) if (each.position === 0) each.list();
          for (const each of hubs) if (each.position === 0) await each.take(1000);
          // Nobody notices before the next list; who comes with a version of a history that is none any more cannot be told so.
          const known = Math.min(...proxies.map(({ position }) => position));
          for (const each of pages) each.wentBack = Math.max(each.wentBack, server.version);
          server.restore(Math.max(firstVersion, known - one.count));
          for (const of of one.written) server.write(of);
          for (const each of proxies) each.list();
          for (const each of hubs) await each.take(1000);
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
    for (const each of proxies) {
      if (each.position === 0) each.list();
      each.deliver(1000);
    }
    for (const each of hubs) await each.take(1000);
    // Who knows more than a relay, of a history that is none any more, is found out by time.
    await clock.advance(100_000);
    for (const each of [...proxies, ...hubs]) each.watch.sink.progress(`${each.position}`);
    for (const { wrong } of pages) expect(wrong).toEqual([]);
    for (const each of pages) await each.take(1000);
    // After so long, a reader lets others have their turn first.
    await clock.settle();
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
