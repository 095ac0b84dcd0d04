import { pick, some } from "../chance.ts";
import type { Answer, Player, Sequence } from "../exchange.ts";
import { kindsOfObjects } from "../objects.ts";

const merge = "application/merge-patch+json";

const versionOf = ({ body }: Answer): string =>
  (body as { metadata?: { resourceVersion?: string } }).metadata?.resourceVersion ?? "";

interface Watched {
  readonly path: string;
  readonly make: (name: string, labels?: Readonly<Record<string, string>>) => Promise<Answer>;
  readonly label: (name: string, labels: Readonly<Record<string, string | null>>) => Promise<Answer>;
  readonly remove: (name: string) => Promise<Answer>;
}

function watched({ send }: Player, chance: () => number, namespace: string): Watched {
  const { path, object } = kindsOfObjects(chance, namespace);
  return {
    path,
    make: (name, labels) =>
      send({ method: "POST", path, body: { ...(object as object), metadata: { name, labels: labels ?? {} } } }),
    label: (name, labels) =>
      send({ method: "PATCH", path: `${path}/${name}`, body: { metadata: { labels } }, contentType: merge }),
    remove: (name) => send({ method: "DELETE", path: `${path}/${name}?gracePeriodSeconds=0` }),
  };
}

/** Waits until the server's cache, from which watches begin, has what was written. */
async function settled({ send }: Player, path: string, written: Answer): Promise<void> {
  const version = versionOf(written);
  await send({ method: "GET", path: `${path}?resourceVersion=${version}&resourceVersionMatch=NotOlderThan` });
}

const wrongOptions = [
  "sendInitialEvents=true",
  "sendInitialEvents=false&resourceVersionMatch=Exact",
  "resourceVersionMatch=NotOlderThan",
  "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&continue=x",
  "resourceVersion=x",
  "timeoutSeconds=x",
  "limit=x",
  "labelSelector=a+in",
  "fieldSelector=nonsense%3Da",
  "fieldSelector=metadata.name",
];

const metadata = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";
const table = "application/json;as=Table;v=v1;g=meta.k8s.io";

/** How changes are watched: from when, of what, and in which form. */
export const watches: Readonly<Record<string, Sequence>> = {
  "watches from a version": async (player, chance, namespace) => {
    const { path, make, label, remove } = watched(player, chance, namespace);
    const version = versionOf(await make("a"));
    await label("a", { b: "c" });
    const watching = await player.watch({ path: `${path}?watch=1&resourceVersion=${version}` });
    await make("b");
    await remove("a");
    await watching.next(3);
    watching.close();
    const later = await player.watch({ path: `${path}?watch=true&resourceVersion=${version}&timeoutSeconds=1` });
    await later.next(3);
    await later.ended();
    for (const wrong of some(chance, wrongOptions, 5)) {
      const refused = await player.watch({ path: `${path}?watch=1&${wrong}` });
      refused.close();
    }
  },
  "watches from what is there": async (player, chance, namespace) => {
    const { path, make, remove } = watched(player, chance, namespace);
    await make("a");
    await settled(player, path, await make("b"));
    const how = pick(chance, [
      "",
      "&resourceVersion=0",
      "&allowWatchBookmarks=true",
      "&resourceVersion=0&allowWatchBookmarks=true",
      "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true",
      "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan",
    ]);
    const watching = await player.watch({ path: `${path}?watch=1${how}` });
    await watching.next(how.includes("Bookmarks") ? 3 : 2);
    await remove("a");
    await watching.next(1);
    watching.close();
    for (const wrong of some(chance, wrongOptions, 4)) {
      const refused = await player.watch({ path: `${path}?watch=1${how}&${wrong}` });
      refused.close();
    }
  },
  "watches from now": async (player, chance, namespace) => {
    const { path, make } = watched(player, chance, namespace);
    await settled(player, path, await make("a"));
    const now = "sendInitialEvents=false&resourceVersionMatch=NotOlderThan&resourceVersion=0";
    const watching = await player.watch({ path: `${path}?watch=1&${now}` });
    await make("b");
    await watching.next(1);
    watching.close();
    for (const wrong of some(chance, wrongOptions, 3)) {
      const refused = await player.watch({ path: `${path}?watch=1&${wrong}` });
      refused.close();
    }
  },
  "watches of what is selected": async (player, chance, namespace) => {
    const { path, make, label, remove } = watched(player, chance, namespace);
    const version = versionOf(await make("a", { seen: "yes" }));
    const selector = pick(chance, ["seen%3Dyes", "seen", "seen+in+(yes)"]);
    const watching = await player.watch({
      path: `${path}?watch=1&resourceVersion=${version}&labelSelector=${selector}`,
    });
    await make("b");
    await label("b", { seen: "yes" });
    await label("b", { other: "x" });
    await label("a", { seen: null });
    await label("a", { seen: "yes" });
    await remove("a");
    await watching.next(5);
    watching.close();
    for (const wrong of some(chance, ["a+in", "!", "a%3D-", "a,,b", "a+in+(b", "x/y/z"], 4)) {
      const refused = await player.watch({ path: `${path}?watch=1&labelSelector=${wrong}` });
      refused.close();
    }
  },
  "watches of one name": async (player, chance, namespace) => {
    const { path, make, label, remove } = watched(player, chance, namespace);
    const version = versionOf(await make("a"));
    const byField = `${path}?watch=1&resourceVersion=${version}&fieldSelector=metadata.name%3Da`;
    const byPath = `${path.replace(/\/(v\d\w*)\//, "/$1/watch/")}/a?resourceVersion=${version}`;
    const watching = await player.watch({ path: pick(chance, [byField, byPath]) });
    await make("b");
    await label("a", { c: "d" });
    await remove("a");
    await make("a");
    await watching.next(3);
    watching.close();
    const one = byPath.replace(/\?.*/, "");
    for (const wrong of some(
      chance,
      [
        "fieldSelector=metadata.name%3Db",
        "fieldSelector=metadata.name!%3Da",
        "labelSelector=!",
        "resourceVersion=x",
        "limit=x",
      ],
      4,
    )) {
      const refused = await player.watch({ path: `${one}?${wrong}` });
      refused.close();
    }
  },
  "watches in other forms": async (player, chance, namespace) => {
    const { path, make, label, remove } = watched(player, chance, namespace);
    await settled(player, path, await make("a"));
    const accept = pick(chance, [metadata, table]);
    const include = pick(chance, ["", "&includeObject=None", "&includeObject=Object"]);
    const watching = await player.watch({ path: `${path}?watch=1&allowWatchBookmarks=true${include}`, accept });
    await label("a", { b: "c" });
    await remove("a");
    await watching.next(4);
    watching.close();
    for (const other of some(
      chance,
      [
        "application/yaml",
        "text/html",
        "application/json;as=Table;v=v9;g=meta.k8s.io",
        "application/vnd.kubernetes.protobuf;as=Table;v=v1;g=meta.k8s.io",
        "application/json;stream=other",
      ],
      3,
    )) {
      const refused = await player.watch({ path: `${path}?watch=1&timeoutSeconds=1`, accept: other });
      refused.close();
    }
    const wrong = await player.watch({ path: `${path}?watch=1&includeObject=Whatever`, accept: table });
    wrong.close();
  },
};
