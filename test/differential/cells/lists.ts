import { pick, some } from "../chance.ts";
import type { Answer, Player, Sequence } from "../exchange.ts";
import { kindsOfObjects } from "../objects.ts";

interface Listed {
  /** Of the collection. */
  readonly path: string;
  /** At which everything was there. */
  readonly version: string;
}

const versionOf = ({ body }: Answer): string =>
  (body as { metadata?: { resourceVersion?: string } }).metadata?.resourceVersion ?? "";
const tokenOf = ({ body }: Answer): string =>
  (body as { metadata?: { continue?: string } }).metadata?.continue ?? token("none");

async function filled({ send }: Player, chance: () => number, namespace: string): Promise<Listed> {
  const { path, object } = kindsOfObjects(chance, namespace);
  let version = "";
  for (const name of ["a", "b", "c", "d"]) {
    const metadata = { name, labels: { which: name, half: name < "c" ? "first" : "second" } };
    version = versionOf(await send({ method: "POST", path, body: { ...(object as object), metadata } }));
  }
  return { path, version };
}

/** Base64 of a token that no server gave. */
function token(text: string): string {
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

const wrongTokens = [
  "%21",
  "abcde",
  token("no json"),
  token("{}"),
  token('{"v":"meta.k8s.io/v2","rv":1,"start":"a"}'),
  token('{"v":"meta.k8s.io/v1"}'),
  token('{"v":"meta.k8s.io/v1","rv":5}'),
  token('{"v":"meta.k8s.io/v1","rv":-1,"start":"../b"}'),
  token('{"v":"meta.k8s.io/v1","rv":-1,"start":"a//b"}'),
];

const wrongOptions = [
  "resourceVersionMatch=Exact",
  "resourceVersionMatch=Other&resourceVersion=1",
  "resourceVersionMatch=Exact&resourceVersion=0",
  "resourceVersionMatch=NotOlderThan&resourceVersion=1&continue=x",
  "resourceVersionMatch=Exact&continue=x",
  "sendInitialEvents=true",
  "sendInitialEvents=false&resourceVersionMatch=Exact",
  "resourceVersion=x",
  "resourceVersion=-1",
  "resourceVersion=99999999999999999999",
  "limit=x",
  "limit=1.5",
  "limit=",
  "limit=99999999999999999999",
  "timeoutSeconds=x",
];

/** How lists are read: whole, in pages, and as they were. */
export const lists: Readonly<Record<string, Sequence>> = {
  "pages of lists": async (player, chance, namespace) => {
    const { path } = await filled(player, chance, namespace);
    const { send } = player;
    const limit = pick(chance, [1, 2, 3]);
    const first = await send({ method: "GET", path: `${path}?limit=${limit}` });
    await send({ method: "DELETE", path: `${path}/d?gracePeriodSeconds=0` });
    const second = await send({ method: "GET", path: `${path}?limit=${limit}&continue=${tokenOf(first)}` });
    await send({ method: "GET", path: `${path}?continue=${tokenOf(first)}` });
    await send({ method: "GET", path: `${path}?limit=1&continue=${tokenOf(second)}` });
    await send({ method: "GET", path: `${path}?continue=${tokenOf(first)}&resourceVersion=5` });
    await send({ method: "GET", path: `${path}?continue=${tokenOf(first)}&resourceVersion=0` });
    for (const wrong of some(chance, wrongTokens, 3)) await send({ method: "GET", path: `${path}?continue=${wrong}` });
  },
  "pages of what is selected": async (player, chance, namespace) => {
    const { path } = await filled(player, chance, namespace);
    const { send } = player;
    const half = pick(chance, ["first", "second"]);
    const first = await send({ method: "GET", path: `${path}?limit=1&labelSelector=half%3D${half}` });
    await send({ method: "GET", path: `${path}?limit=1&labelSelector=half%3D${half}&continue=${tokenOf(first)}` });
    await send({ method: "GET", path: `${path}?limit=1&labelSelector=which%3D${pick(chance, ["a", "d"])}` });
    await send({ method: "GET", path: `${path}?limit=1&fieldSelector=metadata.name%3D${pick(chance, ["a", "d"])}` });
    await send({ method: "GET", path: `${path}?limit=1&fieldSelector=metadata.name!%3Da` });
    await send({ method: "GET", path: `${path}?limit=4&labelSelector=half` });
    await send({ method: "GET", path: `${path}?limit=1&labelSelector=half+in` });
    await send({ method: "GET", path: `${path}?limit=x&labelSelector=half` });
    await send({ method: "GET", path: `${path}?continue=x&labelSelector=half` });
    await send({ method: "GET", path: `${path}?limit=1&fieldSelector=nonsense%3Da` });
  },
  "versions of lists": async (player, chance, namespace) => {
    const { path, version } = await filled(player, chance, namespace);
    const { send } = player;
    await send({ method: "DELETE", path: `${path}/a?gracePeriodSeconds=0` });
    const limit = pick(chance, ["", "&limit=1", "&limit=2"]);
    await send({ method: "GET", path: `${path}?resourceVersion=0${limit}` });
    await send({ method: "GET", path: `${path}?resourceVersion=${version}${limit}` });
    await send({ method: "GET", path: `${path}?resourceVersion=${version}&resourceVersionMatch=Exact${limit}` });
    await send({ method: "GET", path: `${path}?resourceVersion=${version}&resourceVersionMatch=NotOlderThan${limit}` });
    await send({ method: "GET", path: `${path}?resourceVersion=0&resourceVersionMatch=NotOlderThan${limit}` });
    for (const wrong of some(chance, wrongOptions, 5)) await send({ method: "GET", path: `${path}?${wrong}` });
  },
  "versions of one object": async ({ send }, chance, namespace) => {
    const { path, object, name } = kindsOfObjects(chance, namespace);
    const version = versionOf(await send({ method: "POST", path, body: object }));
    for (const asked of ["0", version, "1", ""])
      await send({ method: "GET", path: `${path}/${name}?resourceVersion=${asked}` });
    await send({ method: "GET", path: `${path}/missing?resourceVersion=0` });
    await send({ method: "GET", path: `${path}/${name}?resourceVersion=x` });
    await send({ method: "GET", path: `${path}/${name}?watch=1&timeoutSeconds=1` });
  },
  "lists of all namespaces": async ({ send }, chance, namespace) => {
    const label = namespace;
    const { path, object } = kindsOfObjects(chance, namespace);
    const everywhere = path.replace(`/namespaces/${namespace}`, "");
    for (const name of ["a", "b"])
      await send({ method: "POST", path, body: { ...(object as object), metadata: { name, labels: { run: label } } } });
    await send({ method: "GET", path: `${everywhere}?labelSelector=run%3D${label}` });
    await send({ method: "GET", path: `${everywhere}?fieldSelector=metadata.namespace%3D${namespace}` });
    await send({
      method: "GET",
      path: `${everywhere}?labelSelector=run%3D${label}&fieldSelector=metadata.name%3Db`,
    });
    await send({ method: "GET", path: `${everywhere}/a` });
    await send({ method: "GET", path: `${everywhere}?labelSelector=run%3D` });
    await send({ method: "GET", path: `${everywhere}?fieldSelector=nonsense%3D` });
  },
};
