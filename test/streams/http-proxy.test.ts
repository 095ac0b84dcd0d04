import { afterAll, expect, inject, test } from "vitest";
import { startHttpProxy, type TestProxy } from "../support/proxies.ts";
import { attachCases } from "./attach-cases.ts";
import { connectCases } from "./connect-cases.ts";
import { execCases } from "./exec-cases.ts";
import { portForwardCases } from "./port-forward-cases.ts";
import { inputCases } from "./input-cases.ts";
import { held } from "./support.ts";

let proxy: TestProxy;
afterAll(() => proxy.close());

const own = held(async () => {
  proxy = await startHttpProxy();
  return { kubeconfig: inject("controlPlane").admin.kubeconfig, proxyUrl: `http://${proxy.hostPort}` };
});
// What has no input speaks v4 with every server.
execCases(own, "v4.channel.k8s.io");
attachCases(own, "v5.channel.k8s.io");
inputCases(own);
connectCases(own, "SPDY/3.1+portforward.k8s.io");
portForwardCases(own, "SPDY/3.1+portforward.k8s.io");

test("each session is a tunnel of its own", async () => {
  const before = proxy.dials.length;
  await Promise.all([1, 2, 3].map(() => own.pods.exec("one", { command: ["true"] }).output()));
  expect(proxy.dials.length - before).toBe(3);
});
