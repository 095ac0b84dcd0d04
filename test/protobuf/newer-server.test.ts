import { readFileSync } from "node:fs";
import { type Cluster, createCluster, type CustomResource, type KubernetesObject, type Stored } from "@kubewright/core";
import { createNodeTransport } from "@kubewright/node/transport";
import { waitFor, watcher } from "@kubewright/runtime";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type ControlPlane, startControlPlane } from "../controlplane/start.ts";
import { checkSubjects } from "../history/check-subjects.ts";
import { liveTruth } from "../history/live-truth.ts";
import { makeChange } from "../history/make-change.ts";
import { mutator } from "../history/mutator.ts";
import { collectionPath } from "../history/recording.ts";
import { seededRandom } from "../history/seeded-random.ts";
import { follow } from "../history/subjects.ts";
import { compareVersions, type TrueObject } from "../history/true-history.ts";
import { eventually } from "../support/eventually.ts";
import { rawApi, type RawApi } from "../support/raw-api.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";
import { codecWithout } from "./older-schema.ts";

// Clients whose schema lacks `binaryData` follow ConfigMaps of which any may have it, from any moment on. Each subject that would hand
// out one without it is caught by the checker, which knows the server's JSON; so is who loses or repeats a change when it goes over to JSON.
const older = codecWithout("binaryData:%y", "v1", "ConfigMap");
const binaryData = { future: "AP8=" };
const configMaps = { group: "", version: "v1", plural: "configmaps", kind: "ConfigMap" } as const;

let plane: ControlPlane;
let api: RawApi;

beforeAll(async () => {
  // Without controllers, which put ConfigMaps of their own into namespaces.
  plane = await startControlPlane({ apiOnly: true, noWatchCache: true });
  api = rawApi({ server: plane.server, caFile: plane.caFile, token: plane.admin.token });
});
afterAll(async () => {
  api?.close();
  await plane?.stop();
});

interface ConfigMap extends KubernetesObject {
  data?: Record<string, string>;
  binaryData?: Record<string, string>;
}

/** Connections with the older codec, which read in protobuf whatever they can, in a namespace of the test's own. */
async function ground(server: string = plane.server) {
  const { text } = await api.send("POST", "/api/v1/namespaces", { metadata: { generateName: "newer-" } });
  const namespace = (JSON.parse(text) as TrueObject).metadata.name;
  const path = collectionPath({ ...configMaps, namespace });
  const change = (name: string, body: object): Promise<unknown> =>
    api.send("PATCH", `${path}/${name}`, body, "application/merge-patch+json");
  const create = (name: string, body: object = {}): Promise<unknown> =>
    api.send("POST", path, { metadata: { name, labels: { app: "web" } }, ...body });
  const connect = () => {
    const warnings: string[] = [];
    const answers: string[] = [];
    const cluster: Cluster = createCluster({
      transport: createNodeTransport({ server, ca: readFileSync(plane.caFile, "utf8") }),
      interceptors: [
        (next) => async (request) => {
          const authorization = [`Bearer ${plane.admin.token}`];
          const response = await next({ ...request, headers: { ...request.headers, authorization } });
          const type = response.headers.get("content-type");
          answers.push(`${request.verb} ${type?.includes("protobuf") === true ? "protobuf" : "json"}`);
          return response;
        },
      ],
      protobuf: () => older,
      encoding: { read: "protobuf" },
      onWarning: (warning) => warnings.push(warning),
    });
    onTestFinished(() => cluster.close());
    const maps = cluster.resource<ConfigMap>({ ...configMaps, namespaced: true }).in(namespace);
    return { maps: maps as CustomResource<ConfigMap>, warnings, answers };
  };
  return { namespace, path, change, create, connect };
}

const servers = [
  ["with a watch cache", () => plane.server],
  ["without", () => plane.noWatchCacheServer?.server ?? ""],
] as const;

describe.each(servers)("whatever follows a server %s is told every state whole", (_, serverOf) => {
  // Before anybody comes, while they come, and later.
  test.each([-1, 0, 1, 2, 4, 8, 16, 30])("when the field comes with change %d", async (first) => {
    const { namespace, path, change, connect } = await ground(serverOf());
    const about = { ...configMaps, namespace };
    const random = seededRandom(first + 2);
    const changes = mutator(random.fork(), 8);
    const truth = await liveTruth(api, path);
    const some = async (from: number, count: number): Promise<void> => {
      for (let i = from; i < from + count; i++) {
        const mutation = changes.next();
        await makeChange(api, about, mutation);
        if (i >= first && mutation.do !== "delete" && (i === first || random.chance(0.3)))
          await change(mutation.name, { binaryData });
      }
    };
    await some(-6, 6);
    const { maps, warnings } = connect();
    const clock = createVirtualClock({ seed: first + 2 });
    const subjects = follow(maps as CustomResource<KubernetesObject>, {
      random,
      clock,
      history: truth.history,
      slowMs: 100,
      withinMs: 500,
    });
    for (let i = 0; i < 40; i += 4) {
      await some(i, 4);
      await clock.advance(50);
      subjects.sample();
    }
    await api.send("POST", path, { metadata: { name: "mark", labels: { app: "web" } } });
    const list = JSON.parse((await api.send("GET", path)).text) as {
      metadata: { resourceVersion: string };
      items: TrueObject[];
    };
    const mark = list.items.find(({ metadata }) => metadata.name === "mark") as TrueObject;
    const { resourceVersion } = mark.metadata;
    await truth.reaches(resourceVersion);
    truth.history.quorumList(resourceVersion);
    const knows = (objects: readonly TrueObject[]): boolean =>
      objects.some(
        ({ metadata }) => metadata.name === "mark" && compareVersions(metadata.resourceVersion, resourceVersion) >= 0,
      );
    await eventually(async () => {
      await clock.advance(1600);
      const told = subjects.told.filter(({ complete }) => complete);
      const all = [
        ...subjects.caches.map((cache) => cache.objects()),
        ...told.map((one) => one.deliveries.map(({ object }) => object)),
      ];
      return all.every(knows) || undefined;
    }, "all are up to date");
    subjects.sample();
    truth.stop();
    const items = list.items.map((item) => ({ kind: "ConfigMap", apiVersion: "v1", ...item }));
    expect(checkSubjects(subjects, truth.history, items)).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining("does not know field 3 of ConfigMap")]);
    for (const { health, who } of subjects.caches) expect([who, health().error]).toEqual([who, undefined]);
    await subjects.close();
    await clock.advance(1000);
  });
});

test("pages read by each go on as JSON, and none of their objects is missing, twice, or not whole", async () => {
  const { create, connect } = await ground();
  for (let i = 0; i < 25; i++)
    await create(`a-${String(i).padStart(2, "0")}`, { data: { i: `${i}` }, ...(i === 13 ? { binaryData } : {}) });
  const { maps, warnings, answers } = connect();
  const seen: Stored<ConfigMap>[] = [];
  for await (const object of maps.each({ limit: 5 })) seen.push(object);
  expect(seen.map(({ data }) => data?.["i"])).toEqual(Array.from({ length: 25 }, (_, i) => `${i}`));
  expect(seen.filter((object) => object.binaryData !== undefined).map(({ metadata }) => metadata.name)).toEqual([
    "a-13",
  ]);
  expect(answers).toEqual(["list protobuf", "list protobuf", "list protobuf", "list json", "list json", "list json"]);
  expect(warnings).toHaveLength(1);
});

test("waitFor sees the field that it waits for", async () => {
  const { create, change, connect } = await ground();
  await create("a");
  const { maps, warnings, answers } = connect();
  const waiting = waitFor(maps, "a", ({ binaryData: found }: ConfigMap) => found !== undefined);
  await eventually(() => answers.length > 0 || undefined, "it is watched");
  await change("a", { data: { b: "1" } });
  await change("a", { binaryData });
  expect(await waiting).toMatchObject({ data: { b: "1" }, binaryData });
  expect(warnings).toHaveLength(1);
});

test("a watcher goes over to JSON also when the server has forgotten the version that it knows", async () => {
  const { create, change, connect } = await ground(plane.noWatchCacheServer?.server);
  await create("a");
  const { maps, answers } = connect();
  const stopping = new AbortController();
  const { signal } = stopping;
  const held = new Map<string, ConfigMap>();
  const following = (async () => {
    for await (const event of watcher(maps, { signal }))
      if (event.type === "apply") held.set(event.object.metadata.name, event.object);
  })().catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  await eventually(() => held.has("a") || undefined, "the collection is there");
  for (let i = 0; i < 5; i++) await change("a", { data: { i: `${i}` } });
  await change("a", { binaryData });
  await plane.compact();
  await create("b");
  await eventually(() => held.has("b") || undefined, "all is told");
  stopping.abort();
  await following;
  expect(held.get("a")).toMatchObject({ data: { i: "4" }, binaryData });
  expect(answers).toContain("watch json");
});
