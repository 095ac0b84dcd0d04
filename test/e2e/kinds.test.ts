import type {
  Applies,
  Creates,
  Deletes,
  DeletesCollection,
  Gets,
  Lists,
  Namespaced,
  Patches,
  Stored,
  Updates,
} from "@kubewright/core";
import { describe, expect, test } from "vitest";
import { objectOf, type Thing } from "./kind-object.ts";
import { type KindCase, kinds } from "./kinds.ts";
import { eventually } from "../support/eventually.ts";
import { adminCluster, ownNamespace } from "./support.ts";

interface ThingResource
  extends
    Gets<Thing>,
    Lists<Thing>,
    Creates<Thing>,
    Updates<Thing>,
    Patches<Thing>,
    Applies<Thing>,
    Deletes<Thing>,
    DeletesCollection<Thing> {}

const held = adminCluster({ fieldManager: "kinds-test" });
const own = ownNamespace(held);

function clientOf({ group, resource }: KindCase): ThingResource {
  const api = held.cluster.api(group) as Record<string, ThingResource & Namespaced<ThingResource>>;
  const client = api[resource];
  if (client === undefined) throw new Error(`no resource ${resource}`);
  return client.resource.namespaced ? client.in(own.namespace) : client;
}

const groups = new Set(kinds.map(({ group }) => group.group));

test("the table has at least 25 kinds over 10 groups", () => {
  expect(kinds.length).toBeGreaterThanOrEqual(25);
  expect(groups.size).toBeGreaterThanOrEqual(10);
});

describe.each(
  kinds.map((kind) => [`${kind.group.group || "core"}/${kind.group.version} ${kind.resource}`, kind] as const),
)("%s", (_, kind) => {
  // One after the other on one object.
  const object = (more = ""): Thing & { readonly metadata: { readonly name: string } } =>
    objectOf(kind, `kinds-${kind.resource.toLowerCase()}${more}`, own.namespace);
  const labelSelector = { "kinds-test": kind.resource.toLowerCase() };

  test("create, get, list, update, patch", async () => {
    const client = clientOf(kind);
    const given = object();
    const { name } = given.metadata;
    const created = await client.create(given, { fieldValidation: "Strict" });
    expect(created).toMatchObject({ apiVersion: expect.any(String), kind: client.resource.kind, metadata: { name } });
    expect(created.metadata).toMatchObject({ uid: expect.any(String), resourceVersion: expect.any(String) });

    const read = await client.get(name);
    expect(read.metadata.uid).toBe(created.metadata.uid);

    const { items } = await client.list({ labelSelector });
    expect(items.map((item) => [item.kind, item.apiVersion, item.metadata.name])).toEqual([
      [client.resource.kind, created.apiVersion, name],
    ]);

    const updated = await retryingConflicts(async () => {
      const fresh = await client.get(name);
      fresh.metadata.annotations = { ...fresh.metadata.annotations, updated: "yes" };
      return client.update(fresh);
    });
    expect(updated.metadata.annotations).toMatchObject({ updated: "yes" });
    expect(updated.metadata.resourceVersion).not.toBe(created.metadata.resourceVersion);

    const merged = await client.patch(name, { merge: { metadata: { annotations: { merged: "yes", updated: null } } } });
    expect(merged.metadata.annotations).toMatchObject({ merged: "yes" });
    expect(merged.metadata.annotations).not.toHaveProperty("updated");

    const json = await client.patch(name, { json: [{ op: "add", path: "/metadata/annotations/json", value: "yes" }] });
    expect(json.metadata.annotations).toMatchObject({ merged: "yes", json: "yes" });
  });

  test("strategic merge patch, apply", async () => {
    const client = clientOf(kind);
    const { name } = object().metadata;
    const strategic = await client.patch(name, {
      strategic: { metadata: { annotations: { strategic: "yes" } } },
    } as never);
    expect(strategic.metadata.annotations).toMatchObject({ json: "yes", strategic: "yes" });

    const applied = await client.apply(
      { metadata: { name, annotations: { applied: "yes" } } },
      { fieldManager: "kinds-applier" },
    );
    expect(applied.metadata.annotations).toMatchObject({ strategic: "yes", applied: "yes" });
    expect(applied.metadata.managedFields).toContainEqual(
      expect.objectContaining({ manager: "kinds-applier", operation: "Apply" }),
    );
  });

  test("delete, deleteCollection", async () => {
    const client = clientOf(kind);
    await client.delete(object().metadata.name, { propagationPolicy: "Background", gracePeriodSeconds: 0 });
    await gone(client, labelSelector);
    if (client.resource.verbs?.includes("deletecollection")) {
      // Another name where there may be one: the Endpoints controller deletes by name, a moment after it saw the first go.
      const another = await client.create(object("-again"));
      const result = await client.deleteCollection({ labelSelector, gracePeriodSeconds: 0 });
      expect(result.items?.map(({ metadata }) => metadata.uid)).toEqual([another.metadata.uid]);
      await gone(client, labelSelector);
    }
  });
});

/** Waits until the objects are gone; finalizers that a controller owns may take it a moment. */
async function gone(client: ThingResource, labelSelector: Record<string, string>): Promise<void> {
  await eventually(
    async () => ((await client.list({ labelSelector })).items.length === 0 ? true : undefined),
    `${client.resource.plural} are gone`,
  );
}

/** Controllers write too. */
async function retryingConflicts(act: () => Promise<Stored<Thing>>): Promise<Stored<Thing>> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await act();
    } catch (error) {
      if ((error as { reason?: string }).reason !== "Conflict" || attempt === 5) throw error;
    }
  }
}
