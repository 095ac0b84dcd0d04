import { AuthError, ConnectionError, InputError, sourceKey, StatusError } from "@kubewright/core";
import { expect, test } from "vitest";
import { createScriptedSource, objectAt, type ScriptedSource } from "../../../../test/support/scripted-source.ts";
import { relay, type RelayEvent, type RelayOptions } from "../relay.ts";

/** A reader that is told one event, or all as they come. */
class Reader {
  readonly events: RelayEvent[] = [];
  ended: unknown;
  readonly stream;
  readonly #iterator: AsyncIterator<RelayEvent, undefined, undefined>;

  constructor({ source }: ScriptedSource, options?: RelayOptions) {
    const resource = { resource: source.resource, namespace: "default", [sourceKey]: () => source };
    this.stream = relay(resource, options);
    this.#iterator = this.stream[Symbol.asyncIterator]();
  }

  async next(): Promise<void> {
    try {
      const { value } = await this.#iterator.next();
      if (value === undefined) this.ended ??= "ended";
      else this.events.push(value);
    } catch (error) {
      this.ended = error;
    }
  }

  async all(): Promise<void> {
    while (this.ended === undefined) await this.next();
  }

  /** What it was told, such as `added a@5`. */
  get told(): readonly string[] {
    return this.events.map(({ type, resourceVersion, data }) => {
      if (type === "error") return `error ${parsed(data)["code"] as number}`;
      const { name } = parsed(data)["metadata"] as { readonly name?: string };
      return `${type} ${name ?? ""}@${resourceVersion}`;
    });
  }

  get last(): Record<string, unknown> {
    return parsed(this.events.at(-1)?.data ?? new Uint8Array());
  }
}

function parsed(data: Uint8Array): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(data)) as Record<string, unknown>;
}

function refused(code: number, reason: string): StatusError {
  return new StatusError({ kind: "Status", apiVersion: "v1", reason, code, message: `said: ${reason}` }, code);
}

/** A collection of `a` at 5 and `b` at 7, read at 8, with a reader that takes all. */
async function twoObjects() {
  const scripted = createScriptedSource();
  const reader = new Reader(scripted);
  void reader.all();
  await scripted.clock.settle();
  await scripted.last.open();
  await scripted.last.say("ADDED", objectAt("b", "7"));
  await scripted.last.say("ADDED", objectAt("a", "5"));
  expect(reader.told).toEqual([]);
  await scripted.last.bookmark("8", true);
  expect(reader.told).toEqual(["added a@5", "added b@7", "bookmark @8"]);
  const join = async (options?: RelayOptions): Promise<Reader> => {
    const other = new Reader(scripted, options);
    void other.all();
    await scripted.clock.settle();
    return other;
  };
  /** The watch expires, and the collection is read anew. */
  const relist = async (version: string, ...objects: ReturnType<typeof objectAt>[]): Promise<void> => {
    const before = scripted.asked.length;
    await scripted.last.fail(refused(410, "Expired"));
    while (scripted.asked.length === before) await scripted.clock.advance(1000);
    await scripted.last.open();
    for (const object of objects) await scripted.last.say("ADDED", object);
    await scripted.last.bookmark(version, true);
  };
  return { ...scripted, scripted, reader, join, relist, watch: scripted.last };
}

test("tells what there is, the oldest version first, then its end, then changes", async () => {
  const { reader, watch, clock } = await twoObjects();
  expect(reader.last).toEqual({
    kind: "Pod",
    apiVersion: "v1",
    metadata: { resourceVersion: "8", annotations: { "k8s.io/initial-events-end": "true" } },
  });
  await watch.say("MODIFIED", objectAt("a", "9"));
  await watch.say("DELETED", objectAt("b", "10"));
  await watch.say("ADDED", objectAt("c", "11"));
  await watch.bookmark("20");
  expect(reader.told.slice(3)).toEqual(["modified a@9", "deleted b@10", "added c@11", "bookmark @20"]);
  await reader.stream.close();
  await clock.settle();
  expect(watch.aborted).toBe(true);
});

test("readers share one watch and the bytes of each state", async () => {
  const { reader, join, watch, asked } = await twoObjects();
  const other = await join();
  await watch.say("MODIFIED", objectAt("a", "9"));
  expect(other.told).toEqual(["added a@5", "added b@7", "bookmark @8", "modified a@9"]);
  expect(asked).toHaveLength(1);
  for (const at of [0, 1, 3]) expect(other.events[at]?.data).toBe(reader.events[at]?.data);
});

test("keeps managedFields and whole numbers beyond 2^53", async () => {
  const { reader, watch } = await twoObjects();
  const object = objectAt("c", "9");
  const data = 12345678901234567890n;
  const managedFields = [{ manager: "kubectl" }];
  await watch.say("ADDED", { ...object, metadata: { ...object.metadata, managedFields }, data } as never);
  const text = new TextDecoder().decode(reader.events.at(-1)?.data);
  expect(text).toContain(`"data":12345678901234567890`);
  expect(text).toContain(`"managedFields":[{"manager":"kubectl"}]`);
  expect(watch.wanted).toMatchObject({ managedFields: true, select: undefined });
});

test("a slow reader is told what there was at first, then the newest of each object, in order of versions", async () => {
  const { scripted, watch, clock } = await twoObjects();
  const slow = new Reader(scripted);
  await slow.next();
  await watch.say("MODIFIED", objectAt("b", "9"));
  await watch.say("MODIFIED", objectAt("a", "10"));
  await watch.say("ADDED", objectAt("c", "11"));
  await watch.say("MODIFIED", objectAt("b", "12"));
  await watch.say("ADDED", objectAt("came and went", "13"));
  await watch.say("DELETED", objectAt("came and went", "14"));
  await watch.say("MODIFIED", objectAt("c", "15"));
  await watch.say("DELETED", objectAt("a", "16"));
  await watch.say("ADDED", objectAt("came and went too", "17"));
  await watch.say("DELETED", objectAt("came and went too", "18"));
  void slow.all();
  await clock.settle();
  expect(slow.told).toEqual([
    "added a@5",
    "added b@7",
    "bookmark @8",
    "modified b@12",
    "bookmark @14",
    "added c@15",
    "deleted a@16",
    "bookmark @18",
  ]);
  // It says that something came and went.
  expect(parsed(slow.events[4]!.data)).toMatchObject({
    metadata: { resourceVersion: "14", annotations: { "kubewright.dev/unseen-until": "18" } },
  });
});

test("who comes with a version is told what is newer, and up to where that is all", async () => {
  const { join, watch } = await twoObjects();
  await watch.say("MODIFIED", objectAt("a", "9"));
  await watch.say("DELETED", objectAt("b", "10"));
  expect((await join({ resourceVersion: "8" })).told).toEqual(["modified a@9", "deleted b@10"]);
  const late = await join({ resourceVersion: "9" });
  expect(late.told).toEqual(["deleted b@10"]);
  // In its final state.
  expect(late.last).toEqual(objectAt("b", "10"));
  const current = await join({ resourceVersion: "10" });
  expect(current.told).toEqual([]);
  await watch.bookmark("12");
  expect(current.told).toEqual(["bookmark @12"]);
});

test("version 0 is none", async () => {
  const { join } = await twoObjects();
  expect((await join({ resourceVersion: "0" })).told).toEqual(["added a@5", "added b@7", "bookmark @8"]);
});

test("who comes with a version ahead of the watch is told only what is newer still", async () => {
  const { join, watch } = await twoObjects();
  const ahead = await join({ resourceVersion: "10" });
  await watch.say("MODIFIED", objectAt("a", "9"));
  await watch.say("MODIFIED", objectAt("b", "11"));
  expect(ahead.told).toEqual(["modified b@11"]);
});

test("a version too old, or of which nothing can be said, ends it with 410", async () => {
  const { join } = await twoObjects();
  for (const resourceVersion of ["7", "no number"]) {
    const late = await join({ resourceVersion });
    expect(late.told).toEqual(["error 410"]);
    expect(late.last).toMatchObject({ kind: "Status", status: "Failure", reason: "Expired", code: 410 });
    expect(late.ended).toBe("ended");
  }
});

test("a list that comes anew tells first what it finds deleted, at the version known before, then its changes in order", async () => {
  const { reader, watch, relist, join } = await twoObjects();
  await watch.say("MODIFIED", objectAt("a", "9"));
  await relist("20", objectAt("c", "15"), objectAt("a", "12"));
  expect(reader.told.slice(3)).toEqual([
    "modified a@9",
    "bookmark @9",
    "deleted b@9",
    "modified a@12",
    "added c@15",
    "bookmark @20",
  ]);
  // Who left with the version of such a deletion may lack another.
  expect((await join({ resourceVersion: "9" })).told).toEqual(["error 410"]);
});

test("a deletion that comes late is told at the version known until then, also to who is ahead and to who comes with it", async () => {
  const { reader, watch, join } = await twoObjects();
  const ahead = await join({ resourceVersion: "10" });
  await watch.say("DELETED", objectAt("b", "7"));
  expect(reader.told.slice(3)).toEqual(["deleted b@8"]);
  // Who knew this version did not know of the deletion.
  expect((await join({ resourceVersion: "8" })).told).toEqual(["error 410"]);
  await watch.say("MODIFIED", objectAt("a", "9"));
  expect((await join({ resourceVersion: "9" })).told).toEqual([]);
  await watch.bookmark("12");
  expect(ahead.told).toEqual(["deleted b@10", "bookmark @12"]);
});

test("ends with 410 where a list of the same version shows deletions: it is of another past", async () => {
  const { relist, reader } = await twoObjects();
  await relist("8", objectAt("a", "5"));
  expect(reader.told.slice(3)).toEqual(["error 410"]);
});

test("ends with 410 for who came with a version and is behind when something comes and goes: it may know that", async () => {
  const { scripted, watch, clock } = await twoObjects();
  const slow = new Reader(scripted, { resourceVersion: "8" });
  void slow.next();
  await clock.settle();
  await watch.say("MODIFIED", objectAt("a", "9"));
  await watch.say("ADDED", objectAt("c", "10"));
  await watch.say("DELETED", objectAt("c", "11"));
  void slow.all();
  await clock.settle();
  expect(slow.told).toEqual(["modified a@9", "error 410"]);
});

test("a relay behind a relay begins anew for who came with a version, where the first may not have told all", async () => {
  const { watch, join } = await twoObjects();
  const [whole, since] = [await join(), await join({ resourceVersion: "8" })];
  await watch.bookmark("9", false, { "kubewright.dev/unseen-until": "12" });
  expect(whole.told.slice(3)).toEqual(["bookmark @9"]);
  expect(since.told).toEqual(["error 410"]);
  expect((await join({ resourceVersion: "12" })).told).toEqual(["error 410"]);
});

test("one that took the place of another unseen is told after the deletion of that", async () => {
  const { reader, watch } = await twoObjects();
  await watch.say("ADDED", objectAt("b", "9", "another"));
  expect(reader.told.slice(3)).toEqual(["deleted b@8", "added b@9"]);
});

test("a list that comes anew in another order of fields is no news", async () => {
  const { reader, relist } = await twoObjects();
  const { metadata, ...rest } = objectAt("b", "7");
  await relist("9", { metadata, ...rest }, objectAt("a", "5"));
  // Something may have come and gone meanwhile.
  expect(reader.told.slice(3)).toEqual(["bookmark @8", "bookmark @9"]);
  expect(parsed(reader.events[3]!.data)).toMatchObject({
    metadata: { annotations: { "kubewright.dev/unseen-until": "9" } },
  });
});

test("a server that went back behind what was told ends it with 410", async () => {
  const { relist, reader } = await twoObjects();
  await relist("7", objectAt("b", "7"), objectAt("a", "5"));
  expect(reader.told.slice(3)).toEqual(["error 410"]);
});

test("what the server refuses ends it at once with its Status, or the second time where it gave the collection before", async () => {
  const scripted = createScriptedSource();
  const reader = new Reader(scripted);
  void reader.all();
  await scripted.clock.settle();
  await scripted.last.fail(refused(403, "Forbidden"));
  expect(reader.told).toEqual(["error 403"]);
  expect(reader.last).toEqual({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    reason: "Forbidden",
    code: 403,
    message: "said: Forbidden",
  });
  const { reader: other, scripted: later, clock, asked } = await twoObjects();
  await later.last.fail(refused(401, "Unauthorized"));
  while (asked.length < 2) await clock.advance(1000);
  expect(other.told).toHaveLength(3);
  await later.last.fail(refused(401, "Unauthorized"));
  expect(other.told.slice(3)).toEqual(["error 401"]);
  expect(later.last.aborted || asked.length === 2).toBe(true);
});

test("trouble that passes is not told, nor counted when the watch runs again", async () => {
  const { reader, scripted, clock, asked } = await twoObjects();
  for (const error of [new ConnectionError("lost"), refused(403, "Forbidden"), refused(403, "Forbidden")]) {
    const before = asked.length;
    await scripted.last.fail(error);
    while (asked.length === before) await clock.advance(1000);
    await scripted.last.open();
  }
  await scripted.last.say("MODIFIED", objectAt("a", "9"));
  expect(reader.told.slice(3)).toEqual(["modified a@9"]);
});

test("what is wrong with the relay's own configuration is not told in words", async () => {
  const scripted = createScriptedSource();
  const reader = new Reader(scripted);
  void reader.all();
  await scripted.clock.settle();
  await scripted.last.fail(new AuthError("the program at /secret/place failed"));
  expect(reader.last).toMatchObject({
    code: 500,
    reason: "InternalError",
    message: "the collection cannot be watched",
  });
  // It ends the watch itself.
  const { reader: other, watch } = await twoObjects();
  await watch.fail(new InputError("field", "wrong"));
  expect(other.told.slice(3)).toEqual(["error 500"]);
});

test("without readers, the watch goes on until nobody keeps it", async () => {
  const { join, reader, watch, clock, asked } = await twoObjects();
  const keep = new AbortController();
  const other = await join({ keep: keep.signal });
  await other.stream.close();
  await reader.stream.close();
  await watch.say("DELETED", objectAt("b", "9"));
  expect((await join({ resourceVersion: "8" })).told).toEqual(["deleted b@9"]);
  expect(asked).toHaveLength(1);
  keep.abort();
  await clock.settle();
  // Who reads still needs it.
  expect(watch.aborted).toBe(false);
});

test("the end of keeping ends a watch without readers", async () => {
  const { join, reader, watch, clock } = await twoObjects();
  const keep = new AbortController();
  await (await join({ keep: keep.signal })).stream.close();
  await reader.stream.close();
  await clock.settle();
  expect(watch.aborted).toBe(false);
  keep.abort();
  await clock.settle();
  expect(watch.aborted).toBe(true);
});

test("ends by its signal and with the cluster, with their reasons", async () => {
  const { join, close, reader, clock } = await twoObjects();
  const controller = new AbortController();
  const other = await join({ signal: controller.signal });
  controller.abort("enough");
  await clock.settle();
  expect(other.ended).toBe("enough");
  close();
  await clock.settle();
  expect(reader.ended).toMatchObject({ name: "AbortError" });
});

test("wrong options and resources are refused at once", () => {
  const scripted = createScriptedSource();
  expect(() => new Reader(scripted, { resourceVersion: 5 as never })).toThrow(InputError);
  expect(() => new Reader(scripted, { limit: 5 } as never)).toThrow(/limit/);
  expect(() => new Reader(createScriptedSource({ descriptor: { verbs: ["list"] } }))).toThrow(
    /cannot be listed|but not watched/,
  );
});
