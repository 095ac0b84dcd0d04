import { setTimeout as sleep } from "node:timers/promises";
import { makeChange } from "./make-change.ts";
import { mutator, type Mutation } from "./mutator.ts";
import type { RawApi, RawAnswer } from "../support/raw-api.ts";
import {
  collectionPath,
  type Exchange,
  itemText,
  type RecordedCollection,
  recordedEvent,
  type RecordedEvent,
  type RecordedLine,
  type RecordedList,
  shownAt,
} from "./recording.ts";
import { seededRandom } from "./seeded-random.ts";

/** A recording that is being made: first what the server says while its history is whole, then what it says when that was compacted. */
export interface Scenario {
  live(): Promise<void>;
  compacted(revision: string): Promise<void>;
  /** The file's lines. */
  lines(): readonly string[];
}

/** Makes one with so many changes. `others` are whom the server refuses. */
export function scenario(
  api: RawApi,
  about: RecordedCollection,
  mutations: number,
  others: Readonly<Record<"noRights" | "nobody", RawApi>>,
): Scenario {
  const path = collectionPath(about);
  const events: RecordedEvent[] = [];
  const eventLines: string[] = [];
  const exchanges: Exchange[] = [];
  let compacted = "0";
  const find = (name: string, version: string): RecordedEvent | undefined =>
    events.find((event) => event.name === name && event.resourceVersion === version);

  /** The newest version of the collection that the server shows to everybody. */
  async function newest(): Promise<string> {
    const { text } = await api.send("GET", `${path}?limit=1`);
    return (JSON.parse(text) as { metadata: { resourceVersion: string } }).metadata.resourceVersion;
  }

  async function ask(what: string, query: string, as: RawApi = api, at: string = path): Promise<RawAnswer> {
    const from = await newest();
    const full = query === "" ? at : `${at}?${query}`;
    const answer = await as.send("GET", full);
    const { status, headers, text } = answer;
    const body = status === 200 ? listOf(text) : text;
    exchanges.push({
      what,
      path: full,
      from,
      to: await newest(),
      compacted,
      status,
      headers: worthKeeping(headers),
      body,
    });
    return answer;
  }

  /** A watch until the server ends it. */
  async function watch(what: string, query: string): Promise<void> {
    const from = await newest();
    const full = `${path}?watch=1&${query}`;
    const began = performance.now();
    const lines: [second: number, line: string][] = [];
    const { status, headers, ended } = await api.watch(full, (part) =>
      lines.push([secondsSince(began), part.toString()]),
    );
    await ended;
    await sleep(200); // what the watch of the history has still to hear
    const to = await newest();
    const body =
      status === 200 ? lines.map(([second, line]) => lineOf(line, second)) : lines.map(([, line]) => line).join("\n");
    exchanges.push({ what, path: full, from, to, compacted, status, headers: worthKeeping(headers), body });
  }

  const change = (mutation: Mutation): Promise<unknown> => makeChange(api, about, mutation);

  function listOf(text: string): RecordedList | string {
    const start = text.indexOf('"items":[') + '"items":['.length;
    const end = text.lastIndexOf("]");
    const { items } = JSON.parse(text) as { items: { metadata: { name: string; resourceVersion: string } }[] };
    const keys = items.map(({ metadata }) => [metadata.name, metadata.resourceVersion] as const);
    const texts = keys.map(([name, version]) => itemText(find(name, version) ?? { text: "?" }, about));
    const same =
      text.slice(start, end) === texts.join(",") || text.slice(start, text.indexOf("]}", start)) === texts.join(",");
    const close = start + texts.join(",").length;
    return same ? { head: text.slice(0, start), items: keys, tail: text.slice(close) } : text;
  }

  function lineOf(line: string, second: number): RecordedLine {
    if (/^\{"type":"(BOOKMARK|ERROR)"/.test(line)) return { second, line };
    const { type, name, resourceVersion, text } = recordedEvent(line);
    if (find(name, resourceVersion)?.text === text) return [type, name, resourceVersion];
    // What leaves a selector is shown as it was before, at the version that made it leave.
    const before = events.findLast(
      (event) => event.name === name && shownAt(event.text, event.resourceVersion, resourceVersion) === text,
    );
    return before === undefined ? { second, line } : [type, name, before.resourceVersion, resourceVersion];
  }

  async function live(): Promise<void> {
    const begin = await newest();
    const history = await api.watch(`${path}?watch=1&resourceVersion=${begin}`, (part) => {
      const line = part.toString();
      eventLines.push(line);
      events.push(recordedEvent(line));
    });
    const changes = mutator(seededRandom(about.seed), 12);
    const some = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        await change(changes.next());
        await sleep(30);
      }
      await sleep(300);
    };
    await some(Math.floor(mutations / 2));

    const middle = await newest();
    const older = events[Math.floor(events.length / 2)]?.resourceVersion ?? "";
    const watches = [
      watch("every change from the beginning on", `resourceVersion=${begin}&timeoutSeconds=6`),
      watch(
        "changes from a version, with bookmarks",
        `resourceVersion=${older}&allowWatchBookmarks=true&timeoutSeconds=6`,
      ),
      watch("from the newest version on", `resourceVersion=${middle}&allowWatchBookmarks=true&timeoutSeconds=6`),
      watch(
        "what a label selects",
        `resourceVersion=${begin}&labelSelector=app%3Dweb&allowWatchBookmarks=true&timeoutSeconds=6`,
      ),
      watch("one name", `resourceVersion=${begin}&fieldSelector=metadata.name%3Do-1&timeoutSeconds=6`),
      watch("no version: the newest state, then changes", "timeoutSeconds=6"),
      watch("version 0: any state, then changes", "resourceVersion=0&allowWatchBookmarks=true&timeoutSeconds=6"),
      watch(
        "the collection by a watch",
        "sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&timeoutSeconds=6",
      ),
      watch(
        "the collection by a watch, any state",
        "resourceVersion=0&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&timeoutSeconds=6",
      ),
      watch(
        "what a label selects, by a watch",
        `sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&labelSelector=app%3Dweb&timeoutSeconds=6`,
      ),
      watch("a version of the future", `resourceVersion=${Number(middle) + 10_000}&timeoutSeconds=6`),
    ];
    await sleep(1000);
    await some(mutations - Math.floor(mutations / 2) - 2);
    await Promise.all(watches);

    await ask("the newest state", "");
    await ask("the newest state, the version empty", "resourceVersion=");
    await ask("any state", "resourceVersion=0");
    await ask("any state, with a limit", "resourceVersion=0&limit=3");
    await ask("not older than a version", `resourceVersion=${middle}&resourceVersionMatch=NotOlderThan`);
    await ask("a version without a match", `resourceVersion=${middle}`);
    await ask("exactly a version", `resourceVersion=${middle}&resourceVersionMatch=Exact`);
    await ask("exactly a version, a page", `resourceVersion=${middle}&resourceVersionMatch=Exact&limit=3`);
    await ask("a version with a limit", `resourceVersion=${middle}&limit=3`);
    await ask("what a label selects now", "labelSelector=app%3Dweb");
    await ask("what a label selects, a page", "labelSelector=app%3Dweb&limit=2");
    await ask("one name now", "fieldSelector=metadata.name%3Do-1");
    await ask(
      "a version of the future",
      `resourceVersion=${Number(middle) + 10_000}&resourceVersionMatch=NotOlderThan`,
    );
    await ask(
      "exactly a version of the future",
      `resourceVersion=${Number(middle) + 10_000}&resourceVersionMatch=Exact`,
    );
    await ask("what is no version", "resourceVersion=abc");
    await ask("a match without a version", "resourceVersionMatch=Exact");
    await ask("exactly version 0", "resourceVersion=0&resourceVersionMatch=Exact");
    await ask("what nobody may", "", others.nobody);
    await ask("what this one may not", "", others.noRights);
    await ask("a resource that is not there", "", api, path.replace(about.plural, "nothings"));
    await watch("a watch by what is no version", "resourceVersion=abc&timeoutSeconds=2");
    await watch("a watch that is no collection's", "sendInitialEvents=true&timeoutSeconds=2");
    await watch(
      "a collection by a watch without bookmarks",
      "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&timeoutSeconds=2",
    );
    await watch(
      "a match without the collection",
      `resourceVersion=${middle}&resourceVersionMatch=NotOlderThan&timeoutSeconds=2`,
    );
    if (about.cached) await watch("from before the watch cache", "resourceVersion=1&timeoutSeconds=2");

    const token = await pages();
    await Promise.all([
      watch("two quiet minutes", `resourceVersion=${await newest()}&allowWatchBookmarks=true&timeoutSeconds=130`),
      watch(
        "two quiet minutes after the collection",
        "sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&timeoutSeconds=130",
      ),
    ]);
    expired = token;
    old = middle;
    history.close();
  }

  let expired = "";
  let old = "";

  /** All pages, while the collection changes; gives the token that leads to the last one. */
  async function pages(): Promise<string> {
    const kept = mutator(seededRandom(about.seed + 100), 3);
    let token = "";
    for (let page = 1; ; page++) {
      const { text } = await ask(`page ${page}`, `limit=4${token && `&continue=${token}`}`);
      const { metadata } = JSON.parse(text) as { metadata: { continue?: string } };
      if (!metadata.continue) return token; // custom resources say that it is empty
      token = metadata.continue;
      if (page > 2) continue;
      const { name, ...change_ } = kept.next();
      await change({ ...change_, name: `p-${name}` } as Mutation);
      await sleep(300);
    }
  }

  return {
    live,
    async compacted(revision) {
      compacted = revision;
      await ask("a page of what was compacted", `limit=4&continue=${expired}`);
      await ask("exactly a version that was compacted", `resourceVersion=${old}&resourceVersionMatch=Exact`);
      await ask(
        "not older than a version that was compacted",
        `resourceVersion=${old}&resourceVersionMatch=NotOlderThan`,
      );
      await watch("from a version that was compacted", `resourceVersion=${old}&timeoutSeconds=2`);
      await watch("from the version of the compaction", `resourceVersion=${revision}&timeoutSeconds=2`);
      const gone = exchanges.find(({ what }) => what === "a page of what was compacted");
      const { metadata } = JSON.parse(gone?.body as string) as { metadata: { continue: string } };
      await ask("the rest as it is now", `limit=4&continue=${metadata.continue}`);
    },
    lines: () => [JSON.stringify(about), ...eventLines, ...exchanges.map((exchange) => JSON.stringify(exchange))],
  };
}

function worthKeeping(headers: RawAnswer["headers"]): Readonly<Record<string, string>> {
  const kept = ["content-type", "retry-after", "warning", "cache-control"];
  return Object.fromEntries(kept.flatMap((name) => (typeof headers[name] === "string" ? [[name, headers[name]]] : [])));
}

function secondsSince(began: number): number {
  return Math.round((performance.now() - began) / 1000);
}
