import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CoreV1 } from "@kubewright/api/core/v1";
import { startApiServer } from "@kubewright/testing";
import { eventually } from "../../support/eventually.ts";
import { askPages, askProxy, type FromProxy, type PagesReport, type ToPages } from "./messages.ts";

/** How much load, and for how long. */
export interface Load {
  readonly pages: number;
  readonly seconds: number;
  readonly changesPerSecond: number;
}

/** What came of it. */
export interface LoadResult extends Pick<PagesReport, "events" | "lagMs"> {
  readonly pages: number;
  readonly slow: number;
  readonly changes: number;
  /** Of the proxy, in MB: with all pages there, and the most after that. */
  readonly memory: { readonly before: number; readonly most: number };
  /** What pages were told wrongly. */
  readonly wrong: readonly string[];
  /** Watches that did not know what there is, in the end. */
  readonly lost: number;
  /** Watches that the API server saw: at first, and after the proxy was started anew. */
  readonly watches: { readonly first: number; readonly again: number };
  /** How the pages came back: how many streams, over how long, and how many watches had to read anew. */
  readonly back: { readonly opened: number; readonly withinMs: number; readonly expired: number };
}

/** One of a hundred reads slowly. */
const slowShare = 0.01;
const collections = 6;
const objectsEach = 50;
/** Longer than pages need to come up to date on a machine that has much to do. */
const patienceMs = 120_000;

/** Opens pages with six watches each through a proxy, changes what they watch, kills the proxy and starts another. */
export async function playLoad({ pages, seconds, changesPerSecond }: Load): Promise<LoadResult> {
  const api = await startApiServer();
  const folder = mkdtempSync(join(tmpdir(), "proxy-load-"));
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(kubeconfig, api.kubeconfig);
  const cluster = await api.connect();
  const core = cluster.api(CoreV1);
  const children: ChildProcess[] = [];
  const start = (file: string, ...args: readonly string[]): ChildProcess => {
    const child = fork(new URL(file, import.meta.url), args, { execArgv: ["--conditions=kubewright-source"] });
    children.push(child);
    return child;
  };
  const startProxy = async (at = 0): Promise<{ readonly child: ChildProcess; readonly port: number }> => {
    const child = start("proxy-process.ts", kubeconfig, String(at));
    const [message] = (await once(child, "message")) as [FromProxy];
    if (message.type !== "listening") throw new Error("the proxy does not listen");
    return { child, port: message.port };
  };
  const memoryOf = async (child: ChildProcess): Promise<number> => {
    const answer = await askProxy(child, "memory");
    return answer.type === "memory" ? answer.megabytes : 0;
  };
  const watches = (): number =>
    api.requests().filter(({ verb, resource }) => verb === "watch" && resource === "configmaps").length;

  try {
    const truth: Record<string, Record<string, string>> = {};
    const names = Array.from({ length: collections }, (_, at) => `load-${at}`);
    const places = names.map((namespace) => ({ namespace, path: `/api/v1/namespaces/${namespace}/configmaps` }));
    let changes = 0;
    const dataOf = (): Record<string, string> => ({ at: String(Date.now()), text: `${changes} `.repeat(300) });
    for (const { namespace, path } of places) {
      await core.namespaces.create({ metadata: { name: namespace } });
      truth[path] = {};
      for (let at = 0; at < objectsEach; at += 1) {
        const { metadata } = await core.configMaps
          .in(namespace)
          .create({ metadata: { name: `m${at}` }, data: dataOf() });
        truth[path][metadata.name] = metadata.resourceVersion;
      }
      const { items } = await core.configMaps.in(namespace).list();
      for (const { metadata } of items) truth[path][metadata.name] = metadata.resourceVersion;
    }
    /** Most are changed, some go and come again. */
    const change = async (): Promise<void> => {
      const { namespace, path } = places[changes % collections]!;
      const client = core.configMaps.in(namespace);
      const name = `m${Math.floor(Math.random() * objectsEach)}`;
      const known = truth[path]!;
      changes += 1;
      if (known[name] === undefined)
        known[name] = (await client.create({ metadata: { name }, data: dataOf() })).metadata.resourceVersion;
      else if (changes % 20 === 0) {
        await client.delete(name);
        delete known[name];
      } else known[name] = (await client.patch(name, { merge: { data: dataOf() } })).metadata.resourceVersion;
    };

    const { child: proxy, port } = await startProxy();
    const page = start("pages-process.ts");
    const slow = Math.max(1, Math.round(pages * slowShare));
    const report = (): Promise<PagesReport> => askPages(page, { do: "report", truth });
    const sums = { events: 0, wrong: [] as string[] };
    const look = async (): Promise<PagesReport> => {
      const one = await report();
      sums.events += one.events;
      sums.wrong.push(...one.wrong);
      return one;
    };
    const allRight = (what: string, count = pages * collections): Promise<void> =>
      eventually(async () => ((await look()).right >= count ? true : undefined), what, patienceMs).then(() => {});

    page.send({ do: "open", port, pages, slow, paths: places.map(({ path }) => path) } satisfies ToPages);
    await allRight("all pages but the slow know what there is", (pages - slow) * collections);
    const first = watches();
    const before = await memoryOf(proxy);
    let most = before;
    const end = performance.now() + seconds * 1000;
    const lags: PagesReport["lagMs"][] = [];
    for (let next = performance.now(); performance.now() < end; next += 1000) {
      for (let done = 0; done < changesPerSecond; done += 1) await change();
      lags.push((await look()).lagMs);
      most = Math.max(most, await memoryOf(proxy));
      await sleep(Math.max(0, next + 1000 - performance.now()));
    }
    await allRight("all pages but the slow are up to date", (pages - slow) * collections);
    page.send({ do: "hurry" } satisfies ToPages);
    await allRight("the slow pages are up to date too");

    // Another proxy: all come back at once.
    await look();
    const seen = watches();
    proxy.kill("SIGKILL");
    await once(proxy, "exit");
    for (let done = 0; done < 20; done += 1) await change();
    await startProxy(port);
    const opened: number[] = [];
    let expired = 0;
    const came = async (): Promise<true | undefined> => {
      const one = await look();
      opened.push(...one.opened);
      expired += one.expired;
      return one.right === pages * collections || undefined;
    };
    await eventually(came, "all pages are back and up to date", patienceMs);
    const { right } = await look();
    return {
      pages,
      slow,
      changes,
      events: sums.events,
      lagMs: { most: Math.max(...lags.map((lag) => lag.most)), p99: Math.max(...lags.map((lag) => lag.p99)) },
      memory: { before: Math.round(before), most: Math.round(most) },
      wrong: sums.wrong.slice(0, 10),
      lost: pages * collections - right,
      watches: { first, again: watches() - seen },
      back: { opened: opened.length, withinMs: Math.max(...opened) - Math.min(...opened), expired },
    };
  } finally {
    for (const child of children) child.kill("SIGKILL");
    await api.close();
    rmSync(folder, { recursive: true });
  }
}
