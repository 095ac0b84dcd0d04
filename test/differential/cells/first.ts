import { kindsOfObjects } from "../objects.ts";
import type { Sequence } from "../exchange.ts";

/** The first ones. */
export const first: Readonly<Record<string, Sequence>> = {
  "create, read, delete": async ({ send }, chance, namespace) => {
    const { path, object, name } = kindsOfObjects(chance, namespace);
    await send({ method: "POST", path, body: object });
    await send({ method: "GET", path: `${path}/${name}` });
    await send({ method: "POST", path, body: object });
    await send({ method: "GET", path: `${path}/missing` });
    await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0` });
    await send({ method: "DELETE", path: `${path}/${name}` });
  },
  "merge patch": async ({ send }, chance, namespace) => {
    const { path, object, name } = kindsOfObjects(chance, namespace);
    await send({ method: "POST", path, body: object });
    const merge = { method: "PATCH", path: `${path}/${name}`, contentType: "application/merge-patch+json" } as const;
    await send({ ...merge, body: { metadata: { labels: { a: "b" }, annotations: { c: "d" } } } });
    await send({ ...merge, body: { metadata: { labels: { a: null } } } });
    await send({ ...merge, body: { metadata: { resourceVersion: "1" } } });
    await send({ ...merge, body: { metadata: { uid: "other" } } });
    await send({ ...merge, path: `${path}/missing`, body: {} });
  },
  "json patch": async ({ send }, chance, namespace) => {
    const { path, object, name } = kindsOfObjects(chance, namespace);
    await send({ method: "POST", path, body: object });
    const patch = { method: "PATCH", path: `${path}/${name}`, contentType: "application/json-patch+json" } as const;
    await send({ ...patch, body: [{ op: "add", path: "/metadata/labels", value: { a: "b" } }] });
    await send({ ...patch, body: [{ op: "replace", path: "/metadata/labels/a", value: "c" }] });
    await send({ ...patch, body: [{ op: "remove", path: "/metadata/labels/missing" }] });
    await send({ ...patch, body: [{ op: "test", path: "/metadata/name", value: "other" }] });
    await send({ ...patch, body: { not: "a list" } });
  },
  update: async ({ send }, chance, namespace) => {
    const { path, object, name } = kindsOfObjects(chance, namespace);
    const made = await send({ method: "POST", path, body: object });
    const current = made.body as { metadata: Record<string, unknown> };
    const changed = { ...current, metadata: { ...current.metadata, labels: { e: "f" } } };
    await send({ method: "PUT", path: `${path}/${name}`, body: changed });
    await send({ method: "PUT", path: `${path}/${name}`, body: changed });
    await send({ method: "PUT", path: `${path}/other`, body: changed });
    await send({ method: "PUT", path: `${path}/${name}`, body: object });
    await send({
      method: "PUT",
      path: `${path}/missing`,
      body: { ...(object as object), metadata: { name: "missing" } },
    });
  },
  lists: async ({ send }, chance, namespace) => {
    const { path, object } = kindsOfObjects(chance, namespace);
    for (const name of ["c", "a", "b"]) {
      const labels = { which: name };
      const body = { ...(object as object), metadata: { name: `list-${name}`, labels } };
      await send({ method: "POST", path, body });
    }
    await send({ method: "GET", path });
    const page = await send({ method: "GET", path: `${path}?limit=2` });
    const { continue: token = "" } = (page.body as { metadata: { continue?: string } }).metadata;
    await send({ method: "GET", path: `${path}?limit=2&continue=${token}` });
    await send({ method: "GET", path: `${path}?labelSelector=which%3Da` });
    await send({ method: "GET", path: `${path}?labelSelector=which+in+(a,b)` });
    await send({ method: "GET", path: `${path}?labelSelector=which+in+` });
    await send({ method: "GET", path: `${path}?fieldSelector=metadata.name%3Dlist-a` });
    await send({ method: "GET", path: `${path}?fieldSelector=spec.nonsense%3Da` });
    await send({ method: "GET", path: `${path}?resourceVersionMatch=Exact` });
    await send({ method: "GET", path: `${path}?limit=nonsense` });
    await send({ method: "DELETE", path: `${path}?labelSelector=which%3Da` });
    await send({ method: "DELETE", path });
  },
  "unknown fields": async ({ send }, chance, namespace) => {
    const { path, object, name } = kindsOfObjects(chance, namespace);
    const body = { ...(object as object), nonsense: 1 };
    await send({ method: "POST", path: `${path}?fieldValidation=Strict`, body });
    await send({ method: "POST", path: `${path}?fieldValidation=Ignore&dryRun=All`, body });
    await send({ method: "POST", path, body });
    await send({ method: "GET", path: `${path}/${name}` });
  },
  finalizers: async ({ send }, chance, namespace) => {
    const { path, object, name } = kindsOfObjects(chance, namespace);
    const held = { ...(object as object), metadata: { name, finalizers: ["example.com/held"] } };
    await send({ method: "POST", path, body: held });
    await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0` });
    await send({ method: "GET", path: `${path}/${name}` });
    const merge = { method: "PATCH", path: `${path}/${name}`, contentType: "application/merge-patch+json" } as const;
    await send({ ...merge, body: { metadata: { finalizers: null } } });
    await send({ method: "GET", path: `${path}/${name}` });
  },
  "wrong metadata": async ({ send }, chance, namespace) => {
    const { path, object } = kindsOfObjects(chance, namespace);
    for (const metadata of [
      {},
      { name: "Not_A_Name" },
      { name: "a", namespace: "other" },
      { name: "a", labels: { "-": "b" } },
      { generateName: "gen-" },
    ])
      await send({ method: "POST", path: `${path}?dryRun=All`, body: { ...(object as object), metadata } });
  },
  "wrong bodies": async ({ send }, chance, namespace) => {
    const { path } = kindsOfObjects(chance, namespace);
    await send({ method: "POST", path, body: { kind: "Nonsense", apiVersion: "v1" } });
    await send({ method: "POST", path, body: { metadata: 5 } });
    await send({ method: "POST", path, body: [] });
    await send({ method: "POST", path, body: {}, contentType: "text/plain" });
    await send({ method: "GET", path: `${path}/a/nonsense` });
    await send({ method: "GET", path: "/api/v1/nonsense" });
    await send({ method: "GET", path: "/apis/nonsense.io/v1/things" });
  },
};
