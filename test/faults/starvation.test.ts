import { CoreV1 } from "kubewright/core/v1";
import { expect, test } from "vitest";

import { until } from "../support/api-request.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import { asAdmin, closing, connecting, controlPlane, measured } from "./support.ts";

const held = closing();
const connected = connecting();

test("300 watches on h2: plain requests wait for none of them", async () => {
  const counter = await held(startFaultProxy(controlPlane().server));
  const cluster = await connected(asAdmin(counter.url));
  const core = cluster.api(CoreV1);
  const stop = new AbortController();
  const slow = async (): Promise<number> => {
    let slowest = 0;
    for (let i = 0; i < 100; i++) {
      const began = performance.now();
      await core.namespaces.get("default");
      slowest = Math.max(slowest, performance.now() - began);
    }
    return Math.round(slowest);
  };
  const before = await slow();

  let initial = 0;
  const failures: unknown[] = [];
  for (let i = 0; i < 300; i++) {
    void (async () => {
      for await (const _ of core.namespaces.watch({ fieldSelector: "metadata.name=default", signal: stop.signal }))
        initial += 1;
    })().catch((error: unknown) => stop.signal.aborted || failures.push(error));
  }
  // While the watches are being opened, too.
  const during = await slow();
  await until(() => initial >= 300, 20_000);
  const beside = await slow();
  const burstBegan = performance.now();
  await Promise.all(Array.from({ length: 200 }, () => core.namespaces.get("default")));
  const burst = Math.round(performance.now() - burstBegan);
  measured(
    "slowest of 100 GETs before, while opening, beside 300 watches",
    `${before}, ${during}, ${beside} ms; 200 at once ${burst} ms`,
  );
  measured("connections for it", counter.accepted);
  expect(failures).toEqual([]);
  expect(initial).toBe(300);
  // A stream that a watch holds is free after minutes.
  expect(Math.max(beside, during)).toBeLessThan(10_000);
  // 90 watches each on four connections, and room for the burst.
  expect(counter.accepted).toBeGreaterThanOrEqual(4);
  expect(counter.accepted).toBeLessThanOrEqual(8);
  stop.abort();
  await cluster.close();
  await until(() => counter.open === 0);
});
