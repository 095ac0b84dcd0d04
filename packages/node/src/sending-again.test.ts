import { ConnectionError, createCluster, retry, type ApiResponse, type KubernetesObject } from "@kubewright/core";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeBytes, fakeCodec, protobufType } from "../../../test/support/fake-protobuf.ts";
import { rotateTls } from "./credentials/rotate-tls.ts";
import { authorize } from "./credentials/renewing.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const failures = [
  "busy",
  "failing",
  "lost",
  "truncated",
  "unauthorized",
  "unsent",
  "unprocessed",
  "unreadable",
  "unsupported",
] as const;
type Failure = (typeof failures)[number];

/** The rules, told a second time: how often each failure may be followed by another sending. */
const most: Readonly<Record<Failure, number>> = {
  busy: 10,
  failing: 10,
  lost: 10,
  truncated: 2,
  unauthorized: 2, // once with another token, once with other certificate files
  unsent: 1,
  unprocessed: 8, // seven times, and once with other certificate files
  unreadable: 1,
  unsupported: 1,
};
/** After these, the server may have acted, or has said no. */
const forbidden: Readonly<Record<string, readonly Failure[]>> = {
  get: ["unsupported"],
  create: ["failing", "lost", "truncated", "unreadable"],
  evict: ["busy", "failing", "lost", "truncated", "unreadable"],
  apply: ["lost", "truncated", "unreadable", "unsupported"],
};
const paid: readonly Failure[] = ["busy", "failing", "lost", "truncated"];

const object = { apiVersion: "apps/v1", kind: "Widget", metadata: { name: "w" } };
// A group that is read and written in protobuf.
const widgets = {
  group: "apps",
  version: "v1",
  plural: "widgets",
  kind: "Widget",
  namespaced: true,
  subresources: { eviction: { group: "policy", version: "v1", kind: "Eviction", verbs: ["create"] } },
} as const;

function response(status: number, ...body: readonly (string | Uint8Array | Error)[]): ApiResponse {
  const type = body[0] instanceof Uint8Array ? protobufType : "application/json";
  const headers: Record<string, string> = { "content-type": type, "retry-after": "0" };
  return {
    status,
    headers: { get: (name) => headers[name] },
    discard() {},
    body: (async function* () {
      for (const part of body) {
        if (part instanceof Error) throw part;
        yield typeof part === "string" ? new TextEncoder().encode(part) : part;
      }
    })(),
  };
}

/** A cluster with everything that sends again, over a transport that plays `outcomes`, and what it sent. */
function setUp() {
  const state = { outcomes: [] as (Failure | "ok")[], sent: 0 };
  let tokens = 0;
  const renewing = {
    current: async () => ({ reveal: () => `t${tokens}` }),
    renew: async () => ({ reveal: () => `t${++tokens}` }),
  };
  const files = { current: async () => ({ ca: "old" }), renew: async () => ({ ca: "new" }) };
  const cluster = createCluster({
    interceptors: [retry(), authorize(renewing, (secret) => secret as never), rotateTls(files, () => {})],
    timeoutMs: 1e9,
    fieldManager: "me",
    onWarning: () => {},
    protobuf: () => fakeCodec,
    encoding: { read: "protobuf", write: "protobuf" },
    transport: {
      server: "https://fake.test",
      close: async () => {},
      async send({ resends }) {
        for (;;) {
          const outcome = state.outcomes[state.sent++] ?? "ok";
          switch (outcome) {
            case "busy":
              return response(429);
            case "failing":
              return response(503);
            case "lost":
              throw new ConnectionError("Lost", { sent: "maybe" });
            case "truncated":
              return response(200, '{"kind":', new ConnectionError("Lost", { sent: "maybe" }));
            case "unauthorized":
              return response(401);
            case "unsent":
              throw new ConnectionError("Refused", { sent: "no" });
            case "unprocessed":
              if (resends.allow("unprocessed")) continue;
              throw new ConnectionError("Refused", { sent: "no" });
            case "unreadable":
              return response(200, fakeBytes({ ...object, newField: 1 }));
            case "unsupported":
              return response(415);
            case "ok":
              return response(200, JSON.stringify(object));
          }
        }
      },
    },
  });
  const here = cluster.resource<KubernetesObject>(widgets).in("home") as unknown as Record<
    "get" | "create" | "apply",
    (given: unknown) => Promise<unknown>
  > & { eviction: { create(name: string, body: object): Promise<unknown> } };
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    get: () => here.get("w"),
    create: () => here.create(object),
    evict: () => here.eviction.create("w", {}),
    apply: () => here.apply(object),
  };
  return { state, calls };
}

async function settled(promise: Promise<unknown>): Promise<boolean> {
  const outcome = promise.then(
    () => true,
    () => false,
  );
  await vi.runAllTimersAsync();
  return outcome;
}

// Mostly what may come often, or no mix would get far.
const failure = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("busy", "failing", "lost", "unprocessed") },
  { weight: 1, arbitrary: fc.constantFrom(...failures) },
);
const outcomes = fc.array(failure, { maxLength: 30, size: "max" });

test("nothing is sent more often than the rules say, under any mix of failures", async () => {
  let longest = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom("get", "create", "evict", "apply"), outcomes, async (verb, played) => {
      const { state, calls } = setUp();
      state.outcomes = played;
      const succeeded = await settled(calls[verb]!());
      expect(state.sent).toBeLessThanOrEqual(11);
      longest = Math.max(longest, state.sent);
      // Each sending but the last was followed by another.
      const followed = played.slice(0, state.sent - 1);
      for (const failure of failures) {
        const times = followed.filter((other) => other === failure).length;
        expect([failure, times <= most[failure]]).toEqual([failure, true]);
        if (forbidden[verb]!.includes(failure)) expect([failure, times]).toEqual([failure, 0]);
      }
      // And it was not given up before its time, where one failure alone came.
      expect(succeeded).toBe(state.sent > played.length);
      const [only] = played;
      if (only !== undefined && played.every((failure) => failure === only) && !forbidden[verb]!.includes(only))
        expect(state.sent).toBe(Math.min(played.length, only === "unsent" ? 1 : most[only]) + 1);
    }),
    // Nine of a kind: what certificates add to what an HTTP/2 server took none of.
    { numRuns: 500, examples: [["create", Array.from({ length: 9 }, () => "unprocessed" as const)]] },
  );
  expect(longest, "the mixes reach the bound").toBe(11);
});

test("a whole cluster sends again at most ten times beyond a tenth of its calls, what is free aside", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(outcomes, { maxLength: 30 }), async (all) => {
      const { state, calls } = setUp();
      let costs = 0;
      for (const played of all) {
        state.outcomes = played;
        state.sent = 0;
        await settled(calls["get"]!());
        const charged = played.slice(0, state.sent - 1).filter((failure) => paid.includes(failure));
        const losses = charged.filter((failure) => failure === "lost" || failure === "truncated").length;
        costs += charged.length - Math.min(losses, 1);
      }
      expect(costs).toBeLessThanOrEqual(10 + 0.1 * all.length);
    }),
    { numRuns: 100 },
  );
});
