import { afterAll, expect, inject, test } from "vitest";
import { startHttpProxy, type TestProxy } from "../support/proxies.ts";
import { execCases } from "./exec-cases.ts";
import { inputCases } from "./input-cases.ts";
import { held } from "./support.ts";

let proxy: TestProxy;
afterAll(() => proxy.close());

const own = held(async () => {
  proxy = await startHttpProxy();
  return { kubeconfig: inject("controlPlane").admin.kubeconfig, proxyUrl: `http://${proxy.hostPort}` };
});
execCases(own, "v5.channel.k8s.io");
inputCases(own);

test("each session is a tunnel of its own", async () => {
  const before = proxy.dials.length;
  await Promise.all([1, 2, 3].map(() => own.pods.exec("one", { command: ["true"] }).output()));
  expect(proxy.dials.length - before).toBe(3);
});
