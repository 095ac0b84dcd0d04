import type {
  Cluster,
  Creates,
  Deletes,
  Gets,
  Group,
  KubernetesObject,
  List,
  Lists,
  MetadataClient,
  Namespaced,
  ResourceDescriptor,
  WatchEvent,
  Watches,
} from "@kubewright/core";
import { describe, expect, test } from "vitest";
import { objectOf, type Thing } from "../e2e/kind-object.ts";
import { ownNamespace } from "../e2e/support.ts";
import { allGroups } from "../support/operations.ts";
import { expectSame, inBoth, protobufType, told } from "./both.ts";
import { allKinds, type NamedCase } from "./kinds.ts";

interface ThingResource extends Gets<Thing>, Lists<Thing>, Watches<Thing>, Creates<Thing>, Deletes<Thing> {
  readonly metadata: MetadataClient;
}

const both = inBoth();
const own = ownNamespace({
  get cluster() {
    return both.json;
  },
});
const groups = await allGroups();

function clientOf(cluster: Cluster, group: Group<object>, resource: string): ThingResource {
  const api = cluster.api(group) as Record<string, ThingResource & Namespaced<ThingResource>>;
  const client = api[resource];
  if (client === undefined) throw new Error(`no resource ${resource}`);
  return client.resource.namespaced ? client.in(own.namespace) : client;
}

/** The versions of the group that have the resource. */
function versionsOf({ group, resource }: NamedCase): readonly Group<object>[] {
  return [...groups.values()].filter((one) => one.group === group.group && resource in one.resources);
}

const labelled = ({ resource }: NamedCase) => ({ "kinds-test": resource.toLowerCase() });

/** A list without its version, which is one of what others wrote meanwhile. */
async function listed(reading: Promise<List<unknown>>): Promise<unknown> {
  const list = await reading;
  const { resourceVersion, ...metadata } = list.metadata;
  expect(resourceVersion).toMatch(/^\d+$/);
  return { ...list, metadata };
}

/** What a watch says that begins with the collection, up to its end mark. */
async function watched(client: Watches<Thing> | MetadataClient, labelSelector: object): Promise<unknown> {
  const events: WatchEvent<KubernetesObject>[] = [];
  const options = { sendInitialEvents: true, allowWatchBookmarks: true, resourceVersionMatch: "NotOlderThan" } as const;
  for await (const event of client.watch({ ...options, labelSelector: labelSelector as Record<string, string> })) {
    if (event.type !== "BOOKMARK") {
      events.push(event);
      continue;
    }
    const { resourceVersion, ...metadata } = event.object.metadata;
    expect(resourceVersion).toMatch(/^\d+$/);
    return [...events, { ...event, object: { ...event.object, metadata } }];
  }
  throw new Error("the watch ended before the end mark");
}

/** What the server makes of a write, without what it makes up each time. */
function withoutChance(object: KubernetesObject): string {
  const { uid = "", creationTimestamp = "" } = object.metadata ?? {};
  return told(object)
    .replaceAll(uid, "UID")
    .replaceAll(creationTimestamp, "TIME")
    .replaceAll(/"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/g, '"TIME"')
    .replaceAll(/"10\.\d+\.\d+\.\d+"/g, '"ADDRESS"')
    .replaceAll(/kube-api-access-\w+/g, "VOLUME");
}

test("the table has every resource that can be created and listed", () => {
  const has = new Set(allKinds.map(({ group, resource }) => `${group.group} ${resource}`));
  const missing = [...groups.values()].flatMap(({ group, resources }) =>
    Object.entries(resources as Readonly<Record<string, ResourceDescriptor>>)
      .filter(([, { verbs = [] }]) => verbs.includes("create") && verbs.includes("list"))
      .filter(([name]) => !has.has(`${group} ${name}`))
      .map(([name]) => `${group} ${name}`),
  );
  expect(missing).toEqual([]);
});

const cases = allKinds.map((kind) => [`${kind.group.group || "core"} ${kind.resource}`, kind] as const);

describe.each(cases)("%s", (_, kind) => {
  test("is written in either encoding and read in both, in each of its versions", async () => {
    const { group, resource, names = [`${resource}-json`, `${resource}-protobuf`] } = kind;
    const objects = names.map((name) => objectOf(kind, name.toLowerCase(), own.namespace));
    const [json, protobuf] = [both.json, both.protobuf].map((cluster) => clientOf(cluster, group, resource)) as [
      ThingResource,
      ThingResource,
    ];
    // The same object, written in both encodings.
    const tried = [
      await json.create(objects[0]!, { dryRun: "All" }),
      await protobuf.create(objects[0]!, { dryRun: "All" }),
    ];
    expect(withoutChance(tried[1]!)).toBe(withoutChance(tried[0]!));

    await json.create(objects[0]!);
    await protobuf.create(objects[1]!);
    try {
      expect(both.exchanged.at(-1)).toMatchObject({ verb: "create", sent: protobufType, answered: "application/json" });
      both.exchanged.length = 0;
      const labelSelector = labelled(kind);
      for (const version of versionsOf(kind)) {
        const inJson = clientOf(both.json, version, resource);
        const inProtobuf = clientOf(both.protobuf, version, resource);
        for (const { metadata } of objects) {
          await expectSame(
            () => inJson.get(metadata.name),
            () => inProtobuf.get(metadata.name),
          );
          await expectSame(
            () => inJson.metadata.get(metadata.name),
            () => inProtobuf.metadata.get(metadata.name),
          );
        }
        await expectSame(
          () => listed(inJson.list({ labelSelector })),
          () => listed(inProtobuf.list({ labelSelector })),
        );
        await expectSame(
          () => listed(inJson.metadata.list({ labelSelector })),
          () => listed(inProtobuf.metadata.list({ labelSelector })),
        );
        await expectSame(
          () => watched(inJson, labelSelector),
          () => watched(inProtobuf, labelSelector),
        );
        await expectSame(
          () => watched(inJson.metadata, labelSelector),
          () => watched(inProtobuf.metadata, labelSelector),
        );
        expect((await inProtobuf.list({ labelSelector })).items).toHaveLength(2);
      }
      expect(both.exchanged.filter(({ answered }) => answered?.startsWith(protobufType) !== true)).toEqual([]);
      expect(both.warnings.filter((text) => text.includes("JSON"))).toEqual([]);
    } finally {
      for (const { metadata } of objects) await json.delete(metadata.name, { propagationPolicy: "Background" });
    }
  });
});
