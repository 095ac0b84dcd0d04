// Records anew what a real API server says: node --conditions=kubewright-source test/history/record.ts
import { writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startControlPlane } from "../controlplane/start.ts";
import { rawApi, type RawApiOptions } from "../support/raw-api.ts";
import { type RawApis, scenario } from "./record-scenario.ts";
import { accepts, type RecordedCollection } from "./recording.ts";
import { defineWidgets, widgets } from "./widgets.ts";

const configMaps = { group: "", version: "v1", plural: "configmaps", kind: "ConfigMap" } as const;
const events = { group: "", version: "v1", plural: "events", kind: "Event" } as const;

const inBoth = (options: RawApiOptions): RawApis => ({
  json: rawApi({ ...options, accept: accepts.json }),
  protobuf: rawApi({ ...options, accept: accepts.protobuf }),
});

const controlPlane = await startControlPlane({ apiOnly: true, noWatchCache: true });
try {
  const { caFile, admin, noRights, server, noWatchCacheServer } = controlPlane;
  const apis = inBoth({ server, caFile, token: admin.token });
  const others = {
    noRights: inBoth({ server, caFile, token: noRights.token }),
    nobody: inBoth({ server, caFile, token: "none" }),
  };
  const uncached = inBoth({ server: noWatchCacheServer?.server ?? "", caFile, token: admin.token });

  const api = apis.json;
  await defineWidgets([api, uncached.json]);

  const etcd = (path: string, body: object): Promise<void> =>
    new Promise((resolve, reject) => {
      const sent = request({ socketPath: join(controlPlane.dir, "etcd.sock"), method: "POST", path });
      sent.on("error", reject).on("response", (answer) => {
        answer
          .resume()
          .on("end", () =>
            answer.statusCode === 200 ? resolve() : reject(new Error(`${path}: ${answer.statusCode}`)),
          );
      });
      sent.end(JSON.stringify(body));
    });
  /** As API servers do it every five minutes: first they tell each other, so that their watch caches forget too. */
  const compact = async (revision: string): Promise<void> => {
    const base64 = (text: string): string => Buffer.from(text).toString("base64");
    await etcd("/v3/kv/put", { key: base64("compact_rev_key"), value: base64(revision) });
    await etcd("/v3/kv/compaction", { revision, physical: true });
    await sleep(20_000); // watch caches look every 15 s
  };

  const common = { server: controlPlane.version, namespace: "history" };
  const scenarios: readonly [file: string, about: RecordedCollection, mutations: number][] = [
    ["config-maps", { ...common, ...configMaps, cached: true, seed: 1 }, 100],
    ["widgets", { ...common, ...widgets, cached: true, seed: 2 }, 60],
    ["events", { ...common, ...events, cached: false, seed: 3 }, 50],
    ["config-maps-uncached", { ...common, ...configMaps, namespace: "uncached", cached: false, seed: 4 }, 50],
  ];
  for (const namespace of ["history", "uncached"]) {
    await api.send("POST", "/api/v1/namespaces", { metadata: { name: namespace } });
  }
  const running = scenarios.map(([file, about, mutations]) => {
    const made = scenario(about.namespace === "uncached" ? uncached : apis, about, mutations, others);
    return { file, ...made };
  });
  await Promise.all(running.map(({ live }) => live()));
  const { text } = await api.send("GET", "/api/v1/namespaces?limit=1");
  const revision = (JSON.parse(text) as { metadata: { resourceVersion: string } }).metadata.resourceVersion;
  await compact(revision);
  for (const { file, compacted, lines } of running) {
    await compacted(revision);
    const all = lines()
      .map((line) => `${line}\n`)
      .join("");
    writeFileSync(new URL(`recordings/${file}.jsonl`, import.meta.url), all);
    console.log(`${file}: ${lines().length} lines, ${all.length} characters`);
  }
  for (const one of [apis, uncached, others.noRights, others.nobody]) {
    one.json.close();
    one.protobuf.close();
  }
} finally {
  await controlPlane.stop();
}
