import { expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { rateLimit } from "./rate-limit.ts";

test("who gives up leaves the place to those behind, and never lets two go at once", async () => {
  const clock = createVirtualClock();
  const transport = recordingTransport();
  const cluster = createCluster({
    transport,
    clock,
    interceptors: [rateLimit({ qps: 1, burst: 1 }, { clock })],
  });
  const impatient = new AbortController();
  const signals = [undefined, undefined, impatient.signal, undefined];
  const calls = signals.map((signal) => cluster.version({ signal }).catch((error: unknown) => error));
  await clock.advance(100);
  impatient.abort("enough");
  expect(await calls[2]).toBe("enough");
  calls.push(cluster.version());
  const sent = [];
  for (let second = 0; second < 5; second++) {
    sent.push(transport.requests.length);
    await clock.advance(1000);
  }
  expect(sent).toEqual([1, 2, 3, 4, 4]);
  expect(clock.pending).toBe(0);
});

test("closing lets all go at once, and leaves no timer", async () => {
  const clock = createVirtualClock();
  const transport = recordingTransport();
  const closed = new AbortController();
  const cluster = createCluster({
    transport,
    clock,
    interceptors: [rateLimit({ qps: 0.001, burst: 1 }, { closed: closed.signal, clock })],
  });
  const calls = Array.from({ length: 5 }, () => cluster.version());
  await clock.settle();
  expect(transport.requests).toHaveLength(1);
  closed.abort();
  await Promise.all(calls);
  expect(transport.requests).toHaveLength(5);
  expect(clock.pending).toBe(0);
});
