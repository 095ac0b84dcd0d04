import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { startHandlerServer } from "../support/handler-server.ts";
import type * as Page from "./apps/browser-core.ts";
import type * as ProtobufPage from "./apps/browser-protobuf.ts";
import { type Bundle, measureBundle } from "./measure.ts";
import { answer } from "./page-server.ts";

const kilobyte = 1024;

const codecSource = "packages/protobuf/src/index.ts";

/** What shows, minified too, that a part of the codec for protobuf is there. */
const partsOfCodec = [
  ["the table", "imagePullSecrets:"],
  ["Reader", "skipType"],
  ["Writer", "ldelim"],
] as const;

/** Writes the chunks into a temporary folder of their own; gives the path of the first. */
async function written({ files, entry }: Bundle): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "kubewright-bundle-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  for (const [name, text] of files) await writeFile(join(folder, name), text);
  return join(folder, entry);
}

/** Runs a Node program against a server with one pod, in JSON; gives what it prints. */
async function run(bundle: Bundle): Promise<string> {
  const pod = { kind: "Pod", apiVersion: "v1", metadata: { name: "a" } };
  const server = await startHandlerServer("http", ({ path }, reply) => {
    reply.head(200, { "content-type": "application/json" });
    const list = { kind: "PodList", apiVersion: "v1", metadata: {}, items: [pod] };
    reply.end(JSON.stringify(path.endsWith("/pods") ? list : pod));
  });
  onTestFinished(() => server.close());
  const kubeconfig = {
    "current-context": "c",
    contexts: [{ name: "c", context: { cluster: "c" } }],
    clusters: [{ name: "c", cluster: { server: server.origin } }],
  };
  const entry = await written(bundle);
  const config = join(entry, "../config.json");
  await writeFile(config, JSON.stringify(kubeconfig));
  const { stdout } = await promisify(execFile)(process.execPath, [entry], { env: { KUBECONFIG: config } });
  return stdout;
}

test(
  "a Node program that lists pods is small, holds only the groups it imports, and runs",
  { timeout: 30_000 },
  async () => {
    const bundle = await measureBundle("node-list", "node");
    const { first, all } = bundle;
    expect(first.gzipBytes).toBeLessThanOrEqual(51 * kilobyte);
    // With the codec for protobuf, of 35 KB, and ws, of 15.
    expect(all.gzipBytes).toBeLessThanOrEqual(208 * kilobyte);
    // Compared as yes or no: the text itself would fill the screen.
    expect(all.text.includes("persistentvolumeclaims"), "what is imported is in it").toBe(true);
    for (const word of ["statefulsets", "rolebindings", "networkpolicies"]) {
      expect(all.text.includes(word), `${word} of a group that is not imported`).toBe(false);
    }
    for (const word of [
      "NoExitStatus",
      "sec-websocket-key",
      "BLOCK_FOLDED",
      "implicitTypes",
      ...partsOfCodec.map(([, found]) => found),
    ]) {
      expect(
        first.text.includes(word),
        `${word}: exec, WebSockets, YAML and protobuf are loaded when they are used`,
      ).toBe(false);
    }
    expect(await run(bundle)).toBe('["a"]\n');
  },
);

test("a Node program that gets one object never loads the codec for protobuf", { timeout: 30_000 }, async () => {
  const bundle = await measureBundle("node-get", "node");
  const codec = new Set(bundle.onDemand(codecSource).chunks);
  expect(codec.size).toBeGreaterThan(0);
  const telling = [...bundle.files].map(
    ([name, text]) => [name, codec.has(name) ? 'console.log("the codec");' : text] as const,
  );
  expect(await run({ ...bundle, files: new Map(telling) })).toBe("a\n");
});

test(
  "a page has the whole core at once, every verb, watch and log, in at most 44 KB, and streams of pods on demand, of at most 11.25; and runs",
  { timeout: 30_000 },
  async () => {
    const bundle = await measureBundle("browser-core", "browser");
    const { first, all } = bundle;
    expect(first.gzipBytes).toBeLessThanOrEqual(44 * kilobyte);
    // Commands are 7 of it, connections with the codec of their tunnel 4.
    const streams = bundle.onDemand("packages/core/src/client/pod-streams.ts");
    expect(streams.gzipBytes).toBeLessThanOrEqual(11.25 * kilobyte);
    expect(streams.chunks).toHaveLength(1);
    for (const word of ["NoExitStatus", "SubprotocolNotSpoken", "NotForwarded"]) {
      expect([streams.text.includes(word), first.text.includes(word)]).toEqual([true, false]);
    }
    for (const word of ["BLOCK_FOLDED", "implicitTypes", ...partsOfCodec.map(([, found]) => found)]) {
      expect(all.text.includes(word), `${word}: neither YAML nor protobuf is read here`).toBe(false);
    }

    const page = (await import(await written(bundle))) as typeof Page;
    const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "web-0", resourceVersion: "1" } };
    expect(await page.main(answer)).toEqual({
      get: "web-0",
      list: 1,
      table: 1,
      metadata: 1,
      each: object,
      watch: { type: "ADDED", object },
      log: "one",
      create: object,
      update: object,
      modify: object,
      patch: object,
      apply: object,
      delete: true,
      deleteCollection: expect.objectContaining({ items: [object] }),
      impersonated: "Pod",
      refused: 'NotFound: pods "gone" not found (get /api/v1/namespaces/default/pods/gone)',
      found: "pods",
      applied: 1,
      version: "v1.36.3",
      info: "https://cluster.test/k8s",
      raw: "ok",
    });
  },
);

test(
  "a page with informers, stores and watches that its tabs share has them in at most 69 KB, 44 of them the core",
  { timeout: 30_000 },
  async () => {
    const { first } = await measureBundle("browser-watches", "browser");
    expect(first.gzipBytes).toBeLessThanOrEqual(69 * kilobyte);
    // The worker reads and relays alone: no informers, no stores.
    const { first: worker } = await measureBundle("browser-worker", "browser");
    expect(worker.gzipBytes).toBeLessThanOrEqual(60 * kilobyte);
    expect(worker.text.includes("byIndex"), "informers").toBe(false);
  },
);

test(
  "a page that asks for protobuf loads all of its codec on demand, at most 50 KB, 20 of them the table; and runs",
  { timeout: 30_000 },
  async () => {
    const bundle = await measureBundle("browser-protobuf", "browser");
    const codec = bundle.onDemand(codecSource);
    expect(codec.gzipBytes).toBeLessThanOrEqual(50 * kilobyte);
    expect((await measureBundle("protobuf-table", "browser")).all.gzipBytes).toBeLessThanOrEqual(20 * kilobyte);
    for (const [what, word] of partsOfCodec) {
      expect(codec.text.includes(word), `${what} of the codec`).toBe(true);
      expect(bundle.first.text.includes(word), `${what} in what runs first`).toBe(false);
    }

    expect(codec.text.match(/\beval\b|\bFunction\(/), "pages may make no code out of text").toBeNull();

    const page = (await import(await written(bundle))) as typeof ProtobufPage;
    const seen = await page.main(answer);
    expect(seen["events"]).toEqual(["ADDED", "MODIFIED"]);
    expect(seen["items"]).toEqual([
      expect.objectContaining({ metadata: expect.objectContaining({ name: "proto-0" }) }),
    ]);
  },
);
