import type { Cluster } from "@kubewright/core";
import { CoreV1 } from "kubewright/core/v1";
import { ConnectionError } from "kubewright";
import { describe, expect, test } from "vitest";

import { until } from "../support/api-request.ts";
import { type FaultProxy, startFaultProxy } from "../support/fault-proxy.ts";
import { asAdmin, closing, connecting, controlPlane, failureOf, measured } from "./support.ts";

const held = closing();
const connected = connecting();

function startProxy(): Promise<FaultProxy> {
  return held(startFaultProxy(controlPlane().server));
}

/** Opens a watch and reads its first event; `ended` settles with what ends it. */
async function openWatch(core: CoreV1, signal?: AbortSignal) {
  const events = core.namespaces.watch({ signal })[Symbol.asyncIterator]();
  await events.next();
  const ended = failureOf(
    (async () => {
      while (!(await events.next()).done);
      throw new Error("ended without an error");
    })(),
  );
  return { ended };
}

describe("a network that swallows everything", () => {
  test(
    "is found within 15 s over h2, by a watch and by a write; the next request takes a new connection",
    { timeout: 40_000 },
    async () => {
      const proxy = await startProxy();
      const [watcher, writer] = [await connected(asAdmin(proxy.url)), await connected(asAdmin(proxy.url))];
      const { ended } = await openWatch(watcher.api(CoreV1));
      await writer.version();
      proxy.blackHole();
      const write = failureOf(writer.api(CoreV1).namespaces.create({ metadata: { name: "never" } }));
      for (const [what, { error, ms }] of [
        ["watch", await ended],
        ["write", await write],
      ] as const) {
        measured(`black hole, ${what} on h2, found after`, `${ms} ms`);
        expect(error).toBeInstanceOf(ConnectionError);
        expect(error.message).toMatch(
          /^ConnectionLost: 127\.0\.0\.1:\d+ did not answer a ping within 5 s \((watch|create) /,
        );
        expect(ms).toBeLessThan(15_000);
      }
      expect(proxy.accepted).toBe(2);
      await proxy.heal();
      const began = performance.now();
      await watcher.version();
      measured("first request after that", `${Math.round(performance.now() - began)} ms`);
      expect(proxy.accepted).toBe(3);
    },
  );

  test("HTTP/1.1: a request ends with its own bound", async () => {
    const proxy = await startProxy();
    const cluster = await connected({ ...asAdmin(proxy.url), protocol: "http/1.1" });
    await cluster.version();
    proxy.blackHole();
    const { error, ms } = await failureOf(cluster.api(CoreV1).namespaces.list({ timeoutMs: 700 }));
    expect(error.name).toBe("TimeoutError");
    expect(ms).toBeLessThan(10 * 700);
    // The connection it waited on is not used again.
    await proxy.heal();
    await cluster.version();
    expect(proxy.accepted).toBe(2);
  });
});

describe.each(["auto", "http/1.1"] as const)(
  "a watch over %s ends at once, with an error that says why",
  (protocol) => {
    test.each([
      ["RST", (proxy: FaultProxy) => proxy.reset()],
      ["FIN", (proxy: FaultProxy) => proxy.fin()],
      ["FIN from the server only", (proxy: FaultProxy) => proxy.halfClose()],
    ])("by %s", async (_what, breakIt) => {
      const proxy = await startProxy();
      const cluster = await connected({ ...asAdmin(proxy.url), protocol });
      const { ended } = await openWatch(cluster.api(CoreV1));
      breakIt(proxy);
      const { error, ms } = await ended;
      expect(error).toBeInstanceOf(ConnectionError);
      expect(error.message).toMatch(/^ConnectionLost: .* \(watch \/api\/v1\/namespaces\)$/);
      // Before a ping would have found it.
      expect(ms).toBeLessThan(5000);
      await cluster.version();
      expect(proxy.accepted).toBe(2);
      await cluster.close();
      await until(() => proxy.open === 0);
    });
  },
);

describe.each(["auto", "http/1.1"] as const)("lists over %s are whole or an error", (protocol) => {
  // Other tests make and delete namespaces at the same time.
  const expectWhole = async (cluster: Cluster): Promise<void> => {
    const { items } = await cluster.api(CoreV1).namespaces.list();
    const names = items.map(({ metadata }) => metadata.name);
    expect(names).toEqual(expect.arrayContaining(["default", "kube-node-lease", "kube-public", "kube-system"]));
  };

  test("answers arrive whole through bytes in small pieces, late and out of step", async () => {
    const proxy = await startProxy();
    proxy.shape({ sliceBytes: 7, delayMs: 2, jitterMs: 3 });
    await expectWhole(await connected({ ...asAdmin(proxy.url), protocol }));
  });

  test("answers cut off after some bytes arrive whole or are a ConnectionError", async () => {
    const proxy = await startProxy();
    let lost = 0;
    for (const truncateAfterBytes of [1, 100, 1000, 2000, 2500, 3000, 4000, 5000, 6000, 8000]) {
      proxy.shape({ truncateAfterBytes });
      const cluster = await connected({ ...asAdmin(proxy.url), protocol, compression: false });
      const outcome = await expectWhole(cluster).catch((error: unknown) => error);
      if (outcome === undefined) continue;
      lost += 1;
      expect(outcome).toBeInstanceOf(ConnectionError);
    }
    expect(lost).toBeGreaterThan(3);
  });
});

test("a network that breaks every 250 ms: no read fails", async () => {
  const proxy = await startProxy();
  const cluster = await connected(asAdmin(proxy.url));
  const core = cluster.api(CoreV1);
  let reads = 0;
  let failed = 0;
  const end = performance.now() + 3000;
  const readers = Array.from({ length: 8 }, async () => {
    while (performance.now() < end) {
      await core.namespaces.get("default").then(
        () => (reads += 1),
        () => (failed += 1),
      );
    }
  });
  let cuts = 0;
  const breaking = (async () => {
    // Each cut has eight reads sent again, and a tenth of all may be: however slow the machine, so many come before the next.
    for (let enough = 100; performance.now() < end - 200;) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      if (reads < enough) continue;
      proxy.reset();
      cuts += 1;
      enough = reads + 100;
    }
  })();
  await Promise.all([...readers, breaking]);
  // No read waited for a ping's answer that could not come, five seconds.
  expect(performance.now() - end).toBeLessThan(5000);
  measured("RST every 250 ms for 3 s", `${reads} reads done, ${failed} failed, ${cuts} cuts`);
  expect([failed, cuts > 0]).toEqual([0, true]);
});
