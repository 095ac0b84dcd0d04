import { pick, some } from "../chance.ts";
import { collectionOf, everyKind, type KindSample, objectOf } from "../every-kind.ts";
import type { Player, Sequence } from "../exchange.ts";

type Fields = Readonly<Record<string, unknown>>;

const namespaced = everyKind.filter((kind) => kind.namespaced);

/** What is sent as a new object of some kind; nothing of it is kept. */
async function sendEach(
  { send }: Player,
  path: string,
  bodies: readonly unknown[],
  query = "?dryRun=All",
): Promise<void> {
  for (const body of bodies) await send({ method: "POST", path: `${path}${query}`, body });
}

function nameBy(chance: () => number): string {
  return `b-${Math.floor(chance() * 1e6).toString(36)}`;
}

/** A value that fits somewhere, but not here. */
const values: readonly unknown[] = [5, -1.5, "text", true, ["a"], [], { a: "b" }, {}, [5], [{ a: 1 }], 3e10, null];

/** Places in objects of a kind that a body can fill with something of another type. */
const typedPlaces: readonly (readonly [plural: string, ...ways: string[]])[] = [
  [
    "pods",
    "metadata",
    "metadata.name",
    "metadata.labels",
    "metadata.labels.a",
    "metadata.finalizers",
    "metadata.generation",
    "spec.containers",
    "spec.containers.0",
    "spec.containers.0.name",
    "spec.containers.0.args",
    "spec.containers.0.ports.0.containerPort",
    "spec.containers.0.livenessProbe.httpGet.port",
    "spec.containers.0.livenessProbe.exec",
    "spec.containers.0.resources.limits",
    "spec.containers.0.env.0.valueFrom.secretKeyRef.name",
    "spec.hostNetwork",
    "spec.terminationGracePeriodSeconds",
    "spec.volumes.0.emptyDir",
    "spec.volumes.0.configMap.name",
    "spec.nodeSelector",
  ],
  ["services", "spec.ports", "spec.ports.0.port", "spec.ports.0.targetPort", "spec.selector", "spec.type", "spec"],
  [
    "deployments",
    "spec.replicas",
    "spec.selector",
    "spec.selector.matchLabels.a",
    "spec.template.spec",
    "spec.strategy.rollingUpdate.maxSurge",
    "spec.template.metadata.annotations",
    "spec.paused",
  ],
  ["configmaps", "data", "data.a", "binaryData", "binaryData.a", "immutable", "metadata.annotations.a"],
  ["ingresses", "spec.rules.0.http", "spec.rules.0.http.paths", "spec.defaultBackend.service.port.number"],
  ["jobs", "spec.parallelism", "spec.suspend", "spec.template.spec.containers.0.command"],
  ["roles", "rules", "rules.0.verbs", "rules.0"],
  ["horizontalpodautoscalers", "spec.metrics", "spec.maxReplicas", "spec.scaleTargetRef"],
];

function withValueAt(object: unknown, way: readonly string[], value: unknown): unknown {
  const [step, ...rest] = way;
  if (step === undefined) return value;
  if (/^\d+$/.test(step)) {
    const list = Array.isArray(object) ? [...(object as readonly unknown[])] : [];
    list[Number(step)] = withValueAt(list[Number(step)], rest, value);
    return list;
  }
  const fields = typeof object === "object" && object !== null && !Array.isArray(object) ? (object as Fields) : {};
  return { ...fields, [step]: withValueAt(fields[step], rest, value) };
}

function sampleOf(plural: string): KindSample {
  return everyKind.find((kind) => kind.plural === plural)!;
}

const wrongTypes: Sequence = async (player, chance, namespace) => {
  for (const [plural, ...ways] of some(chance, typedPlaces, 2)) {
    const sample = sampleOf(plural);
    const { object } = objectOf(sample, nameBy(chance), namespace);
    const bodies = some(chance, ways, 5).map((way) => {
      const value = pick(chance, values.slice(0, 11));
      // Of some kinds of values other areas say what is wrong with them.
      return withValueAt(object, way.split("."), way.endsWith(".a") && typeof value === "string" ? 5 : value);
    });
    await sendEach(player, collectionOf(sample, namespace), bodies);
  }
};

const kinds: Sequence = async (player, chance, namespace) => {
  const sample = pick(chance, namespaced);
  const { object } = objectOf(sample, nameBy(chance), namespace);
  const wrong: readonly object[] = [
    { kind: "Nonsense" },
    { apiVersion: "v1", kind: "Nonsense" },
    { apiVersion: "nonsense.io/v1" },
    { apiVersion: "nonsense.io/v1", kind: "Nonsense" },
    { apiVersion: "a/b/c" },
    { apiVersion: `${sample.version.split("/")[0]!}/v99` },
    { apiVersion: "v1", kind: sample.plural === "secrets" ? "ConfigMap" : "Secret" },
    { apiVersion: "apps/v1", kind: sample.plural === "deployments" ? "ReplicaSet" : "Deployment" },
    { apiVersion: "rbac.authorization.k8s.io/v1", kind: sample.plural === "roles" ? "RoleBinding" : "Role" },
    { apiVersion: "v1", kind: "Status" },
    { apiVersion: "v1", kind: "PodList" },
    { kind: 5 },
    { apiVersion: { a: 1 } },
    { kind: true, apiVersion: ["v1"] },
  ];
  const right: readonly object[] = [{ kind: "" }, { apiVersion: "" }, { kind: null, apiVersion: null }];
  const bodies = [...some(chance, wrong, 6), pick(chance, right)].map((change) => ({ ...object, ...change }));
  await sendEach(player, collectionOf(sample, namespace), bodies);
};

const formerVersions: Sequence = async (player, chance, namespace) => {
  const former: readonly (readonly [plural: string, kind: string, ...versions: string[]])[] = [
    ["deployments", "Deployment", "apps/v1beta1", "apps/v1beta2", "extensions/v1beta1"],
    ["daemonsets", "DaemonSet", "apps/v1beta2", "extensions/v1beta1"],
    ["statefulsets", "StatefulSet", "apps/v1beta1", "apps/v1beta2"],
    ["cronjobs", "CronJob", "batch/v1beta1"],
    ["poddisruptionbudgets", "PodDisruptionBudget", "policy/v1beta1"],
    ["roles", "Role", "rbac.authorization.k8s.io/v1beta1"],
    ["horizontalpodautoscalers", "HorizontalPodAutoscaler", "autoscaling/v1"],
  ];
  for (const [plural, kind, ...versions] of some(chance, former, 3)) {
    const sample = sampleOf(plural);
    const { object } = objectOf(sample, nameBy(chance), namespace);
    const bodies = [
      { ...object, apiVersion: pick(chance, versions), kind },
      { ...object, kind },
    ];
    await sendEach(player, collectionOf(sample, namespace), bodies);
  }
};

const syntax: Sequence = async (player, chance, namespace) => {
  const sample = pick(chance, namespaced);
  const { object } = objectOf(sample, nameBy(chance), namespace);
  const text = JSON.stringify(object);
  const texts: readonly string[] = [
    "",
    " ",
    "{",
    "[]",
    "5",
    '"text"',
    "true",
    "{]",
    "{a:1}",
    '{"a" 1}',
    '{"a":1 "b":2}',
    '{"a":1,}',
    '{"a":[1 2]}',
    '{"a":tru}',
    '{"a":nul',
    '{"a":"\u0001"}',
    String.raw`{"a":"\x"}`,
    String.raw`{"a":"\u12g4"}`,
    '{"a":01}',
    '{"a":-}',
    '{"a":1.}',
    '{"a":1e}',
    '{"a":"é',
    "{é}",
    "{'a':1}",
    `${text}x`,
    `${text}{}`,
    text.slice(0, -1),
    `${text.slice(0, -1)},}`,
  ];
  await sendEach(player, collectionOf(sample, namespace), [...some(chance, texts, 8), `  ${text}\n`, text]);
};

const numbers: Sequence = async (player, chance, namespace) => {
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments?dryRun=All`;
  const { object } = objectOf(sampleOf("deployments"), nameBy(chance), namespace);
  const text = JSON.stringify({ ...object, spec: { ...(object["spec"] as object), replicas: 424_242 } });
  const written = [
    "1",
    "1.0",
    "1.5",
    "1e2",
    "-0",
    "0",
    "2147483647",
    "2147483648",
    "99999999999999999999",
    '"1"',
    "null",
  ];
  for (const number of some(chance, written, 7))
    await player.send({ method: "POST", path, body: text.replace("424242", number) });
};

const readTexts: Sequence = async (player, chance, namespace) => {
  const times = [
    "2020-01-02T03:04:05Z",
    "2020-01-02T03:04:05.678Z",
    "2020-01-02T03:04:05+02:00",
    "2020-13-02T03:04:05Z",
  ];
  const wrongTimes = [
    "nonsense",
    "2020-02-30T03:04:05Z",
    "2020-01-02",
    "2020-01-02T03:04:05",
    "2020-01-02T25:04:05Z",
    "2020-01-02T03:04:05Zx",
    "",
    5,
  ];
  const microTimes = ["2020-01-02T03:04:05.123456Z", "2020-01-02T03:04:05.123456-01:00"];
  const wrongMicroTimes = ["2020-01-02T03:04:05Z", "2020-01-02T03:04:05.123Z", "nonsense", true];
  const quantities = ["1", "1000m", "0.5", "1024Mi", "1.5Gi", "1e3", 5, 0.25, "100k", "0.1Ki", " 2 "];
  const wrongQuantities = ["", "nonsense", "1Qi", "1ee", "m", "1.2.3", "--1", true, ["1"], { a: 1 }, "1 Gi"];
  const bytes = ["", "YQ==", "YWI=", "YWJj", "YWJj\nYWJj"];
  const wrongBytes = ["a", "a===", "YQ", "YQ=x", "YQ==YQ==", "Y%==", "====", 5];
  const lease = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
  const name = nameBy(chance);
  const times4 = [pick(chance, times), pick(chance, wrongTimes)];
  await sendEach(
    player,
    `/api/v1/namespaces/${namespace}/pods`,
    times4.map((time) => ({
      ...objectOf(sampleOf("pods"), name, namespace).object,
      metadata: { name, creationTimestamp: time },
    })),
  );
  const micro = [pick(chance, microTimes), pick(chance, wrongMicroTimes)];
  await sendEach(
    player,
    lease,
    micro.map((renewTime) => ({ metadata: { name }, spec: { renewTime } })),
  );
  const amounts = [...some(chance, quantities, 2), ...some(chance, wrongQuantities, 2)];
  await sendEach(
    player,
    `/api/v1/namespaces/${namespace}/resourcequotas`,
    amounts.map((amount) => ({ metadata: { name }, spec: { hard: { "count/a.example.com": amount } } })),
  );
  const data = [...some(chance, bytes, 1), ...some(chance, wrongBytes, 2)];
  await sendEach(
    player,
    `/api/v1/namespaces/${namespace}/configmaps`,
    data.map((a) => ({ metadata: { name }, binaryData: { a } })),
  );
};

/** Texts with fields that nobody knows, or that stand twice. */
function oddTexts(sample: KindSample, name: string, namespace: string): readonly string[] {
  const { object } = objectOf(sample, name, namespace);
  const text = JSON.stringify(object);
  const metadata = JSON.stringify(object.metadata);
  return [
    text.replace(/^\{/, '{"nonsense":1,'),
    text.replace(metadata, `${metadata.slice(0, -1)},"nonsense":{"a":1},"labels":{"a":"b","a":"c"}}`),
    text.replace(metadata, `${metadata.slice(0, -1)},"name":"${name}","labels":{"a":"b"}}`),
    `${text.slice(0, -1)},"apiVersion":"${sample.version}","spec_":[],"Metadata":{}}`,
    `${text.slice(0, -1)},"metadata":${metadata},"metadata":${metadata}}`,
    text.replace(
      metadata,
      `${metadata.slice(0, -1)},"ownerReferences":[{"a":1,"apiVersion":"v1","kind":"Pod","name":"p","uid":"u","uid":"u"}]}`,
    ),
  ];
}

const fieldValidation: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, namespaced);
  const path = collectionOf(sample, namespace);
  const name = nameBy(chance);
  for (const body of some(chance, oddTexts(sample, name, namespace), 3)) {
    const how = pick(chance, ["Strict", "Strict", "Warn", "Ignore", ""]);
    await send({ method: "POST", path: `${path}?dryRun=All&fieldValidation=${how}`, body });
  }
  await send({ method: "POST", path, body: objectOf(sample, name, namespace).object });
  for (const body of some(chance, oddTexts(sample, name, namespace), 2)) {
    const how = pick(chance, ["Strict", "Warn", "Ignore"]);
    await send({ method: "PUT", path: `${path}/${name}?dryRun=All&fieldValidation=${how}`, body });
  }
  const merge = { method: "PATCH", contentType: "application/merge-patch+json" } as const;
  const patches = ['{"a":1}', '{"metadata":{"labels":{"a":"b"}},"nonsense":2,"nonsense":3}', '{"metadata":{"x":{}}}'];
  for (const body of some(chance, patches, 2)) {
    const how = pick(chance, ["Strict", "Warn", "Ignore"]);
    await send({ ...merge, path: `${path}/${name}?dryRun=All&fieldValidation=${how}`, body });
  }
  const how = pick(chance, ["Strict", "Warn", "Ignore"]);
  await send({
    method: "PATCH",
    contentType: "application/json-patch+json",
    path: `${path}/${name}?dryRun=All&fieldValidation=${how}`,
    body: '[{"op":"add","path":"/metadata/labels","value":{"a":"b"},"x":1,"path":"/metadata/labels"},{"op":"add","path":"/y","value":1}]',
  });
};

const options: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, namespaced);
  const path = collectionOf(sample, namespace);
  const name = nameBy(chance);
  const { object } = objectOf(sample, name, namespace);
  await send({ method: "POST", path, body: object });
  const queries = [
    "dryRun=None",
    "dryRun=All&dryRun=x",
    "dryRun=",
    "fieldValidation=nonsense",
    "fieldValidation=strict",
    `fieldManager=${"m".repeat(129)}`,
    "fieldManager=a%01b",
    "fieldManager=a%20b%E2%80%A8",
    "dryRun=x&fieldValidation=y&fieldManager=%00",
    "dryRun=All&fieldManager=me",
    "fieldValidation=Strict&dryRun=All",
  ];
  const merge = { method: "PATCH", contentType: "application/merge-patch+json", body: {} } as const;
  for (const query of some(chance, queries, 2)) await send({ ...merge, path: `${path}/${name}?${query}` });
  for (const query of some(chance, queries, 2))
    await send({ method: "PUT", path: `${path}/${name}?${query}`, body: object });
  const other = objectOf(sample, `${name}-o`, namespace).object;
  for (const query of some(chance, queries.slice(0, 9), 3))
    await send({ method: "POST", path: `${path}?${query}`, body: other });
  await send({ ...merge, path: `${path}/${name}?force=true` });
};

const mediaTypes: Sequence = async ({ send }, chance, namespace) => {
  const sample = pick(chance, namespaced);
  const path = collectionOf(sample, namespace);
  const name = nameBy(chance);
  const { object } = objectOf(sample, name, namespace);
  await send({ method: "POST", path, body: object, contentType: "application/json; charset=utf-8" });
  for (const contentType of some(chance, ["text/plain", "application/xml", "application/x-www-form-urlencoded"], 2)) {
    await send({ method: "POST", path, body: object, contentType });
    await send({ method: "PUT", path: `${path}/${name}`, body: object, contentType });
  }
  for (const contentType of ["application/json", "text/plain", "application/merge-patch+json; charset=utf-8"])
    await send({ method: "PATCH", path: `${path}/${name}`, body: {}, contentType });
};

/** Bodies: how they are read, and what is said of those that cannot be. */
export const bodies: Readonly<Record<string, Sequence>> = {
  "bodies of other kinds": kinds,
  "bodies of former versions": formerVersions,
  "bodies with wrong types": wrongTypes,
  "bodies that are no JSON": syntax,
  "bodies with numbers": numbers,
  "bodies with times, quantities and bytes": readTexts,
  "bodies with unknown and repeated fields": fieldValidation,
  "bodies in other media types": mediaTypes,
  "options of writes": options,
};
