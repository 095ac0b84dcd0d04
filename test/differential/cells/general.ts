import type { Sequence } from "../exchange.ts";
import { kindsOfObjects } from "../objects.ts";
import { resources, type Resource } from "../resources.ts";

const mergePatch = "application/merge-patch+json";

/** What holds for every resource, tried on any of them. Nothing is kept but objects of the sequence's namespace. */
export const general: Readonly<Record<string, Sequence>> = {
  "any resource: created from almost nothing": async ({ send }, chance, namespace) => {
    for (const resource of some(4, chance, "create", "list")) {
      const path = `${resource.path(namespace)}?dryRun=All`;
      await send({ method: "POST", path, body: { metadata: { name: "least" } } });
      await send({ method: "POST", path, body: { metadata: { name: "least" }, spec: {} } });
      await send({ method: "POST", path, body: {} });
    }
  },
  "any resource: what is missing": async ({ send }, chance, namespace) => {
    for (const resource of some(3, chance, "get", "update", "delete")) {
      const path = `${resource.path(namespace)}/missing-${Math.floor(chance() * 1e6)}`;
      await send({ method: "GET", path });
      await send({ method: "PATCH", path, contentType: mergePatch, body: { metadata: { labels: { a: "b" } } } });
      await send({ method: "DELETE", path });
    }
  },
  "any resource: an empty list": async ({ send }, chance, namespace) => {
    for (const resource of some(4, chance, "list")) {
      const path = resource.path(namespace);
      await send({ method: "GET", path: `${path}?labelSelector=none.example.com%2Fa%3Db` });
      await send({ method: "GET", path: `${path}?fieldSelector=metadata.name%3Dnone-of-this-name` });
      await send({ method: "GET", path: `${path}?labelSelector=a+in+b` });
    }
  },
  "any resource: methods that it lacks": async ({ send }, chance, namespace) => {
    for (const resource of some(3, chance)) {
      const path = resource.path(namespace);
      await send({ method: "PUT", path, body: {} });
      await send({ method: "PATCH", path, contentType: mergePatch, body: {} });
      await send({ method: "POST", path: `${path}/a`, body: {} });
      if (!resource.verbs.includes("list")) await send({ method: "GET", path });
    }
  },
  "generation and status": async ({ send }, chance, namespace) => {
    const { path, object, name } = kindsOfObjects(chance, namespace);
    const of = (value: unknown): Record<string, unknown> => value as Record<string, unknown>;
    const made = await send({ method: "POST", path, body: { ...of(object), status: { nonsense: 1 } } });
    await send({
      method: "PATCH",
      path: `${path}/${name}`,
      contentType: mergePatch,
      body: { metadata: { labels: { a: "b" }, generation: 7, creationTimestamp: null } },
    });
    await send({
      method: "PATCH",
      path: `${path}/${name}`,
      contentType: mergePatch,
      body: { status: { replicas: 3 } },
    });
    await send({ method: "GET", path: `${path}/${name}/status` });
    await send({ method: "PUT", path: `${path}/${name}/status`, body: made.body });
    await send({ method: "GET", path: `${path}/${name}/nonsense` });
    await send({ method: "DELETE", path: `${path}/${name}/status` });
  },
  "watches see each write": async ({ send, watch }, chance, namespace) => {
    const { path, object, name } = kindsOfObjects(chance, namespace);
    const list = await send({ method: "GET", path });
    const { resourceVersion } = (list.body as { metadata: { resourceVersion: string } }).metadata;
    const watching = await watch({ path: `${path}?watch=true&resourceVersion=${resourceVersion}` });
    const merge = { method: "PATCH", path: `${path}/${name}`, contentType: mergePatch } as const;
    await send({ method: "POST", path, body: object });
    await send({ ...merge, body: { metadata: { annotations: { a: "b" } } } });
    await send({ ...merge, body: { metadata: { annotations: { a: "b" } } } });
    await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0` });
    await watching.next(3);
    watching.close();
    await watch({ path: `${path}/${name}?watch=true&resourceVersion=nonsense` });
  },
};

/** Different ones that have these verbs. */
function some(count: number, chance: () => number, ...verbs: readonly string[]): readonly Resource[] {
  const left = resources.filter((resource) => verbs.every((verb) => resource.verbs.includes(verb)));
  return Array.from({ length: count }, () => left.splice(Math.floor(chance() * left.length), 1)[0]!);
}
