import { isDeepStrictEqual } from "node:util";
import type { KubernetesObject, Stored } from "@kubewright/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { DrivenWatch } from "../../../../test/support/driven-watch.ts";
import { firstVersion as first, type ServerEvent, ServerModel } from "../../../../test/support/server-model.ts";
import type { Consumer, Membership } from "./consumer.ts";
import type { Deletion, Held } from "./held.ts";
import { sameJson } from "./same-json.ts";
import { startSharedWatch } from "./shared-watch.ts";

type AnyObject = Stored<KubernetesObject>;
/** A consumer that rebuilds what there is from what it is told, and holds that against the server's history. */
class Replica implements Consumer<AnyObject> {
  member: Membership<AnyObject> | undefined;
  readonly state: Map<string, AnyObject>;
  /** What it knows all of. */
  version: number;
  /** Whether all it has is from this watch, so that it can tell whether `before` is what it had. */
  exact = false;
  /** What was told wrongly. */
  readonly wrong: string[] = [];
  readonly #server: ServerModel;
  readonly #held = new Map<string, Held<AnyObject>>();

  constructor(server: ServerModel, from?: number) {
    this.#server = server;
    this.version = from ?? 0;
    this.state = new Map(from === undefined ? [] : server.states.get(from));
  }

  fresh(): void {
    this.exact = true;
    this.state.clear();
    this.#held.clear();
    this.version = 0;
  }

  change(before: Held<AnyObject> | undefined, after: Held<AnyObject> | undefined): void {
    const { name: of } = (after ?? before) as Held<AnyObject>;
    if (this.exact) this.#must(this.#held.get(of) === before, `${of}: before is not what it had`);
    if (after !== undefined) this.#must((before ?? after).uid === after.uid, `${of}: another object in one change`);
    // Whatever is told, all of it is in place already.
    const entry = this.member?.entries.get(`default/${of}`);
    this.#must(after === undefined ? entry !== before : entry === after, `${of}: the entries do not show it`);
    if (after === undefined) {
      this.state.delete(of);
      this.#held.delete(of);
    } else {
      this.state.set(of, after.value);
      this.#held.set(of, after);
    }
  }

  missed({ key, uid }: Deletion<AnyObject>): void {
    const of = key.slice("default/".length);
    if (this.state.get(of)?.metadata.uid === uid) this.state.delete(of);
  }

  synced(version: string): void {
    this.#knows(Number(version));
  }

  progress(version: string): void {
    this.#must(Number(version) >= this.version, "it goes back");
    this.#knows(Number(version));
  }

  health(): void {}

  #knows(version: number): void {
    this.version = version;
    const right = isDeepStrictEqual(this.state, this.#server.states.get(version));
    this.#must(right, `it is not what there was at ${version}`);
  }

  #must(right: boolean, wrong: string): void {
    if (!right) this.wrong.push(wrong);
  }
}

const name = fc.constantFrom("a", "b", "c", "d");
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("write" as const), name }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("remove" as const), name }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("deliver" as const), count: fc.integer({ min: 1, max: 5 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("deliver again" as const), count: fc.integer({ min: 1, max: 5 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("bookmark" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("list" as const), broken: fc.boolean(), later: fc.nat(3) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("restore" as const),
      back: fc.integer({ min: 1, max: 6 }),
      written: fc.array(name, { maxLength: 8 }),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("join" as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("join at" as const), back: fc.nat(8) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("leave" as const), which: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("rest" as const) }) },
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

test("whoever joins, whenever, knows what there was at each version that is told, and never half of it", async () => {
  const told = { kept: 0, fresh: 0, ahead: 0 };

  async function play(steps: readonly Step[]): Promise<void> {
    const server = new ServerModel();
    const watch = new DrivenWatch();
    const shared = startSharedWatch<AnyObject>({
      start: (sink) => watch.start(sink),
      hold: { id: "objects", value: (object) => object, same: sameJson },
      clock: createVirtualClock(),
      ended: () => {},
    });
    let replicas: Replica[] = [];
    const all: Replica[] = [];
    /** Up to which version the watch has told; 0 before the first list. */
    let position = 0;

    const join = (from?: number): Replica => {
      const replica = new Replica(server, from);
      replica.member = shared.join({ from: from === undefined ? undefined : `${from}` }, replica);
      replicas.push(replica);
      all.push(replica);
      return replica;
    };
    const tell = (version: number): void => {
      const event = server.events.get(version) as ServerEvent;
      // It is decoded anew each time.
      const object = structuredClone(event.object);
      if (event.deleted) void watch.sink.delete(object);
      else void watch.sink.apply(object);
    };
    const list = (): void => {
      watch.sink.init();
      for (const object of server.state.values()) void watch.sink.apply(structuredClone(object));
      position = server.version;
    };

    // So that the watch never ends.
    join();
    for (const one of steps) {
      switch (one.do) {
        case "write":
          server.write(one.name);
          break;
        case "remove":
          server.remove(one.name);
          break;
        case "deliver":
          for (let count = 0; position > 0 && count < one.count && position < server.version; count += 1) {
            tell((position += 1));
            watch.sink.progress(`${position}`);
          }
          break;
        case "deliver again":
          for (let version = Math.max(first + 1, position - one.count); version <= position; version += 1) {
            const { deleted, object } = server.events.get(version) as ServerEvent;
            const now = server.states.get(position)?.get(object.metadata.name);
            if (now !== undefined && (!deleted || now.metadata.uid !== object.metadata.uid)) tell(version);
          }
          break;
        case "bookmark":
          if (position > 0) watch.sink.progress(`${position}`);
          break;
        case "list":
          list();
          if (one.broken) list();
          // A watch that begins with the collection tells what happens meanwhile as well.
          for (let count = 0; count < one.later; count += 1) {
            if (count % 2 === 0) server.write("a");
            else server.remove("a");
            tell((position = server.version));
          }
          void watch.sink.synced(`${position}`);
          break;
        case "restore":
          // Others may know more than the watch then, of a history that is none any more: that is not for this test.
          replicas = replicas.filter((replica) => replica.version <= position || replica.member?.leave() !== undefined);
          server.restore(Math.max(first, Math.min(server.version, position || server.version) - one.back));
          for (const of of one.written) server.write(of);
          list();
          void watch.sink.synced(`${position}`);
          break;
        case "join":
          join();
          break;
        case "join at": {
          const from = Math.max(first, server.version - one.back);
          const replica = join(from);
          const ahead = position > 0 && from > position;
          await Promise.resolve();
          if (position === 0) break;
          told[ahead ? "ahead" : replica.exact ? "fresh" : "kept"] += 1;
          if (ahead) expect(replica.version).toBe(from);
          break;
        }
        case "leave":
          if (replicas.length > 1) replicas.splice(1 + (one.which % (replicas.length - 1)), 1)[0]?.member?.leave();
          break;
        case "rest":
          await Promise.resolve();
      }
    }
    await Promise.resolve();
    if (position === 0) return;
    while (position < server.version) {
      tell((position += 1));
      watch.sink.progress(`${position}`);
    }
    for (const { wrong } of all) expect(wrong).toEqual([]);
    for (const { state, member, version } of replicas) {
      expect(version).toBe(server.version);
      expect(state).toEqual(server.state);
      expect(new Map([...(member?.entries.values() ?? [])].map((held) => [held.name, held.value]))).toEqual(
        server.state,
      );
    }
  }

  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 80, size: "max" }), play), { numRuns: 300 });
  // It has tried what it is about.
  for (const count of Object.values(told)) expect(count).toBeGreaterThan(30);
});
