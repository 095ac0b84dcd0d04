import { pick, some } from "../chance.ts";
import { collectionOf, everyKind, objectOf } from "../every-kind.ts";
import type { Sequence } from "../exchange.ts";

type Fields = Readonly<Record<string, unknown>>;

const merge = "application/merge-patch+json";
const long = (count: number): string => "x".repeat(count);
const owner = { apiVersion: "apps/v1", kind: "ReplicaSet", name: "o", uid: "0b1c2d3e-0000-4000-8000-000000000001" };

/** Wrong in one way each, for Go goes through maps in any order. */
const wrongLabels: readonly Fields[] = [
  { "-": "b" },
  { a: "-" },
  { a: "with space" },
  { "": "b" },
  { "a/b/c": "d" },
  { "/a": "b" },
  { "example.com/": "b" },
  { "Example.com/a": "b" },
  { "exa_mple.com/a": "b" },
  { [long(64)]: "b" },
  { a: long(64) },
  { [`${long(254)}/a`]: "b" },
  { "a b": "" },
];
const rightLabels: readonly Fields[] = [
  { a: "" },
  { "example.com/a": "b" },
  { A_b: "C.d" },
  { [long(63)]: long(63) },
  { b: "2", a: "1", c: "3" },
];
const wrongAnnotations: readonly Fields[] = [
  { "-": "b" },
  { "": "b" },
  { "a/b/c": "d" },
  { "a b": "c" },
  { [long(64)]: "" },
  { a: long(256 * 1024) },
];
const rightAnnotations: readonly Fields[] = [{ "Example.com/A": "any <text> & more" }, { a: "" }, { a: "\n{}" }];
const wrongFinalizers: readonly (readonly string[])[] = [
  ["-"],
  [""],
  ["example.com/a", "b c"],
  ["orphan", "foregroundDeletion"],
  ["a/b/c"],
];
const wrongOwners: readonly (readonly Fields[])[] = [
  [{}],
  [{ ...owner, name: "" }],
  [{ ...owner, uid: "" }],
  [{ ...owner, kind: "" }],
  [{ ...owner, apiVersion: "" }],
  [{ ...owner, apiVersion: "apps/" }],
  [{ ...owner, apiVersion: "v1", kind: "Event" }],
];
const twoControllers = [
  { ...owner, controller: true },
  { ...owner, name: "p", uid: "0b1c2d3e-0000-4000-8000-000000000002", controller: true },
];
const rightOwners: readonly (readonly Fields[])[] = [
  [owner],
  [owner, owner],
  [owner, { ...owner, name: "p" }],
  [
    { ...owner, controller: true, blockOwnerDeletion: true },
    { ...owner, uid: "u2", controller: false },
  ],
];

function wrongMetadata(chance: () => number): readonly Fields[] {
  return [
    { labels: pick(chance, wrongLabels) },
    { labels: pick(chance, wrongLabels) },
    { annotations: pick(chance, wrongAnnotations) },
    { finalizers: pick(chance, wrongFinalizers) },
    { ownerReferences: pick(chance, wrongOwners) },
    { ownerReferences: pick(chance, [...wrongOwners, twoControllers]) },
    { generation: -1 },
    { labels: { a: "-" }, annotations: { "b c": "" }, finalizers: ["x y"], ownerReferences: [{}] },
    { finalizers: ["- -"], name: "_" },
  ];
}

function rightMetadata(chance: () => number): readonly Fields[] {
  return [
    { labels: pick(chance, rightLabels) },
    { annotations: pick(chance, rightAnnotations) },
    { finalizers: ["example.com/held"] },
    { ownerReferences: pick(chance, rightOwners) },
    { generation: 7, resourceVersion: "" },
    { uid: "given", creationTimestamp: "2001-01-01T00:00:00Z", deletionTimestamp: "2001-01-01T00:00:00Z" },
    { selfLink: "/x", deletionGracePeriodSeconds: 5 },
  ];
}

function nameBy(chance: () => number): string {
  return `m-${Math.floor(chance() * 1e6).toString(36)}`;
}

const onCreate: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, everyKind);
  const path = `${collectionOf(sample, namespace)}?dryRun=All`;
  const { object } = objectOf(sample, nameBy(chance), namespace);
  for (const metadata of [...some(chance, wrongMetadata(chance), 5), ...some(chance, rightMetadata(chance), 4)])
    await send({ method: "POST", path, body: { ...object, metadata: { ...object.metadata, ...metadata } } });
};

const onUpdate: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, everyKind);
  const { name, object } = objectOf(sample, nameBy(chance), namespace);
  const path = collectionOf(sample, namespace);
  const made = await send({ method: "POST", path, body: object });
  const current = made.body as { readonly metadata: Fields };
  const changes = [...some(chance, wrongMetadata(chance), 4), ...some(chance, rightMetadata(chance).slice(0, 5), 3)];
  for (const metadata of some(chance, changes, changes.length)) {
    if (chance() < 0.5) {
      await send({ method: "PATCH", path: `${path}/${name}?dryRun=All`, contentType: merge, body: { metadata } });
      continue;
    }
    const body = { ...current, metadata: { ...current.metadata, ...metadata } };
    await send({ method: "PUT", path: `${path}/${name}?dryRun=All`, body });
  }
  await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0` });
};

const immutable: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, everyKind);
  const { name, object } = objectOf(sample, nameBy(chance), namespace);
  const path = collectionOf(sample, namespace);
  await send({ method: "POST", path, body: object });
  const changes: readonly Fields[] = [
    { uid: "other" },
    { name: "other" },
    { name: null },
    { namespace: "other" },
    { namespace: null },
    { creationTimestamp: "2001-01-01T00:00:00Z" },
    { deletionTimestamp: "2001-01-01T00:00:00Z" },
    { deletionGracePeriodSeconds: 5 },
    { generation: 99 },
    { resourceVersion: "1" },
    { resourceVersion: "0" },
    { resourceVersion: null },
    { resourceVersion: "nonsense" },
    { uid: null },
    { uid: "other", deletionTimestamp: "2001-01-01T00:00:00Z" },
  ];
  for (const metadata of some(chance, changes, 7))
    await send({ method: "PATCH", path: `${path}/${name}?dryRun=All`, contentType: merge, body: { metadata } });
  await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0` });
};

const names: Sequence = async ({ send }, chance, namespace) => {
  const wrong = [
    "",
    "Upper",
    "under_score",
    "-a",
    "a-",
    "a..b",
    ".",
    "..",
    "a/b",
    "a%b",
    "with space",
    "ä",
    long(64),
    long(254),
    "1.2.3.4",
    "a:b",
    "a.b",
    "1a",
  ];
  for (const sample of some(chance, everyKind, 2)) {
    const path = `${collectionOf(sample, namespace)}?dryRun=All`;
    const { object } = objectOf(sample, nameBy(chance), namespace);
    for (const name of some(chance, wrong, 4))
      await send({ method: "POST", path, body: { ...object, metadata: { name } } });
    await send({ method: "POST", path, body: object });
  }
};

const generated: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(
    chance,
    everyKind.filter(({ namespaced }) => namespaced),
  );
  const path = collectionOf(sample, namespace);
  const { object } = objectOf(sample, nameBy(chance), namespace);
  const right = ["gen-", "gen", "g.", `${"g".repeat(20)}-`];
  const wrong = ["Gen-", "-", "gen_", "a/b", "g.."];
  for (const generateName of some(chance, wrong, 3))
    await send({ method: "POST", path: `${path}?dryRun=All`, body: { ...object, metadata: { generateName } } });
  await send({ method: "POST", path, body: { ...object, metadata: { generateName: pick(chance, right) } } });
  await send({ method: "POST", path, body: { ...object, metadata: { generateName: "gen-", name: "own" } } });
  await send({ method: "POST", path, body: { ...object, metadata: { generateName: "gen-", name: "own" } } });
  await send({ method: "POST", path: `${path}?dryRun=All`, body: { ...object, metadata: { generateName: "" } } });
  await send({ method: "POST", path: `${path}?dryRun=All`, body: { ...object, metadata: null } });
};

const namespaces: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, everyKind);
  const path = collectionOf(sample, namespace);
  const { name, object } = objectOf(sample, nameBy(chance), namespace);
  const within = (other: string | undefined): object => ({
    ...object,
    metadata: { ...object.metadata, namespace: other },
  });
  await send({ method: "POST", path: `${path}?dryRun=All`, body: within("other") });
  await send({ method: "POST", path, body: within(chance() < 0.5 ? namespace : "") });
  await send({ method: "PUT", path: `${path}/${name}?dryRun=All`, body: within("other") });
  await send({ method: "PUT", path: `${path}/${name}?dryRun=All`, body: within(undefined) });
  await send({ method: "POST", path: path.replace(`/namespaces/${namespace}/`, "/"), body: object });
  await send({ method: "PUT", path: `${path}?dryRun=All`, body: object });
  await send({ method: "POST", path: `${path}/${name}`, body: object });
  await send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0` });
};

/** Metadata, which the server checks of every object. */
export const metadata: Readonly<Record<string, Sequence>> = {
  "metadata of new objects": onCreate,
  "metadata of changed objects": onUpdate,
  "metadata that cannot change": immutable,
  "names of objects": names,
  "generated names": generated,
  "namespaces of objects": namespaces,
};
