import { createCluster, isKubeError, type Transport } from "@kubewright/core";
import { informer } from "@kubewright/runtime";
import { protobuf } from "@kubewright/protobuf";
import { describe, expect, test } from "vitest";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { cutStream, type CutStream, type Way, ways } from "./cut-stream.ts";
import { type Thing, thingResource, type Told } from "./cut-writing.ts";
import { encodings } from "./recording.ts";
import { seededRandom } from "./seeded-random.ts";

const allWays = Object.keys(ways) as readonly Way[];

/** A server whose list is cut there once, and whole from then on; it knows no watches that begin with the collection. */
function cutListServer({ writing, events }: CutStream, items: readonly Told[], way: Way, at: number): Transport {
  const body = writing.list(events.at(-1)?.version ?? "", items, seededRandom(1));
  let cut = false;
  return {
    server: "https://cut.test",
    async send({ verb, query, signal }) {
      const asked = new URLSearchParams(query);
      const ok = (type: string, chunks: AsyncIterable<Uint8Array>, status = 200) => ({
        status,
        headers: { get: (name: string) => (name === "content-type" ? type : undefined) },
        body: chunks,
        discard: () => {},
      });
      if (asked.get("sendInitialEvents") === "true") return ok("text/plain", sent([]), 422);
      if (verb === "watch") return ok(writing.watchType, silent(signal));
      const first = !cut && asked.get("limit") !== "1";
      cut ||= first;
      return ok(writing.listType, sent(first ? ways[way](body.subarray(0, at)) : [body]));
    },
    close: async () => {},
  };
}

async function* sent(chunks: Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield chunk;
}

/** A body of which nothing comes until it is let go of. */
async function* silent(signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
  yield await new Promise<Uint8Array>((_, reject) => {
    if (signal?.aborted === true) reject(signal.reason as Error);
    signal?.addEventListener("abort", () => reject(signal.reason as Error));
  });
}

const cases = encodings.flatMap((encoding) => allWays.map((way) => [encoding, way] as const));

describe.each(cases)("a list in %s stops with %s", (encoding, way) => {
  const stream = cutStream(encoding, 2);
  const items = [...stream.truth.values()];
  const { length } = stream.writing.list(stream.events.at(-1)?.version ?? "", items, seededRandom(1));
  const open = (at: number) => {
    const clock = createVirtualClock();
    const transport = cutListServer(stream, items, way, at);
    const cluster = createCluster({ transport, clock, protobuf: () => protobuf, encoding: { read: encoding } });
    return { clock, cluster, things: cluster.resource<Thing>(thingResource) };
  };
  const whole = items.map((item) => expected(item));

  test("at every byte: a caller gets all of it, or an error", async () => {
    let errors = 0;
    for (let at = 0; at <= length; at++) {
      const { clock, cluster, things } = open(at);
      const outcome = await clock.run(things.list()).then(
        (list) => JSON.stringify(list.items.map((item) => shown(item))) === JSON.stringify(whole),
        (error: unknown) => (isKubeError(error) ? "an error" : error),
      );
      if (outcome !== true && outcome !== "an error") expect(outcome, `byte ${at}`).toBe(true);
      if (outcome === "an error") errors += 1;
      await cluster.close();
    }
    // What breaks off is read again; what seems to end is an error.
    if (way === "a clean end") expect(errors).toBeGreaterThan(length - 10);
    else expect(errors).toBe(0);
  });

  test("at every seventh byte: an informer holds all of it once, and tells each object once", async () => {
    for (let at = 0; at <= length; at += 7) {
      const { clock, cluster, things } = open(at);
      const cache = informer(things);
      const told: string[] = [];
      cache.subscribe(({ type, object }) => void told.push(`${type} ${object.metadata.name}`));
      await clock.run(cache.synced());
      await clock.settle();
      expect(told.toSorted()).toEqual(items.map(({ name }) => `added ${name}`).toSorted());
      const byName = (a: Thing, b: Thing): number => ((a.metadata?.name ?? "") < (b.metadata?.name ?? "") ? -1 : 1);
      expect(
        cache
          .list()
          .map((object) => shown(object))
          .toSorted(byName),
      ).toEqual(whole.toSorted(byName));
      await clock.run(cache.close());
      await cluster.close();
    }
  });
});

/** What a list's item is for who reads it. */
function expected({ name, uid, version, text }: Told): Thing {
  return { kind: "ConfigMap", apiVersion: "v1", metadata: { name, uid, resourceVersion: version }, data: { text } };
}

/** All of an object but managedFields, in the order of {@link expected}. */
function shown(object: unknown): Thing {
  const { kind, apiVersion, metadata, ...others } = object as Thing;
  const { name, uid, resourceVersion, managedFields: _, ...more } = metadata ?? {};
  return { kind, apiVersion, metadata: { name, uid, resourceVersion, ...more }, ...others } as Thing;
}
