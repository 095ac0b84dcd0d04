import { pick, some } from "../chance.ts";
import type { Player, Sequence } from "../exchange.ts";
import { kindsOfObjects } from "../objects.ts";

const rightLabels = [
  "a",
  "!a",
  "a=1",
  "a==2",
  "a!=1",
  "a in (1,2)",
  "a notin (1)",
  "a in ()",
  "a in (,1)",
  "a>1",
  "a<2",
  "a,b",
  "a=",
  " a = 1 , b ",
  "in",
  "notin in (in)",
  "example.com/c=x",
  "a in (2),!b",
];
const wrongLabels = [
  "a in",
  "a in 1",
  "a in (1",
  "a in (1 2)",
  "a in (1,>)",
  "!",
  "!!a",
  "!a=b",
  "a b",
  "a=b=c",
  "a>",
  "a>1x",
  "a=-",
  "a in (-,_)",
  "-=a",
  "x/y/z",
  "A/b",
  ",a",
  "a,",
  "a,,b",
  "=b",
  "a!b",
  "a)",
  ">=1",
  "a===b",
];
const rightFields = [
  "metadata.name=one",
  "metadata.name==two",
  "metadata.name!=one",
  "metadata.name=one,metadata.name=two",
  "metadata.name=",
  ",,",
];
const wrongFields = [
  "metadata.name",
  "metadata.name=a\\b",
  "metadata.name=a=b",
  "metadata.name=a\\",
  "spec.nonsense=a",
  "a\\,b=1",
  "=a",
  "z,y",
  "metadata.name=one,nonsense!=x",
];

async function labelled({ send }: Player, chance: () => number, namespace: string): Promise<string> {
  const { path, object } = kindsOfObjects(chance, namespace);
  const labels = { one: { a: "1", in: "x" }, two: { a: "2", b: "", "example.com/c": "x" }, three: { notin: "in" } };
  for (const name of ["one", "two", "three"] as const)
    await send({ method: "POST", path, body: { ...(object as object), metadata: { name, labels: labels[name] } } });
  return path;
}

/** What selectors select, and what is said of those that cannot be read. */
export const selectors: Readonly<Record<string, Sequence>> = {
  "label selectors": async (player, chance, namespace) => {
    const path = await labelled(player, chance, namespace);
    const chosen = [...some(chance, rightLabels, 5), ...some(chance, wrongLabels, 4)];
    for (const text of chosen)
      await player.send({ method: "GET", path: `${path}?labelSelector=${encodeURIComponent(text)}` });
  },
  "field selectors": async (player, chance, namespace) => {
    const path = await labelled(player, chance, namespace);
    const chosen = [...some(chance, rightFields, 4), "metadata.namespace!=", ...some(chance, wrongFields, 4)];
    for (const text of chosen)
      await player.send({ method: "GET", path: `${path}?fieldSelector=${encodeURIComponent(text)}` });
  },
  "fields of kinds": async ({ send }, chance, namespace) => {
    const at = `/api/v1/namespaces/${namespace}`;
    const pod = { spec: { containers: [{ name: "a", image: "b" }], nodeName: "some-node", schedulerName: "own" } };
    await send({ method: "POST", path: `${at}/pods`, body: { metadata: { name: "one" }, ...pod } });
    await send({ method: "POST", path: `${at}/secrets`, body: { metadata: { name: "one" }, type: "example.com/own" } });
    const fields: readonly string[] = [
      "pods?fieldSelector=spec.nodeName%3Dsome-node",
      "pods?fieldSelector=spec.nodeName%3D",
      "pods?fieldSelector=status.phase%3DPending",
      "pods?fieldSelector=status.phase!%3DPending",
      "pods?fieldSelector=spec.schedulerName%3Down,spec.restartPolicy%3DAlways",
      "pods?fieldSelector=spec.hostNetwork%3Dfalse",
      "pods?fieldSelector=spec.serviceAccountName%3Ddefault",
      "secrets?fieldSelector=type%3Dexample.com/own",
      "secrets?fieldSelector=type%3DOpaque",
      "services?fieldSelector=spec.type%3DClusterIP",
    ];
    for (const field of some(chance, fields, 6)) await send({ method: "GET", path: `${at}/${field}` });
    for (const resource of some(
      chance,
      [
        "/api/v1/pods",
        "/api/v1/events",
        "/apis/batch/v1/jobs",
        "/apis/resource.k8s.io/v1/resourceslices",
        "/api/v1/nodes",
      ],
      3,
    ))
      await send({ method: "GET", path: `${resource}?fieldSelector=${pick(chance, ["nonsense", "spec"])}%3Da` });
    await send({ method: "GET", path: `${at}/services?fieldSelector=spec.nonsense%3Da` });
  },
};
