import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import type { ProxyClient } from "@kubewright/core";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adminCluster, ownNamespace } from "./support.ts";

const held = adminCluster();
const own = ownNamespace(held);
const core = (): CoreV1 => held.cluster.api(CoreV1);
const services = () => core().services.in(own.namespace);
const pods = () => core().pods.in(own.namespace);

// Such a pod stays without a node, whose kubelet would write its address.
const schedulingGates = [{ name: "example.com/never" }];

/** The answer of the API server itself: a Status in JSON. */
async function said(client: ProxyClient): Promise<object> {
  const { status, json } = await client.request({ path: "/" });
  const { code, reason, message } = (await json()) as { code: number; reason: string; message: string };
  expect(code).toBe(status);
  return { status, reason, message };
}

describe("what the API server says itself is the answer", () => {
  beforeAll(async () => {
    await services().create({ metadata: { name: "empty" }, spec: { ports: [{ name: "http", port: 80 }] } });
    const containers = [{ name: "main", image: "none" }];
    await pods().create({ metadata: { name: "placeless" }, spec: { schedulingGates, containers } });
  });

  test("no such service, pod or node", async () => {
    expect(await said(services().proxy("ghost"))).toMatchObject({ status: 404, reason: "NotFound" });
    expect(await said(pods().proxy("ghost", { port: 80 }))).toMatchObject({ status: 404, reason: "NotFound" });
    expect(await said(core().nodes.proxy("ghost"))).toMatchObject({ status: 404, reason: "NotFound" });
  });

  test("nothing behind a service, and no such port of it", async () => {
    expect(await said(services().proxy("empty", { port: "http" }))).toMatchObject({ status: 404 });
    expect(await said(services().proxy("empty", { port: 81 }))).toMatchObject({
      status: 503,
      message: 'no service port 81 found for service "empty"',
    });
  });

  test("a pod without an address", async () => {
    expect(await said(pods().proxy("placeless", { port: 80 }))).toMatchObject({
      status: 400,
      message: "address not allowed",
    });
  });
});

/** An address of this machine that the API server proxies to: it refuses loopback and what is local to a link. */
const address = Object.values(networkInterfaces())
  .flatMap((found) => found ?? [])
  .find(({ internal, family }) => !internal && family === "IPv4")?.address;

describe("what stands behind a pod and a service", () => {
  let server: Server;
  let port: number;
  const seen: IncomingMessage[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(request);
      const status = Number(request.headers["x-status"] ?? 200);
      response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {});
      response.end(`${request.method} ${request.url}`);
    });
    await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
    ({ port } = server.address() as AddressInfo);
    if (address === undefined) return;
    const { metadata } = await pods().create({
      metadata: { name: "web-0" },
      spec: { schedulingGates, containers: [{ name: "main", image: "none", ports: [{ containerPort: port }] }] },
    });
    await pods().status.patch("web-0", { merge: { status: { podIP: address, podIPs: [{ ip: address }] } } });
    await services().create({ metadata: { name: "web" }, spec: { ports: [{ name: "http", port: 80 }] } });
    const targetRef = { kind: "Pod", name: "web-0", namespace: own.namespace, uid: metadata.uid };
    await core()
      .endpoints.in(own.namespace)
      .create({
        metadata: { name: "web" },
        subsets: [{ addresses: [{ ip: address, targetRef }], ports: [{ name: "http", port }] }],
      });
  });
  afterAll(() => server.close());

  test("gets the method, the path and the query, and no credential", async (context) => {
    context.skip(address === undefined, "this machine has no address but loopback");
    const way = services().proxy("web", { port: "http" });
    const answer = await way.request({ method: "PUT", path: "/a%20b/%C3%BC%252f/", query: { q: "x y" }, body: "text" });
    expect([answer.status, await answer.text()]).toEqual([200, "PUT /a%20b/%C3%BC%252f/?q=x%20y"]);
    expect(seen.at(-1)?.headers["authorization"]).toBeUndefined();
    const direct = await pods().proxy("web-0").request({ path: "/healthz" });
    expect(await direct.text()).toBe("GET /healthz");
    const numbered = await services().proxy("web", { port: 80 }).request({ path: "/" });
    expect(await numbered.text()).toBe("GET /");
  });

  test.for([204, 302, 404, 500])("answers with %i", async (status, context) => {
    context.skip(address === undefined, "this machine has no address but loopback");
    const headers = { "x-status": String(status) };
    const answer = await pods().proxy("web-0", { port }).request({ path: "/", headers });
    expect(answer.status).toBe(status);
    if (status !== 204) expect(await answer.text()).toBe("GET /");
    // The API server puts the proxied path before what a redirect names.
    if (status === 302) expect(answer.headers.get("location")).toContain(`/pods/web-0:${port}/proxy/elsewhere`);
  });
});
