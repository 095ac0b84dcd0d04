import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { KubernetesObject } from "@kubewright/core";
import { expect, onTestFinished, test } from "vitest";
import { apiRequest, rejection } from "../../../test/support/api-request.ts";
import { recordingTransport } from "../../../test/support/recording-transport.ts";
import { widgets } from "../../../test/support/widgets.ts";
import { connectOnUse } from "./connect.ts";
import { createLateCallPath, type OpenedPath } from "./late-call-path.ts";

const widget = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w", resourceVersion: "1" } };

const kubeconfigText = JSON.stringify({
  "current-context": "c",
  contexts: [{ name: "c", context: { cluster: "c", namespace: "shop" } }],
  clusters: [{ name: "c", cluster: { server: "https://recorded.test" } }],
});

function setUp() {
  const list = { kind: "WidgetList", metadata: {}, items: [widget] };
  const transport = recordingTransport(({ method, path }) => ({
    json: method === "GET" && path.endsWith("/widgets") ? list : widget,
  }));
  const cluster = connectOnUse({ transport, kubeconfigText, fieldManager: "me" });
  return { cluster, requests: transport.requests };
}

test("clients can be made at once, and .in() means the namespace of the configuration that the first call reads", async () => {
  const { cluster, requests } = setUp();
  const all = cluster.resource<KubernetesObject>(widgets);
  const early = all.in();
  expect(() => cluster.server).toThrow("Invalid server: it is not known before the first call");
  expect(() => cluster.namespace).toThrow("Invalid namespace: it is not known before the first call");
  expect(() => early.namespace).toThrow("Invalid namespace: it is not known");
  expect(all.in("mine").namespace).toBe("mine");

  await early.get("w");
  await all.in("mine").get("w");
  await early.create({ metadata: { name: "w" } });
  await early.patch("w", { merge: {} });
  await early.status.patch("w", { merge: {} });
  for await (const _ of early.each()) break;
  expect([cluster.server, cluster.namespace, early.namespace, all.in().namespace]).toEqual([
    "https://recorded.test",
    "shop",
    "shop",
    "shop",
  ]);
  expect(
    requests.map(({ method, path }) => `${method} ${path.replace("/apis/example.com/v1/namespaces/", "")}`),
  ).toEqual([
    "GET shop/widgets/w",
    "GET mine/widgets/w",
    "POST shop/widgets",
    "PATCH shop/widgets/w",
    "PATCH shop/widgets/w/status",
    "GET shop/widgets",
  ]);
  // The server fills in the namespace of its path.
  expect(JSON.parse(requests[2]?.body as string)).toEqual({ ...widget, metadata: { name: "w" } });
});

test("an error of the server names the path that was asked", async () => {
  const transport = recordingTransport(() => ({ status: 404, json: {} }));
  const cluster = connectOnUse({ transport, kubeconfigText });
  const error = await rejection(cluster.resource<KubernetesObject>(widgets).in().get("w"));
  expect((error as Error).message).toMatch(/\(get \/apis\/example.com\/v1\/namespaces\/shop\/widgets\/w\)$/);
});

test("a wrong option is told at once; a configuration that cannot be used by the call, and the next call reads again", async () => {
  expect(() => connectOnUse({ kubeConfig: "x" } as never)).toThrow("did you mean kubeconfig?");
  const folder = await mkdtemp(join(tmpdir(), "kubewright-late-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "config");
  const transport = recordingTransport(() => ({ json: { gitVersion: "v1" } }));
  const cluster = connectOnUse({ kubeconfig: file, transport });
  const error = await rejection(cluster.version());
  expect(error).toMatchObject({ name: "ConfigError" });
  expect((error as Error).message).toContain(file);
  await writeFile(file, kubeconfigText);
  expect(await cluster.version()).toEqual({ gitVersion: "v1" });
});

test("options that change after the call do not count", async () => {
  const transport = recordingTransport(() => ({ json: { gitVersion: "v1" } }));
  const options: { transport: typeof transport; kubeconfigText: string } = { transport, kubeconfigText };
  const cluster = connectOnUse(options);
  options.kubeconfigText = "broken: [";
  expect(await cluster.version()).toEqual({ gitVersion: "v1" });
});

test("closed before its first call, it reads nothing and sends nothing", async () => {
  const { cluster, requests } = setUp();
  await cluster.close();
  for (const call of [cluster.version(), cluster.resource<KubernetesObject>(widgets).in().get("w")])
    expect(await rejection(call)).toMatchObject({ name: "ConnectionError", sent: "no" });
  expect(requests).toEqual([]);
});

test("those who ask at once share one opening, an abort ends the waiting alone, and closing closes what was being opened", async () => {
  let finish: (path: OpenedPath) => void = () => {};
  let openings = 0;
  const { path, namespace } = createLateCallPath(() => {
    openings += 1;
    return new Promise((resolve) => {
      finish = resolve;
    });
  });
  const controller = new AbortController();
  const aborted = rejection(path.transport.send(apiRequest("/a", { signal: controller.signal })));
  const other = path.transport.send(apiRequest("/b"));
  const read = namespace.read();
  controller.abort("enough");
  expect(await aborted).toBe("enough");
  const closing = path.transport.close();
  const late = rejection(path.transport.send(apiRequest("/c")));
  expect(await late).toMatchObject({ message: expect.stringContaining("Closed") });
  let closed = false;
  const transport = { ...recordingTransport(), close: async () => void (closed = true) };
  finish({ transport, interceptors: [], namespace: "n" });
  await closing;
  expect([openings, closed, await read, (await other).status]).toEqual([1, true, "n", 200]);
});
