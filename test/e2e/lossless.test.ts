import { ApiextensionsV1 } from "kubewright/apiextensions/v1";
import type { KubernetesObject } from "kubewright";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonical, jsonObjectText, jsonText } from "../support/json-arbitrary.ts";
import { eventually } from "../support/eventually.ts";
import { adminCluster, ownNamespace } from "./support.ts";

const held = adminCluster({ fieldManager: "lossless-test" });
const own = ownNamespace(held);
const group = "lossless.example.com";

interface Thing extends KubernetesObject {
  spec?: unknown;
}

beforeAll(async () => {
  await held.cluster.api(ApiextensionsV1).customResourceDefinitions.create({
    metadata: { name: `things.${group}` },
    spec: {
      group,
      scope: "Namespaced",
      names: { plural: "things", singular: "thing", kind: "Thing" },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: "object",
              properties: { spec: { type: "object", "x-kubernetes-preserve-unknown-fields": true } },
            },
          },
        },
      ],
    },
  });
  await eventually(async () => {
    held.cluster.discovery.refresh();
    return (await held.cluster.discovery.groups()).some(({ name }) => name === group) || undefined;
  }, "the custom resource is served");
});

afterAll(() => held.cluster.api(ApiextensionsV1).customResourceDefinitions.delete(`things.${group}`));

test("100 objects with anything in them come back from the real server as they were", async () => {
  const things = held.cluster
    .resource<Thing>({ group, version: "v1", plural: "things", kind: "Thing", namespaced: true })
    .in(own.namespace);
  let index = 0;
  await fc.assert(
    fc.asyncProperty(jsonObjectText(jsonText(3)), async (text) => {
      // The server decodes into int64 and float64, so doubles beyond them are not its to keep; nulls it keeps.
      const raw = await held.cluster.request({
        method: "POST",
        path: `/apis/${group}/v1/namespaces/${own.namespace}/things`,
        headers: { "content-type": "application/json" },
        body: `{"apiVersion":"${group}/v1","kind":"Thing","metadata":{"name":"raw-${++index}"},"spec":${text}}`,
      });
      await raw.text();
      const read = await things.get(`raw-${index}`);
      expect(canonical(JSON.stringify(read.spec))).toBe(canonical(text));
      const copy = await things.create({ metadata: { name: `copy-${index}` }, spec: read.spec });
      expect(canonical(JSON.stringify(copy.spec))).toBe(canonical(text));
      copy.metadata.labels = { touched: "yes" };
      const updated = await things.update(copy);
      expect(canonical(JSON.stringify(updated.spec))).toBe(canonical(text));
    }),
    { numRuns: 100 },
  );
  const listed = await things.list();
  expect(listed.items).toHaveLength(index * 2);
});
