import { beforeEach, expect, test } from "vitest";
import { apiRequest } from "../../../../test/support/api-request.ts";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import type { ApiResponse } from "../transport/transport.ts";
import { retry } from "./retry.ts";

let clock: VirtualClock;
// Far from what the platform says, so that a moment of one is never taken for a moment of the other.
beforeEach(() => void (clock = createVirtualClock({ now: 1e9 })));

function response(status: number, retryAfter: string, body: AsyncIterable<Uint8Array> = empty()): ApiResponse {
  return { status, headers: { get: (name) => (name === "retry-after" ? retryAfter : undefined) }, body, discard() {} };
}

async function* empty(): AsyncGenerator<Uint8Array> {}

async function* breaking(): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(5);
  throw new ConnectionError("Reset", { sent: "maybe" });
}

// Beyond what setTimeout can hold, it does not wait at all.
test.each(["3000000", "9".repeat(400), "Fri, 31 Dec 9999 23:59:59 GMT"])("%s is waited for", async (value) => {
  const controller = new AbortController();
  let sent = 0;
  const send = retry(
    undefined,
    clock,
  )(async () => {
    sent += 1;
    return response(429, value);
  });
  const outcome = send(apiRequest("/x", { replay: "safe", signal: controller.signal })).catch(
    (error: unknown) => error,
  );
  await clock.advance(3_600_000);
  expect(sent).toBe(1);
  controller.abort("enough");
  expect(await outcome).toBe("enough");
});

test("what the call's time is too short for is not waited for: the answer is handed on at once", async () => {
  let sent = 0;
  const cluster = createCluster({
    clock,
    transport: recordingTransport(() => {
      sent += 1;
      return { status: 429, json: {}, headers: { "retry-after": "30" } };
    }),
    interceptors: [retry(undefined, clock)],
  });
  const short = cluster.version({ timeoutMs: 29_000 }).catch((error: unknown) => error);
  await clock.settle();
  expect(await short).toMatchObject({ name: "StatusError", statusCode: 429, retryAfterSeconds: 30 });
  expect(sent).toBe(1);
  const long = cluster.version({ timeoutMs: 50_000 }).catch((error: unknown) => error);
  await clock.advance(40_000);
  expect(await long).toMatchObject({ statusCode: 429 });
  expect(sent).toBe(3);
});

test("closing cuts the waiting short: what is sent then says the rest", async () => {
  const closed = new AbortController();
  let sent = 0;
  const send = retry(
    closed.signal,
    clock,
  )(async () => {
    if (closed.signal.aborted) throw new Error("closed");
    sent += 1;
    return response(429, "60");
  });
  const outcome = send(apiRequest("/x", { replay: "safe" })).catch((error: unknown) => error);
  await clock.advance(10);
  expect(sent).toBe(1);
  closed.abort();
  await clock.settle();
  expect(clock.pending).toBe(0);
  expect(await outcome).toMatchObject({ message: "closed" });
});

test("an error whose body breaks off keeps its status, and is sent again like any other", async () => {
  let sent = 0;
  const send = retry(
    undefined,
    clock,
  )(async () => {
    sent += 1;
    return response(503, "1", breaking());
  });
  const outcome = send(apiRequest("/x", { replay: "safe" }));
  const { status, body } = await clock.run(outcome);
  expect(sent).toBe(11);
  expect(status).toBe(503);
  await expect(body[Symbol.asyncIterator]().next()).rejects.toThrow("Reset");
});
