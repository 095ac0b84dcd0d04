import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { CoreV1 } from "@kubewright/api/core/v1";
import type { Cluster } from "@kubewright/core";
import { type ApiServer, startApiServer } from "@kubewright/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createProxy, type Proxy } from "./create-proxy.ts";
import type { ProxyOptions } from "./proxy-options.ts";

let api: ApiServer;
let cluster: Cluster;
const open: { readonly proxy: Proxy; readonly server: Server }[] = [];

beforeAll(async () => {
  api = await startApiServer();
});
beforeEach(async () => {
  api.reset();
  cluster = await api.connect();
});
afterEach(async () => {
  for (const { proxy, server } of open.splice(0)) {
    await proxy.close();
    server.closeAllConnections();
    server.close();
  }
});
afterAll(() => api.close());

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Serves a proxy, and asks it as a page of its origin does. */
async function serve(options: Partial<ProxyOptions> = {}): Promise<(path: string, asked?: Asked) => Promise<Answer>> {
  const proxy = createProxy({ cluster, ...options });
  const server = createServer(proxy).on("upgrade", proxy.upgrade);
  open.push({ proxy, server });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return async (path, { method = "GET", headers, body } = {}) => {
    const write = method === "GET" ? {} : { "kubewright-page": "1", origin: `http://127.0.0.1:${port}` };
    const type = body === undefined ? {} : { "content-type": "application/json" };
    const sent = httpRequest({ host: "127.0.0.1", port, path, method, headers: { ...write, ...type, ...headers } });
    sent.end(body);
    const [response] = await once(sent, "response");
    return { status: response.statusCode, headers: response.headers, body: await text(response) };
  };
}

test("a page reads objects, discovery and logs below the prefix, and sees no credential", async () => {
  await cluster
    .api(CoreV1)
    .configMaps.in()
    .create({ metadata: { name: "colours" }, data: { sky: "blue" } });
  const ask = await serve();
  const read = await ask("/k8s/api/v1/namespaces/default/configmaps/colours");
  expect([read.status, JSON.parse(read.body).data]).toEqual([200, { sky: "blue" }]);
  expect(read.headers).toMatchObject({
    "content-type": "application/json",
    "cache-control": "no-store, no-transform",
    "x-content-type-options": "nosniff",
  });
  expect((await ask("/k8s/version")).status).toBe(200);
  expect(
    (
      await ask("/k8s/apis", {
        headers: { accept: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList" },
      })
    ).body,
  ).toContain("APIGroupDiscoveryList");
  expect(JSON.parse((await ask("/k8s/api/v1/configmaps?limit=1&labelSelector=a%20in%20(b)")).body).items).toEqual([]);
});

test("what the API server refuses arrives as it says it", async () => {
  const ask = await serve();
  const missing = await ask("/k8s/api/v1/namespaces/default/configmaps/none");
  expect([missing.status, JSON.parse(missing.body).reason]).toEqual([404, "NotFound"]);
});

test("what was asked for in protobuf arrives in it, and its refusals as JSON", async () => {
  const ask = await serve();
  const headers = { accept: "application/vnd.kubernetes.protobuf, application/json" };
  const maps = await ask("/k8s/api/v1/namespaces/default/configmaps", { headers });
  expect([maps.headers["content-type"], maps.body.slice(0, 3)]).toEqual(["application/vnd.kubernetes.protobuf", "k8s"]);
  const missing = await ask("/k8s/api/v1/namespaces/default/configmaps/none", { headers });
  expect([missing.status, missing.headers["content-type"]]).toEqual([404, "application/json"]);
  expect(JSON.parse(missing.body)).toMatchObject({ reason: "NotFound", details: { name: "none" } });
});

test("a plain watch is passed on as one", async () => {
  const ask = await serve();
  const before = api.requests().length;
  const watch = await ask("/k8s/api/v1/configmaps?watch=true&timeoutSeconds=1");
  expect(watch.status).toBe(200);
  expect(watch.body.split("\n")[0]).toContain('"type":"ADDED"');
  expect(api.requests().slice(before)).toMatchObject([{ verb: "watch", resource: "configmaps" }]);
});
