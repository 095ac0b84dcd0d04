import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CoreV1 } from "@kubewright/api/core/v1";
import { connectProxy, type ProxyCluster } from "@kubewright/browser";
import type { Cluster } from "@kubewright/core";
import { createProxy, type Proxy, readOnly } from "@kubewright/proxy";
import { informer } from "@kubewright/runtime";
import { type ApiServer, startApiServer } from "@kubewright/testing";
import { serve } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import express from "express";
import Fastify from "fastify";
import { Hono } from "hono";
import { createServer as createViteServer, type InlineConfig } from "vite";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";

// The proxy in the servers that people have, mounted as docs/proxy.md says.

let api: ApiServer;
let cluster: Cluster;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  api = await startApiServer();
  cluster = await api.connect();
  const { pods } = cluster.api(CoreV1);
  await pods.in("default").create({
    metadata: { name: "web-0" },
    spec: { nodeName: "node-1", containers: [{ name: "web", image: "web" }] },
  });
  api.onExec({ pod: "web-0" }, async ({ stdin, stdout }) => {
    for await (const bytes of stdin) await stdout(bytes);
    return 3;
  });
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
afterAll(() => api.close());

/** What a page of the documentation shows, as far as `found` finds it there. */
function shown(page: string, found: RegExp): string {
  const code = found.exec(readFileSync(new URL(`../../docs/${page}`, import.meta.url), "utf8"))?.[1];
  if (code === undefined) throw new Error(`docs/${page} does not show it`);
  return code;
}

/** Runs code of the documentation, which is given what it has in its place; gives what it returns. */
async function run(code: string, given: Readonly<Record<string, unknown>>): Promise<unknown> {
  const source = `export function run({ ${Object.keys(given).join(", ")} }) {${code}}`;
  const made = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as { run(given: object): unknown };
  return made.run(given);
}

async function mountAsShown(framework: string, app: unknown, proxy: Proxy): Promise<void> {
  await run(shown("proxy.md", new RegExp(`^// ${framework}\\b.*?$(.*?)(?=^// [A-Z]|^\`\`\`)`, "ms")), {
    app,
    proxy,
    RESPONSE_ALREADY_SENT,
  });
}

const allow = [
  ...readOnly,
  { verbs: ["create", "patch", "delete"], resources: ["configmaps"] },
  { verbs: ["get"], resources: ["pods/exec"] },
] as const;

function proxied(prefix?: string): { readonly proxy: Proxy; readonly refused: string[] } {
  const refused: string[] = [];
  const proxy = createProxy({
    cluster,
    prefix,
    allow,
    onRefused: ({ status, message }) => void refused.push(`${status} ${message}`),
  });
  ends.push(() => proxy.close());
  return { proxy, refused };
}

/** Waits until a server listens; gives where, and ends it behind the test. */
async function origin(server: Server): Promise<string> {
  if (!server.listening) await once(server, "listening");
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server with the proxy in it, mounted before or behind what reads bodies. */
type Mounting = (proxy: Proxy, parsed?: "parsed") => Promise<string>;

const frameworks: Readonly<Record<string, Mounting>> = {
  async Express(proxy, parsed) {
    const app = express();
    if (parsed !== undefined) app.use(express.json());
    await mountAsShown("Express", app, proxy);
    app.use(express.json());
    app.post("/own", ({ body }, response) => void response.json({ got: body as unknown }));
    return origin(app.listen(0, "127.0.0.1").on("upgrade", proxy.upgrade));
  },
  async Fastify(proxy, parsed) {
    const app = Fastify();
    if (parsed === undefined) await mountAsShown("Fastify", app, proxy);
    else
      app.all("/k8s/*", (request, reply) => {
        reply.hijack();
        proxy(request.raw, reply.raw);
      });
    app.post("/own", async ({ body }) => ({ got: body }));
    await app.listen({ port: 0, host: "127.0.0.1" });
    return origin(app.server.on("upgrade", proxy.upgrade));
  },
  async Hono(proxy, parsed) {
    const app = new Hono();
    if (parsed !== undefined)
      app.use(async ({ req }, next) => {
        await req.text();
        await next();
      });
    await mountAsShown("Hono", app, proxy);
    app.post("/own", async (c) => c.json({ got: await c.req.json() }));
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }) as Server;
    return origin(server.on("upgrade", proxy.upgrade));
  },
};

/** What a page gets there, as its users hold it. */
function page(base: string): ProxyCluster {
  const connected = connectProxy({ baseUrl: base, onWarning: (text) => expect.unreachable(text) });
  ends.push(() => connected.close());
  return connected;
}

/** That all a page does goes through. */
async function expectWhole(base: string): Promise<void> {
  const { pods, configMaps } = page(base).api(CoreV1);
  expect((await pods.in("default").list()).items.map(({ metadata }) => metadata.name)).toEqual(["web-0"]);

  const maps = configMaps.in("default");
  const seen = informer(maps);
  ends.push(() => seen.close());
  await seen.synced();
  const name = "colours";
  await maps.create({ metadata: { name }, data: { text: "é".repeat(100_000) } });
  await eventually(() => seen.get(name), "what was made is told");
  await maps.patch(name, { merge: { data: { text: "grey" } } });
  await eventually(() => seen.get(name)?.data?.["text"] === "grey" || undefined, "what was changed is told");
  await maps.delete(name);
  await eventually(() => seen.get(name) === undefined || undefined, "what was deleted is told");

  const run = await pods
    .in("default")
    .exec("web-0", { command: ["cat"], stdin: "héllo" })
    .output();
  expect(run).toEqual({ exitCode: 3, stdout: "héllo", stderr: "" });
}

async function post(url: string, body: object): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", "kubewright-page": "1" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

const map = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "unwanted" } };
const mapsPath = "/api/v1/namespaces/default/configmaps";

describe.each(Object.entries(frameworks))("in %s", (_, mounting) => {
  test("a page reads, watches, writes and runs commands, and the server's own routes have their bodies", async () => {
    const { proxy, refused } = proxied();
    const server = await mounting(proxy);
    await expectWhole(`${server}/k8s`);
    expect(refused).toEqual([]);
    expect(await post(`${server}/own`, { a: 1 })).toEqual({ status: 200, body: { got: { a: 1 } } });
  });

  test("what is refused is a Status, and its body does not stand in the way of the next request", async () => {
    const { proxy } = proxied();
    const server = await mounting(proxy);
    const { status, body } = await post(`${server}/k8s/api/v1/namespaces/default/secrets`, {
      large: "x".repeat(300_000),
    });
    expect([status, body]).toEqual([403, expect.objectContaining({ kind: "Status", reason: "Forbidden" })]);
    await expectWhole(`${server}/k8s`);
  });

  test("behind what has read the body, a write says that the proxy must come first, and nothing is sent", async () => {
    const { proxy, refused } = proxied();
    const server = await mounting(proxy, "parsed");
    const { status, body } = await post(`${server}/k8s${mapsPath}`, map);
    expect(status).toBe(500);
    expect(body).toMatchObject({
      kind: "Status",
      message: expect.stringContaining("must come before what parses bodies"),
    });
    expect(refused).toEqual([expect.stringContaining("500 the body was read before the proxy saw it")]);
    expect(await cluster.api(CoreV1).configMaps.in("default").get("unwanted").catch(String)).toContain("NotFound");
  });
});

describe("in node:http", () => {
  test("with the whole path", async () => {
    const { proxy } = proxied();
    await expectWhole(`${await origin(createServer(proxy).on("upgrade", proxy.upgrade).listen(0, "127.0.0.1"))}/k8s`);
  });

  test("with a prefix that whoever stands before it has taken away", async () => {
    const { proxy } = proxied("");
    const stripped = (request: IncomingMessage): void => void (request.url = request.url?.replace(/^\/k8s(?=\/)/, ""));
    const server = createServer((request, response) => {
      stripped(request);
      proxy(request, response);
    }).on("upgrade", (request, socket, head) => {
      stripped(request);
      proxy.upgrade(request, socket, head);
    });
    await expectWhole(`${await origin(server.listen(0, "127.0.0.1"))}/k8s`);
  });
});

describe("in vite's development server", () => {
  async function develop(config: InlineConfig): Promise<string> {
    const vite = await createViteServer({
      ...config,
      configFile: false,
      logLevel: "silent",
      root: import.meta.dirname,
      server: { ...config.server, host: "127.0.0.1", port: 0 },
      optimizeDeps: { noDiscovery: true },
    });
    ends.push(() => vite.close());
    await vite.listen();
    return origin(vite.httpServer as Server);
  }

  test("as docs/browser.md shows it", async () => {
    const code = shown("browser.md", /`vite\.config\.js`:\n\n```js\n.*?export default (\{.*?\n\};)\n```/s);
    const config = (await run(`return ${code}`, {
      createProxy: (options: Parameters<typeof createProxy>[0]) => createProxy({ ...options, allow }),
      connect: () => api.connect(),
    })) as InlineConfig;
    await expectWhole(`${await develop(config)}/k8s`);
  });

  test("which leads to a proxy that is a program of its own", async () => {
    const settings = shown("browser.md", /`(\{ "\/k8s": \{ target: .*?\} \})`/);
    const server = createServer().listen(0, "127.0.0.1");
    const target = await origin(server);
    const vite = await develop({
      server: { proxy: (await run(`return ${settings.replace(/"http:.*?"/, "target")}`, { target })) as never },
    });
    const proxy = createProxy({ cluster, allow, hosts: [new URL(vite).host] });
    ends.push(() => proxy.close());
    server.on("request", proxy).on("upgrade", proxy.upgrade);
    await expectWhole(`${vite}/k8s`);
  });
});
