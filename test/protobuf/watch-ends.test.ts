import { readFileSync } from "node:fs";
import { type Cluster, isExpired, isStatusError, type KubernetesObject, type WatchEvent } from "@kubewright/core";
import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ControlPlane, startControlPlane } from "../controlplane/start.ts";
import { rejection } from "../support/api-request.ts";
import { keepExchanges, protobufType } from "./both.ts";

// A server whose history is compacted is one of the test's own.
let plane: ControlPlane;
let cluster: Cluster;
const { all: exchanged, interceptor } = keepExchanges();
const maps = () => cluster.api(CoreV1).configMaps.in("default");

beforeAll(async () => {
  plane = await startControlPlane({ apiOnly: true, noWatchCache: true });
  const { noWatchCacheServer, caFile, admin } = plane;
  cluster = await connect({
    server: noWatchCacheServer?.server ?? "",
    ca: readFileSync(caFile, "utf8"),
    token: admin.token,
    interceptors: [interceptor],
    encoding: { read: "protobuf" },
  });
});
afterAll(async () => {
  await cluster?.close();
  await plane?.stop();
});

/** Two versions, of which the first is forgotten. */
async function forgotten(): Promise<{ readonly old: string; readonly next: string | undefined }> {
  for (const name of ["a", "b", "c"]) await maps().apply({ metadata: { name }, data: { at: `${Math.random()}` } });
  const { metadata } = await maps().list({ limit: 1 });
  for (const later of ["1", "2"]) await maps().apply({ metadata: { name: "a" }, data: { later } });
  await plane.compact();
  return { old: metadata.resourceVersion, next: metadata.continue };
}

describe("a version that is forgotten is a StatusError in protobuf as in JSON", () => {
  test("of a watch: 200 and an ERROR frame", async () => {
    const { old } = await forgotten();
    const error = await rejection(maps().watch({ resourceVersion: old })[Symbol.asyncIterator]().next());
    expect(exchanged.at(-1)).toMatchObject({ status: 200, answered: `${protobufType};stream=watch` });
    expect(isExpired(error)).toBe(true);
    expect(error).toMatchObject({ statusCode: 410, reason: "Expired", status: { kind: "Status", code: 410 } });
  });

  test("of a list: 410, and a token that leads on", async () => {
    const { next } = await forgotten();
    const error = await rejection(maps().list({ limit: 1, continue: next }));
    expect(exchanged.at(-1)).toMatchObject({ status: 410, answered: protobufType });
    if (!isStatusError(error)) throw error;
    expect(isExpired(error)).toBe(true);
    const rest = await maps().list({ continue: error.status.metadata?.continue });
    expect(rest.items.map(({ metadata }) => metadata.name)).toContain("b");
  });
});

test(
  "a watch of protobuf says what one of JSON says, bookmarks among it, and ends when the server ends it",
  { timeout: 120_000 },
  async () => {
    const json = await connect({ kubeconfig: plane.admin.kubeconfig, encoding: { read: "json" } });
    const protobuf = await connect({ kubeconfig: plane.admin.kubeconfig, encoding: { read: "protobuf" } });
    type Events = WatchEvent<KubernetesObject>[];
    const both = async (): Promise<readonly [Events, Events]> => {
      const { metadata } = await maps().list({ limit: 1 });
      const follow = async (one: Cluster): Promise<Events> => {
        const events: Events = [];
        const options = { resourceVersion: metadata.resourceVersion, allowWatchBookmarks: true, timeoutSeconds: 4 };
        for await (const event of one.api(CoreV1).configMaps.in("default").watch(options)) events.push(event);
        return events;
      };
      const following = Promise.all([follow(json), follow(protobuf)]);
      await maps().apply({
        metadata: { name: "d", labels: { a: "1" } },
        data: { text: "1 😀" },
        binaryData: { b: "AP8=" },
      });
      await maps().patch("d", { merge: { data: { text: null } } });
      await maps().delete("d");
      return following;
    };
    // A server tells a bookmark a moment before the end, if it gets to it: then both are told one.
    const isBookmark = ({ type }: Events[number]): boolean => type === "BOOKMARK";
    let told = await both();
    for (let again = 0; again < 10 && !told.every((events) => events.some(isBookmark)); again++) told = await both();
    const [inJson, inProtobuf] = told.map((events) => events.filter((event) => !isBookmark(event)));
    expect(inProtobuf).toEqual(inJson);
    expect(inJson?.map(({ type }) => type)).toEqual(["ADDED", "MODIFIED", "DELETED"]);
    expect(told.map((events) => events.some(isBookmark))).toEqual([true, true]);
    // It tells two when its clock of whole seconds comes to that moment early; those of two watches need not be of one version.
    const bookmarks = told.flat().flatMap((event) => {
      if (event.type !== "BOOKMARK") return [];
      const { resourceVersion, ...metadata } = event.object.metadata;
      expect(resourceVersion).toMatch(/^\d+$/);
      return [{ ...event, object: { ...event.object, metadata } }];
    });
    expect(bookmarks[0]).toMatchObject({ object: { apiVersion: "v1", kind: "ConfigMap" } });
    for (const bookmark of bookmarks) expect(bookmark).toEqual(bookmarks[0]);
    await json.close();
    await protobuf.close();
  },
);
