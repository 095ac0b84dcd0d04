import { pick, some } from "../chance.ts";
import { collectionOf, everyKind, type KindSample, objectOf } from "../every-kind.ts";
import type { Sequence } from "../exchange.ts";

type Fields = Readonly<Record<string, unknown>>;
interface Body {
  readonly metadata: Fields & { readonly resourceVersion: string; readonly uid: string };
}

const merge = "application/merge-patch+json";
const json = "application/json-patch+json";

function nameBy(chance: () => number): string {
  return `u-${Math.floor(chance() * 1e6).toString(36)}`;
}

function withMetadata(body: object, metadata: Fields): object {
  return { ...body, metadata: { ...(body as Body).metadata, ...metadata } };
}

const everything: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, everyKind);
  const { name, object } = objectOf(sample, nameBy(chance), namespace);
  const path = collectionOf(sample, namespace);
  const made = await send({ method: "POST", path, body: object });
  await send({ method: "POST", path, body: object });
  await send({ method: "GET", path: `${path}/${name}` });
  await send({ method: "PUT", path: `${path}/${name}`, body: made.body });
  await send({
    method: "PUT",
    path: `${path}/${name}`,
    body: withMetadata(made.body as object, { labels: { a: "b" } }),
  });
  await send({
    method: "PUT",
    path: `${path}/${name}`,
    body: withMetadata(made.body as object, { labels: { a: "c" } }),
  });
  await send({
    method: "PATCH",
    path: `${path}/${name}`,
    contentType: merge,
    body: { metadata: { labels: { a: null } } },
  });
  await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0` });
  await send({ method: "GET", path: `${path}/${name}` });
};

const preconditions: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, everyKind);
  const { name, object } = objectOf(sample, nameBy(chance), namespace);
  const path = collectionOf(sample, namespace);
  const made = (await send({ method: "POST", path, body: object })).body as Body;
  const wrong: readonly object[] = [
    withMetadata(made, { uid: "other" }),
    withMetadata(made, { resourceVersion: "1" }),
    withMetadata(made, { resourceVersion: "99999999999999999999999" }),
    withMetadata(made, { resourceVersion: "nonsense" }),
    withMetadata(made, { uid: "other", resourceVersion: "1" }),
    withMetadata(made, { name: "other" }),
    withMetadata(made, { name: "" }),
    withMetadata(made, { name: "other", namespace: "other" }),
    withMetadata(object, { uid: "other" }),
  ];
  const right: readonly object[] = [
    withMetadata(made, { resourceVersion: "" }),
    withMetadata(made, { resourceVersion: "0" }),
    withMetadata(made, { uid: "" }),
    withMetadata(made, { uid: "", resourceVersion: "" }),
    withMetadata(object, { annotations: { a: "b" } }),
  ];
  for (const body of [...some(chance, wrong, 4), ...some(chance, right, 3)])
    await send({ method: "PUT", path: `${path}/${name}`, body });
  await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0` });
};

const missing: Sequence = async ({ send }, chance, namespace) => {
  const creates = everyKind.filter(({ plural }) =>
    [
      "endpoints",
      "limitranges",
      "services",
      "leases",
      "roles",
      "rolebindings",
      "runtimeclasses",
      "clusterroles",
    ].includes(plural),
  );
  const sample = pick(chance, chance() < 0.6 ? creates : everyKind);
  const { name, object } = objectOf(sample, nameBy(chance), namespace);
  const path = collectionOf(sample, namespace);
  await send({ method: "PATCH", path: `${path}/${name}`, contentType: merge, body: {} });
  await send({ method: "PUT", path: `${path}/${name}?dryRun=All`, body: object });
  await send({ method: "PUT", path: `${path}/${name}`, body: withMetadata(object, { uid: "given" }) });
  await send({ method: "PUT", path: `${path}/${name}`, body: withMetadata(object, { resourceVersion: "5" }) });
  await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0` });
  await send({ method: "PUT", path: `${path}/${name}`, body: withMetadata(object, { name: "" }) });
  await send({ method: "PUT", path: `${path}/${name}`, body: withMetadata(object, { labels: { a: "-" } }) });
  await send({ method: "PUT", path: `${path}/${name}`, body: object });
  await send({ method: "GET", path: `${path}/${name}` });
  await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0` });
};

const withVersion: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, everyKind);
  const { name, object } = objectOf(sample, nameBy(chance), namespace);
  const path = collectionOf(sample, namespace);
  for (const resourceVersion of ["1", "nonsense", "0"])
    await send({ method: "POST", path: `${path}?dryRun=All`, body: withMetadata(object, { resourceVersion }) });
  const made = (await send({ method: "POST", path, body: object })).body as Body;
  const { resourceVersion } = made.metadata;
  const patch = { method: "PATCH", path: `${path}/${name}`, contentType: merge } as const;
  await send({ ...patch, body: { metadata: { resourceVersion, labels: { a: "b" } } } });
  await send({ ...patch, body: { metadata: { resourceVersion, labels: { a: "c" } } } });
  await send({ ...patch, body: { metadata: { labels: { a: "b" } } } });
  const test = { op: "test", path: "/metadata/resourceVersion", value: resourceVersion };
  const add = { op: "add", path: "/metadata/annotations", value: { x: "y" } };
  await send({ ...patch, contentType: json, body: [test, add] });
  await send({ ...patch, contentType: json, body: [add] });
  await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0` });
};

const dryRun: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, everyKind);
  const { name, object } = objectOf(sample, nameBy(chance), namespace);
  const path = collectionOf(sample, namespace);
  await send({ method: "POST", path: `${path}?dryRun=All`, body: object });
  await send({ method: "GET", path: `${path}/${name}` });
  await send({ method: "DELETE", path: `${path}/${name}?dryRun=All` });
  const made = await send({ method: "POST", path, body: object });
  await send({ method: "POST", path: `${path}?dryRun=All`, body: object });
  const changed = withMetadata(made.body as object, { labels: { a: "b" } });
  await send({ method: "PUT", path: `${path}/${name}?dryRun=All`, body: changed });
  const labels = { metadata: { labels: { c: "d" } } };
  await send({ method: "PATCH", path: `${path}/${name}?dryRun=All`, contentType: merge, body: labels });
  await send({ method: "DELETE", path: `${path}/${name}?dryRun=All&gracePeriodSeconds=0` });
  const deletion = { kind: "DeleteOptions", apiVersion: "v1", dryRun: ["All"], gracePeriodSeconds: 0 };
  await send({ method: "DELETE", path: `${path}/${name}`, body: deletion });
  await send({ method: "GET", path: `${path}/${name}` });
  await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0` });
};

const namespaced = everyKind.filter((kind: KindSample) => kind.namespaced);

const mergePatches: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, namespaced);
  const { name, object } = objectOf(sample, nameBy(chance), namespace);
  const path = collectionOf(sample, namespace);
  await send({ method: "POST", path, body: withMetadata(object, { labels: { a: "1", b: "2" } }) });
  const wrong: readonly unknown[] = [
    [],
    "text",
    5,
    "null",
    "{",
    "",
    [{ op: "add", path: "/metadata/labels", value: {} }],
    { metadata: null },
    { metadata: 5 },
    { metadata: { labels: ["a"] } },
    { metadata: { labels: { a: 5 } } },
    { kind: "Nonsense" },
    { apiVersion: "nonsense/v1" },
    { kind: null, metadata: { name: "other" } },
  ];
  const right: readonly unknown[] = [
    {},
    { metadata: { labels: { a: null, c: "3" } } },
    { metadata: { labels: null } },
    { metadata: { labels: { d: null } } },
    { metadata: { annotations: { a: "b", c: null } } },
    { metadata: { annotations: { a: "<&>\u2028" } } },
    { metadata: { finalizers: ["example.com/a"] } },
    { metadata: { finalizers: [] } },
    { nonsense: { a: null } },
    { status: null },
    { kind: null },
  ];
  const all = [...some(chance, wrong, 4), ...some(chance, right, 5)];
  for (const body of some(chance, all, all.length)) {
    // What is sent as text would otherwise be JSON's text.
    const sent = typeof body === "number" ? String(body) : body === "text" ? '"text"' : body;
    await send({ method: "PATCH", path: `${path}/${name}`, contentType: merge, body: sent });
  }
  await send({
    method: "PATCH",
    path: `${path}/${name}`,
    contentType: merge,
    body: { metadata: { finalizers: null } },
  });
  await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0` });
};

const jsonPatches: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, namespaced);
  const { name, object } = objectOf(sample, nameBy(chance), namespace);
  const path = collectionOf(sample, namespace);
  const base = { labels: { a: "1", "x/y": "2" }, finalizers: ["example.com/a", "example.com/b"] };
  await send({ method: "POST", path, body: withMetadata(object, base) });
  const at = "/metadata/labels";
  const right: readonly (readonly object[])[] = [
    [],
    [{ op: "add", path: `${at}/b`, value: "3" }],
    [{ op: "replace", path: `${at}/a`, value: "4" }],
    [{ op: "replace", path: `${at}/missing`, value: "5" }],
    [{ op: "remove", path: `${at}/x~1y` }],
    [{ op: "test", path: `${at}/a`, value: "1" }],
    [{ op: "test", path: `${at}/missing`, value: null }],
    [{ op: "test", path: `${at}/missing` }],
    [{ op: "copy", from: `${at}/a`, path: `${at}/c` }],
    [{ op: "move", from: `${at}/a`, path: `${at}/d` }],
    [{ op: "add", path: "/metadata/finalizers/-", value: "example.com/c" }],
    [{ op: "add", path: "/metadata/finalizers/0", value: "example.com/d" }],
    [{ op: "add", path: "/metadata/finalizers/-1", value: "example.com/e" }],
    [{ op: "replace", path: "/metadata/finalizers/0", value: "example.com/f" }],
    [{ op: "remove", path: "/metadata/finalizers/0" }],
    [
      { op: "add", path: "/metadata/annotations", value: { e: "f" } },
      { op: "test", path: "/metadata/annotations/e", value: "f" },
    ],
    [{ op: "add", path: "/nonsense", value: 1 }],
    [{ op: "remove", path: "/metadata/creationTimestamp" }],
  ];
  const wrong: readonly unknown[] = [
    [{ op: "remove", path: `${at}/missing` }],
    [{ op: "test", path: `${at}/a`, value: "other" }],
    [{ op: "test", path: `${at}/a` }],
    [{ op: "nonsense", path: `${at}/a` }],
    [{ path: `${at}/a`, value: "b" }],
    [{ op: "add", value: "b" }],
    [{ op: "add", path: "", value: {} }],
    [{ op: "add", path: "nonsense", value: {} }],
    [{ op: "add", path: `${at}/a/b`, value: 1 }],
    [{ op: "add", path: "/metadata/missing/b", value: 1 }],
    [{ op: "copy", from: "/metadata/missing/b", path: `${at}/a` }],
    [{ op: "move", from: `${at}/missing`, path: `${at}/a` }],
    [{ op: "add", path: "/metadata/finalizers/9", value: "a" }],
    [{ op: "add", path: "/metadata/finalizers/x", value: "a" }],
    [{ op: "replace", path: "/metadata/finalizers/9", value: "a" }],
    [{ op: "remove", path: "/metadata/finalizers/-9" }],
    [{ op: "replace", path: "", value: { a: 1 } }],
    [{ op: "replace", path: "/metadata/name", value: "other" }],
    [{ op: "replace", path: `${at}/a`, value: 5 }],
    [{ op: "remove", path: "/metadata" }],
    [{ op: "remove", path: "/metadata/name" }],
    [5],
    [{ op: 5 }],
    [{ op: "add", path: ["a"] }],
    {},
    "nonsense",
    "[",
    [{ op: "add", path: `${at}/a`, value: "-" }],
  ];
  const all: readonly unknown[] = [...some(chance, wrong, 5), ...some(chance, right, 5)];
  for (const body of some(chance, all, all.length))
    await send({ method: "PATCH", path: `${path}/${name}`, contentType: json, body });
  await send({
    method: "PATCH",
    path: `${path}/${name}`,
    contentType: merge,
    body: { metadata: { finalizers: null } },
  });
  await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0` });
};

const watched: Sequence = async ({ send, watch }, chance, namespace) => {
  const sample = pick(
    chance,
    namespaced.filter(({ plural }) => !["pods", "services", "configmaps", "serviceaccounts"].includes(plural)),
  );
  const { name, object } = objectOf(sample, nameBy(chance), namespace);
  const path = collectionOf(sample, namespace);
  const made = (await send({ method: "POST", path, body: object })).body as Body;
  const watching = await watch({ path: `${path}?watch=true&resourceVersion=${made.metadata.resourceVersion}` });
  await send({ method: "PUT", path: `${path}/${name}`, body: made });
  await send({ method: "PATCH", path: `${path}/${name}`, contentType: merge, body: {} });
  await send({
    method: "PATCH",
    path: `${path}/${name}?dryRun=All`,
    contentType: merge,
    body: { metadata: { labels: { a: "b" } } },
  });
  await send({
    method: "PATCH",
    path: `${path}/${name}`,
    contentType: merge,
    body: { metadata: { labels: { a: "-" } } },
  });
  await send({
    method: "PATCH",
    path: `${path}/${name}`,
    contentType: merge,
    body: { metadata: { labels: { c: "d" } } },
  });
  await watching.next(1);
  await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0&propagationPolicy=Background` });
  await watching.next(1);
  watching.close();
};

/** Changes of what is there, and of what is not. */
export const updates: Readonly<Record<string, Sequence>> = {
  "every kind": everything,
  "preconditions of updates": preconditions,
  "updates of what is missing": missing,
  "writes with a version": withVersion,
  "dry runs": dryRun,
  "merge patches": mergePatches,
  "json patches": jsonPatches,
  "writes that change nothing": watched,
};
