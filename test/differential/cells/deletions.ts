import { pick, some } from "../chance.ts";
import { collectionOf, everyKind, objectOf } from "../every-kind.ts";
import type { Sequence } from "../exchange.ts";

type Fields = Readonly<Record<string, unknown>>;

const merge = "application/merge-patch+json";
const options = { kind: "DeleteOptions", apiVersion: "v1" };
/** Those that go at once, as nothing of the server's own holds them. */
const simple = everyKind.filter(
  ({ namespaced, plural }) => namespaced && !["pods", "persistentvolumeclaims"].includes(plural),
);

function nameBy(chance: () => number): string {
  return `d-${Math.floor(chance() * 1e6).toString(36)}`;
}

function held(object: Fields, name: string): object {
  return { ...object, metadata: { name, finalizers: ["example.com/held"] } };
}

const wrongOptions: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, simple);
  const { name, object } = objectOf(sample, nameBy(chance), namespace);
  const path = collectionOf(sample, namespace);
  await send({ method: "POST", path, body: object });
  const bodies: readonly unknown[] = [
    { ...options, propagationPolicy: "Nonsense" },
    { ...options, propagationPolicy: "Orphan", orphanDependents: true },
    { ...options, propagationPolicy: "Nonsense", orphanDependents: false, dryRun: ["x"] },
    { ...options, dryRun: ["All", "None"] },
    { ...options, gracePeriodSeconds: "5" },
    { ...options, gracePeriodSeconds: 1.5 },
    { ...options, preconditions: "x" },
    { ...options, preconditions: { uid: 5 } },
    { ...options, propagationPolicy: 5 },
    { kind: "Pod", apiVersion: "v1" },
    { kind: "Nonsense", apiVersion: "v1" },
    { kind: "DeleteOptions", apiVersion: "nonsense/v1" },
    "{",
    "[]",
    "5",
    { ...options, preconditions: { uid: "other" } },
    { ...options, preconditions: { resourceVersion: "1" } },
    { ...options, preconditions: { uid: "other", resourceVersion: "1" } },
  ];
  const queries = [
    "propagationPolicy=Nonsense",
    "propagationPolicy=",
    "orphanDependents=true&propagationPolicy=Orphan",
    "gracePeriodSeconds=x",
    "gracePeriodSeconds=1.5",
    "dryRun=x",
    "dryRun=All&orphanDependents=nonsense",
  ];
  for (const body of some(chance, bodies, 5)) await send({ method: "DELETE", path: `${path}/${name}`, body });
  for (const query of some(chance, queries, 2)) await send({ method: "DELETE", path: `${path}/${name}?${query}` });
  const contentType = pick(chance, ["text/plain", "application/merge-patch+json"]);
  await send({ method: "DELETE", path: `${path}/${name}`, body: options, contentType });
  await send({ method: "DELETE", path: `${path}/missing`, body: pick(chance, bodies) });
  await send({ method: "GET", path: `${path}/${name}` });
};

const rightOptions: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, simple);
  const path = collectionOf(sample, namespace);
  const { object } = objectOf(sample, "x", namespace);
  const make = async (): Promise<{ readonly name: string; readonly metadata: Fields }> => {
    const name = nameBy(chance);
    const made = await send({ method: "POST", path, body: { ...object, metadata: { name } } });
    return { name, metadata: (made.body as { readonly metadata: Fields }).metadata };
  };
  const first = await make();
  const { uid, resourceVersion } = first.metadata;
  await send({
    method: "DELETE",
    path: `${path}/${first.name}`,
    body: { ...options, preconditions: pick(chance, [{ uid }, { resourceVersion }, { uid, resourceVersion }]) },
  });
  const bodies: readonly Fields[] = [
    options,
    {},
    { apiVersion: "meta.k8s.io/v1", kind: "DeleteOptions" },
    { apiVersion: "apps/v1", kind: "DeleteOptions", gracePeriodSeconds: -1 },
    { ...options, gracePeriodSeconds: 30 },
    { ...options, propagationPolicy: "Background" },
    { ...options, nonsense: 1 },
    { ...options, orphanDependents: false },
  ];
  for (const body of some(chance, bodies, 2))
    await send({ method: "DELETE", path: `${path}/${(await make()).name}`, body });
  const query = pick(chance, [
    "propagationPolicy=Background",
    "gracePeriodSeconds=5",
    "orphanDependents=false",
    "pretty=false",
  ]);
  await send({ method: "DELETE", path: `${path}/${(await make()).name}?${query}` });
  await send({ method: "DELETE", path: `${path}/${first.name}` });
};

const propagation: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, simple);
  const path = collectionOf(sample, namespace);
  const { object } = objectOf(sample, "x", namespace);
  for (const policy of some(chance, ["Orphan", "Foreground", "Background"], 2)) {
    const name = nameBy(chance);
    await send({ method: "POST", path, body: { ...object, metadata: { name } } });
    if (chance() < 0.5) await send({ method: "DELETE", path: `${path}/${name}?propagationPolicy=${policy}` });
    else await send({ method: "DELETE", path: `${path}/${name}`, body: { ...options, propagationPolicy: policy } });
    await send({ method: "GET", path: `${path}/${name}` });
    const again = pick(chance, ["Orphan", "Foreground", "Background"]);
    await send({ method: "DELETE", path: `${path}/${name}?propagationPolicy=${again}` });
    await send({
      method: "PATCH",
      path: `${path}/${name}`,
      contentType: merge,
      body: { metadata: { finalizers: null } },
    });
  }
  const name = nameBy(chance);
  await send({
    method: "POST",
    path,
    body: { ...object, metadata: { name, finalizers: [pick(chance, ["orphan", "foregroundDeletion"])] } },
  });
  await send({ method: "DELETE", path: `${path}/${name}?orphanDependents=${pick(chance, ["true", "false"])}` });
  await send({
    method: "PATCH",
    path: `${path}/${name}`,
    contentType: merge,
    body: { metadata: { finalizers: null } },
  });
};

const finalizers: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, simple);
  const { name, object } = objectOf(sample, nameBy(chance), namespace);
  const path = collectionOf(sample, namespace);
  const patch = { method: "PATCH", path: `${path}/${name}`, contentType: merge } as const;
  await send({ method: "POST", path, body: held(object, name) });
  await send({ method: "DELETE", path: `${path}/${name}?propagationPolicy=Background` });
  const deleting = await send({ method: "GET", path: `${path}/${name}` });
  await send({ method: "POST", path, body: object });
  const more: readonly Fields[] = [
    { finalizers: ["example.com/held", "example.com/new"] },
    { finalizers: ["example.com/other"] },
    { labels: { a: "b" } },
    { deletionTimestamp: null },
    { deletionGracePeriodSeconds: null },
    { deletionGracePeriodSeconds: 5 },
    { deletionTimestamp: "2001-01-01T00:00:00Z", annotations: { a: "b" } },
  ];
  for (const metadata of some(chance, more, 4)) await send({ ...patch, body: { metadata } });
  await send({ method: "DELETE", path: `${path}/${name}` });
  await send({ ...patch, path: `${path}/${name}?dryRun=All`, body: { metadata: { finalizers: null } } });
  if (chance() < 0.5) await send({ ...patch, body: { metadata: { finalizers: [] } } });
  else {
    const body = deleting.body as { readonly metadata: Fields };
    const metadata = { ...body.metadata, finalizers: [], resourceVersion: "" };
    await send({ method: "PUT", path: `${path}/${name}`, body: { ...body, metadata } });
  }
  await send({ method: "GET", path: `${path}/${name}` });
  await send({ ...patch, body: { metadata: { finalizers: null } } });
};

const collections: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(
    chance,
    simple.filter(({ plural }) => plural !== "services" && plural !== "serviceaccounts"),
  );
  const path = collectionOf(sample, namespace);
  const { object } = objectOf(sample, "x", namespace);
  for (const name of ["a", "b", "c", "d"]) {
    const finalizers = name === "d" && chance() < 0.5 ? ["example.com/held"] : [];
    await send({ method: "POST", path, body: { ...object, metadata: { name, labels: { which: name }, finalizers } } });
  }
  const wrong = [
    "labelSelector=in+in+in",
    "fieldSelector=spec.nonsense%3Da",
    "limit=x",
    "propagationPolicy=Nonsense",
    "dryRun=x",
    "resourceVersionMatch=Exact",
    "gracePeriodSeconds=x",
  ];
  for (const query of some(chance, wrong, 3)) await send({ method: "DELETE", path: `${path}?${query}` });
  await send({ method: "DELETE", path, body: { ...options, preconditions: { uid: "other" } } });
  await send({ method: "DELETE", path: `${path}?dryRun=All` });
  await send({ method: "DELETE", path: `${path}?labelSelector=which%3Da&propagationPolicy=Background` });
  await send({ method: "DELETE", path: `${path}?labelSelector=which%3Dmissing` });
  if (chance() < 0.5) await send({ method: "DELETE", path: `${path}?limit=1` });
  await send({ method: "DELETE", path, body: { ...options, propagationPolicy: "Background" } });
  await send({ method: "GET", path });
  await send({ method: "PATCH", path: `${path}/d`, contentType: merge, body: { metadata: { finalizers: null } } });
};

/** Deletions, what holds them, and what they ask for. */
export const deletions: Readonly<Record<string, Sequence>> = {
  "options of deletions": rightOptions,
  "wrong options of deletions": wrongOptions,
  "propagation of deletions": propagation,
  "finalizers of what is deleted": finalizers,
  "deletions of collections": collections,
};
