import { setTimeout as sleep } from "node:timers/promises";
import { enveloped, fieldsOf, framed, textAt } from "../support/protobuf-wire.ts";
import type { RawApi, RawAnswer } from "../support/raw-api.ts";
import { makeChange } from "./make-change.ts";
import { mutator, type Mutation } from "./mutator.ts";
import {
  collectionPath,
  type Encoding,
  encodings,
  eventBytes,
  type Exchange,
  isProtobuf,
  itemBytes,
  type RecordedCollection,
  recordedEvent,
  type RecordedEvent,
  type RecordedLine,
  type RecordedList,
  shownAt,
} from "./recording.ts";
import { seededRandom } from "./seeded-random.ts";

/** One server and user, for each encoding that may be asked for. */
export type RawApis = Readonly<Record<Encoding, RawApi>>;

/** A recording that is being made: first what the server says while its history is whole, then what it says when that was compacted. */
export interface Scenario {
  live(): Promise<void>;
  compacted(revision: string): Promise<void>;
  /** The file's lines. */
  lines(): readonly string[];
}

/** Makes one with so many changes. `others` are whom the server refuses. */
export function scenario(
  apis: RawApis,
  about: RecordedCollection,
  mutations: number,
  others: Readonly<Record<"noRights" | "nobody", RawApis>>,
): Scenario {
  const api = apis.json;
  const path = collectionPath(about);
  const lines: string[] = [];
  const raws: Uint8Array[] = [];
  const exchanges: Exchange[] = [];
  let compacted = "0";
  let known: readonly RecordedEvent[] = [];
  let knownParts = 0;
  function events(): readonly RecordedEvent[] {
    if (knownParts < lines.length + raws.length) known = lines.map((line, i) => recordedEvent(line, raws[i]));
    knownParts = lines.length + raws.length;
    return known;
  }

  /** The newest version of the collection that the server shows to everybody. */
  async function newest(): Promise<string> {
    const { text } = await api.send("GET", `${path}?limit=1`);
    return (JSON.parse(text) as { metadata: { resourceVersion: string } }).metadata.resourceVersion;
  }

  /** Asks in each encoding, and gives the answer in JSON. */
  async function ask(what: string, query: string, as: RawApis = apis, at: string = path): Promise<RawAnswer> {
    const full = query === "" ? at : `${at}?${query}`;
    const answers: RawAnswer[] = [];
    for (const accepts of encodings) {
      const from = await newest();
      const answer = await as[accepts].send("GET", full);
      const { status, headers, bytes } = answer;
      const kept = worthKeeping(headers);
      const body = status === 200 ? listOf(bytes, kept) : bodyText(bytes, kept);
      const to = await newest();
      exchanges.push({ what, accepts, path: full, from, to, compacted, status, headers: kept, body });
      answers.push(answer);
    }
    return answers[0] as RawAnswer;
  }

  /** A watch in each encoding until the server ends it. */
  async function watch(what: string, query: string): Promise<void> {
    await Promise.all(encodings.map((accepts) => watchIn(accepts, what, query)));
  }

  async function watchIn(accepts: Encoding, what: string, query: string): Promise<void> {
    const from = await newest();
    const full = `${path}?watch=1&${query}`;
    const began = performance.now();
    const parts: [second: number, part: Buffer][] = [];
    const { status, headers, ended } = await apis[accepts].watch(full, (part) => {
      parts.push([Math.round((performance.now() - began) / 1000), part]);
    });
    await ended;
    await sleep(200); // what the watches of the history have still to hear
    const to = await newest();
    const kept = worthKeeping(headers);
    const body =
      status === 200
        ? parts.map(([second, part]) => lineOf(part, second, kept))
        : bodyText(Buffer.concat(parts.map(([, part]) => part)), kept);
    exchanges.push({ what, accepts, path: full, from, to, compacted, status, headers: kept, body });
  }

  const change = (mutation: Mutation): Promise<unknown> => makeChange(api, about, mutation);

  function listOf(bytes: Buffer, headers: Exchange["headers"]): RecordedList | string {
    const protobuf = isProtobuf(headers["content-type"]);
    const all = events();
    const items = namesIn(bytes, protobuf).map(([name, version]) =>
      all.find((event) => event.name === name && event.resourceVersion === version),
    );
    const known = items.filter((item) => item !== undefined);
    const between = itemBytes(known, about, protobuf);
    const start = known.length === items.length ? bytes.indexOf(between) : -1;
    if (start < 0 || items.length === 0) return bodyText(bytes, headers);
    return {
      head: bodyText(bytes.subarray(0, start), headers),
      items: known.map(({ name, resourceVersion }) => [name, resourceVersion]),
      tail: bodyText(bytes.subarray(start + between.length), headers),
    };
  }

  function lineOf(part: Buffer, second: number, headers: Exchange["headers"]): RecordedLine {
    const protobuf = isProtobuf(headers["content-type"]);
    const { type, name, resourceVersion } = protobuf
      ? eventIn(part)
      : recordedEvent(part.toString().trimEnd(), undefined);
    // What leaves a selector is shown as it was before, at the version that made it leave.
    const event = events().findLast((one) => {
      if (one.name !== name) return false;
      const shown = shownAt(one, one.resourceVersion, resourceVersion);
      return part.equals(eventBytes(type, shown, about, protobuf));
    });
    if (event === undefined) return { second, line: bodyText(part, headers) };
    const itself = event.resourceVersion === resourceVersion;
    return itself ? [type, name, resourceVersion] : [type, name, event.resourceVersion, resourceVersion];
  }

  async function live(): Promise<void> {
    const begin = await newest();
    const whole = `${path}?watch=1&resourceVersion=${begin}`;
    const histories = [await api.watch(whole, (part) => lines.push(part.toString().trimEnd()))];
    // A custom resource is told in JSON, whatever is asked for.
    if (about.group === "") histories.push(await apis.protobuf.watch(whole, (part) => raws.push(framed(part).raw)));
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
    const older = events()[Math.floor(lines.length / 2)]?.resourceVersion ?? "";
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
    await ask("a resource that is not there", "", apis, path.replace(about.plural, "nothings"));
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
    for (const history of histories) history.close();
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
      const gone = exchanges.find(({ what, accepts }) => what === "a page of what was compacted" && accepts === "json");
      const { metadata } = JSON.parse(gone?.body as string) as { metadata: { continue: string } };
      await ask("the rest as it is now", `limit=4&continue=${metadata.continue}`);
    },
    lines: () => [
      JSON.stringify(about),
      ...lines.flatMap((line, i) => {
        const raw = raws[i];
        return raw === undefined ? [line] : [line, JSON.stringify(Buffer.from(raw).toString("base64"))];
      }),
      ...exchanges.map((exchange) => JSON.stringify(exchange)),
    ],
  };
}

/** The name and version of each item of a list. */
function namesIn(bytes: Buffer, protobuf: boolean): readonly (readonly [name: string, version: string])[] {
  if (!protobuf) {
    const { items } = JSON.parse(bytes.toString()) as {
      items: { metadata: { name: string; resourceVersion: string } }[];
    };
    return items.map(({ metadata }) => [metadata.name, metadata.resourceVersion]);
  }
  const fields = fieldsOf(enveloped(bytes).raw).filter(([number]) => number === 2);
  return fields.map(([, item]) => [textAt(item as Uint8Array, 1, 1), textAt(item as Uint8Array, 1, 6)]);
}

function eventIn(part: Buffer): Pick<RecordedEvent, "name" | "resourceVersion"> & { readonly type: string } {
  const { type, raw } = framed(part);
  return { type, name: textAt(raw, 1, 1), resourceVersion: textAt(raw, 1, 6) };
}

function bodyText(bytes: Buffer, headers: Exchange["headers"]): string {
  return bytes.toString(isProtobuf(headers["content-type"]) ? "base64" : "utf8");
}

function worthKeeping(headers: RawAnswer["headers"]): Readonly<Record<string, string>> {
  const kept = ["content-type", "retry-after", "warning", "cache-control"];
  return Object.fromEntries(kept.flatMap((name) => (typeof headers[name] === "string" ? [[name, headers[name]]] : [])));
}
