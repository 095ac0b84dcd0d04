import { getEventListeners } from "node:events";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import type { ApiRequest, ApiResponse } from "../transport/transport.ts";
import type { Replay } from "../types/http.ts";
import { createResendBudget, createResends } from "../transport/resends.ts";
import { retry } from "./retry.ts";

const request = (method: ApiRequest["method"], replay: Replay, budget = createResendBudget()): ApiRequest => ({
  verb: method.toLowerCase(),
  method,
  path: "/api/v1/x",
  query: "",
  headers: {},
  body: undefined,
  signal: undefined,
  streaming: false,
  replay,
  resends: createResends({ method, replay }, budget),
});

function response(status: number, retryAfter?: string, text = "{}"): ApiResponse {
  return {
    status,
    headers: { get: (name) => (name === "retry-after" ? retryAfter : undefined) },
    body: (async function* () {
      yield new TextEncoder().encode(text);
    })(),
    discard: () => {},
  };
}

/** Sends through a fresh retry interceptor; answers come in order, the last again and again. */
async function send(
  answers: readonly (ApiResponse | Error)[],
  sent: ApiRequest,
  interceptor = retry(undefined, clock),
) {
  const times: number[] = [];
  const sending = interceptor(async () => {
    times.push(clock.now());
    const answer = answers[Math.min(times.length, answers.length) - 1];
    if (answer instanceof Error) throw answer;
    return answer as ApiResponse;
  })(sent).catch((error: unknown) => error);
  return { times, outcome: await clock.run(sending) };
}

let clock: VirtualClock;
beforeEach(() => void (clock = createVirtualClock({ wallNow: 1_000_000 })));

describe("429 with Retry-After", () => {
  test("is sent again, never before its time, for any verb but eviction", async () => {
    const { times, outcome } = await send([response(429, "2"), response(201)], request("POST", "refused"));
    expect(outcome).toMatchObject({ status: 201 });
    expect(times).toHaveLength(2);
    expect((times[1] as number) - (times[0] as number)).toBeGreaterThanOrEqual(2000);
    expect((await send([response(429, "2")], request("POST", "never"))).times).toHaveLength(1);
  });

  test("takes an HTTP date, and does nothing without the header", async () => {
    const date = new Date(1_005_000).toUTCString();
    const { times } = await send([response(429, date), response(200)], request("GET", "safe"));
    expect((times[1] as number) - (times[0] as number)).toBeGreaterThanOrEqual(4000);
    expect((await send([response(429)], request("GET", "safe"))).times).toHaveLength(1);
    expect((await send([response(429, "soon")], request("GET", "safe"))).times).toHaveLength(1);
  });
});

test("what is sent again is let go of first, and those who wait part", async () => {
  const discard = vi.fn<() => void>();
  const { times } = await send([{ ...response(429, "2"), discard }, response(200)], request("GET", "safe"));
  expect(discard).toHaveBeenCalledTimes(1);
  const other = await send([response(429, "2"), response(200)], request("GET", "safe"));
  const waits = [times, other.times].map(([first = 0, second = 0]) => second - first);
  expect(waits[0]).not.toBe(waits[1]);
  expect(Math.max(...waits)).toBeLessThanOrEqual(2200);
});

describe("5xx with Retry-After", () => {
  test("is sent again only where twice is the same as once", async () => {
    const answers = [response(503, "1"), response(200)];
    expect((await send(answers, request("GET", "safe"))).times).toHaveLength(2);
    expect((await send([response(503, "1")], request("POST", "refused"))).times).toHaveLength(1);
    expect((await send([response(503)], request("GET", "safe"))).times).toHaveLength(1);
  });

  test("is handed on with its body when the resourceVersion is too large", async () => {
    const text = '{"kind":"Status","details":{"causes":[{"reason":"ResourceVersionTooLarge"}]}}';
    const { times, outcome } = await send([response(504, "1", text)], request("GET", "safe"));
    expect(times).toHaveLength(1);
    const chunks: string[] = [];
    for await (const chunk of (outcome as ApiResponse).body) chunks.push(new TextDecoder().decode(chunk));
    expect(chunks.join("")).toBe(text);
  });
});

describe("connections", () => {
  const lost = new ConnectionError("Reset", { sent: "maybe" });
  test("a read is sent again after a loss, a write is not", async () => {
    expect((await send([lost, response(200)], request("GET", "safe"))).outcome).toMatchObject({ status: 200 });
    expect(await send([lost], request("PUT", "safe"))).toMatchObject({ outcome: lost, times: { length: 1 } });
  });

  test("one connection that breaks under 100 reads costs none of them", async () => {
    const interceptor = retry(undefined, clock);
    const outcomes = Array.from({ length: 100 }, () => {
      let sent = 0;
      return interceptor(async () => {
        if (sent++ === 0) throw lost;
        return response(200);
      })(request("GET", "safe"));
    });
    for (const outcome of await clock.run(Promise.all(outcomes))) expect(outcome.status).toBe(200);
  });

  test("a server that breaks every connection gets each read twice, and few more", async () => {
    const interceptor = retry(undefined, clock);
    const budget = createResendBudget();
    let sent = 0;
    const outcomes = Array.from({ length: 100 }, () =>
      interceptor(async () => {
        sent += 1;
        throw lost;
      })(request("GET", "safe", budget)).catch((error: unknown) => error),
    );
    for (const outcome of await clock.run(Promise.all(outcomes))) expect(outcome).toBe(lost);
    expect(sent).toBeLessThanOrEqual(2 * 100 + 10);
  });

  test("a server that cannot be reached is told at once", async () => {
    const refused = new ConnectionError("Refused", { sent: "no" });
    expect(await send([refused], request("GET", "safe"))).toMatchObject({ outcome: refused, times: { length: 1 } });
  });

  test("what another try would not change is told at once", async () => {
    const noHttp = new ConnectionError("NotHttp", { permanent: true });
    expect(await send([noHttp], request("GET", "safe"))).toMatchObject({ outcome: noHttp, times: { length: 1 } });
  });
});

describe("limits", () => {
  test("at most 10 retries of one request", async () => {
    const { times, outcome } = await send([response(429, "1")], request("GET", "safe"));
    expect(times).toHaveLength(11);
    expect(outcome).toMatchObject({ status: 429 });
  });

  test("ten minutes of refusals are answered with at most 1.1 times the requests, after the first ten", async () => {
    const interceptor = retry(undefined, clock);
    const budget = createResendBudget();
    let sent = 0;
    const storm = interceptor(async () => {
      sent += 1;
      return response(429, "1");
    });
    const firsts = 600 * 20;
    for (let i = 0; i < firsts; i++) {
      void storm(request("GET", "safe", budget));
      await clock.advance(50);
    }
    while (clock.pending > 0) await clock.advance(60_000);
    expect(sent).toBeLessThanOrEqual(firsts * 1.1 + 10);
    expect(sent).toBeGreaterThan(firsts * 1.09);
  });

  test("an abort ends the waiting with its reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const waiting = retry(undefined, clock)(async () => response(429, "60"))({
      ...request("GET", "safe"),
      signal: controller.signal,
    });
    const outcome = waiting.catch((error: unknown) => error);
    await clock.advance(10);
    controller.abort(reason);
    expect(await outcome).toBe(reason);
    expect(clock.pending).toBe(0);
    const late = retry(undefined, clock)(async () => response(429, "60"))({
      ...request("GET", "safe"),
      signal: controller.signal,
    });
    await expect(late).rejects.toBe(reason);
    expect(clock.pending).toBe(0);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    const { signal } = new AbortController();
    await send([response(429, "1"), response(200)], { ...request("GET", "safe"), signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
