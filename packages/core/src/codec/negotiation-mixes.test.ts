import fc from "fast-check";
import { expect, test } from "vitest";
import { fakeBytes, fakeCodec, fakeFrame, protobufType } from "../../../../test/support/fake-protobuf.ts";
import { type Answer, recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { isKubeError } from "../errors/kube-error.ts";
import { retry } from "../interceptors/retry.ts";
import type { ApiRequest } from "../transport/transport.ts";
import type { KubernetesObject } from "../types/object.ts";

const pods = { group: "", version: "v1", plural: "pods", kind: "Pod", namespaced: true } as const;

/** What the server does with one request. */
interface Act {
  /** Protobuf where it was asked for, or in any case; what it says of it, or nothing. */
  readonly form: "as asked" | "json" | "protobuf" | "page";
  readonly typed: boolean;
  readonly code: 200 | 403 | 406 | 415 | 429 | 503;
  /** The Status of a failure, behind a 200 too. */
  readonly failure: boolean;
  /** Something that the schema does not know. */
  readonly newer: boolean;
}

const act: fc.Arbitrary<Act> = fc.record<Act>({
  form: fc.oneof(
    { weight: 6, arbitrary: fc.constant("as asked" as const) },
    { weight: 1, arbitrary: fc.constantFrom("json" as const, "protobuf" as const, "page" as const) },
  ),
  typed: fc.nat(3).map((n) => n > 0),
  code: fc.oneof(
    { weight: 6, arbitrary: fc.constant(200 as const) },
    { weight: 1, arbitrary: fc.constantFrom(403 as const, 406 as const, 415 as const, 429 as const, 503 as const) },
  ),
  failure: fc.nat(4).map((n) => n === 0),
  newer: fc.boolean(),
});

const verbs = ["get", "list", "watch", "create", "update"] as const;

const metadata = { name: "a", resourceVersion: "7" };
const podOf = ({ newer }: Act) => ({
  kind: "Pod",
  apiVersion: "v1",
  metadata,
  spec: newer ? { newField: 1 } : { a: 1 },
});
const listOf = (one: Act) => ({ kind: "PodList", apiVersion: "v1", metadata: {}, items: [podOf(one), podOf(one)] });
const statusOf = ({ code, newer }: Act) => ({
  kind: "Status",
  apiVersion: "v1",
  status: "Failure",
  reason: "Because",
  message: "no",
  code: code === 200 ? 403 : code,
  ...(newer ? { newField: 1 } : undefined),
});

/** What was meant, whatever its form. */
function meant(one: Act, { verb }: ApiRequest): unknown {
  if (one.failure || one.code !== 200) return statusOf(one);
  return verb === "list" ? listOf(one) : podOf(one);
}

function answered(one: Act, request: ApiRequest): Answer {
  if (one.form === "page")
    return { status: one.code, body: "<html>", headers: one.typed ? { "content-type": "text/html" } : {} };
  const asked = request.headers["accept"]?.join().includes(protobufType) === true;
  const inProtobuf = one.form === "protobuf" || (one.form === "as asked" && asked);
  const value = meant(one, request);
  const event = { type: one.failure ? "ERROR" : "ADDED", object: value };
  const isWatch = request.verb === "watch" && one.code === 200;
  const json = JSON.stringify(isWatch ? event : value);
  return {
    status: one.code,
    headers: {
      "retry-after": "1",
      ...(one.typed ? { "content-type": inProtobuf ? protobufType : "application/json" } : undefined),
    },
    body: inProtobuf ? (isWatch ? fakeFrame(event) : fakeBytes(value)) : json,
  };
}

const well: Act = { form: "as asked", typed: true, code: 200, failure: false, newer: false };

interface Exchange {
  readonly request: ApiRequest;
  readonly act: Act;
}

const listsProtobuf = ({ request }: Exchange): boolean =>
  request.headers["accept"]?.join().includes(protobufType) === true;
const sendsProtobuf = ({ request }: Exchange): boolean => request.headers["content-type"]?.join() === protobufType;

test("whatever a server answers, in whatever encoding: what it meant, or an error of the library, after few requests", async () => {
  const ways = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...verbs), { minLength: 1, maxLength: 4 }),
      fc.array(act, { maxLength: 14 }),
      fc.constantFrom(undefined, "json" as const, "protobuf" as const),
      fc.constantFrom(undefined, "protobuf" as const),
      async (called, acts, read, write) => {
        const clock = createVirtualClock();
        let loads = 0;
        const warnings: string[] = [];
        const exchanges = called.map((): Exchange[] => []);
        let next = 0;
        const transport = recordingTransport((request) => {
          const one = acts[next++] ?? well;
          // Each call has a namespace of its own.
          exchanges[Number(/namespaces\/n([0-9])/.exec(request.path)?.[1])]?.push({ request, act: one });
          return answered(one, request);
        });
        const cluster = createCluster({
          transport,
          clock,
          interceptors: [retry(undefined, clock)],
          protobuf: async () => {
            loads += 1;
            return fakeCodec;
          },
          encoding: { read, write },
          onWarning: (text) => warnings.push(text),
          timeoutMs: 1e9,
        });
        const calls = called.map(async (verb, index) => {
          const here = cluster.resource<KubernetesObject>(pods).in(`n${index}`);
          if (verb === "get") return here.get("a");
          if (verb === "list") return here.list();
          if (verb === "create") return here.create({ metadata: { name: "a" } });
          if (verb === "update") return here.update({ metadata: { name: "a", resourceVersion: "1" } });
          for await (const { object } of here.watch({ resourceVersion: "1" })) return object;
          return undefined;
        });
        const outcomes = await clock.run(Promise.allSettled(calls), 1e9);
        expect(loads).toBeLessThanOrEqual(1);
        expect(warnings.length).toBeLessThanOrEqual(1);
        for (const [index, outcome] of outcomes.entries()) {
          const made = exchanges[index]!;
          const last = made.at(-1)!;
          expect(made.length).toBeLessThanOrEqual(11);
          // What was once asked for, or sent, as JSON is so to the end of the call.
          for (const proposes of [listsProtobuf, sendsProtobuf])
            expect(made.map(proposes)).toEqual(made.map(proposes).toSorted((a, b) => Number(b) - Number(a)));
          const { form, code, failure, newer } = last.act;
          if (outcome.status === "fulfilled") {
            expect(outcome.value).toEqual(meant(last.act, last.request));
            expect([code, failure, form === "page"]).toEqual([200, false, false]);
            ways.add(`${made.some(listsProtobuf)} ${listsProtobuf(last)} ${sendsProtobuf(last)}`);
          } else {
            expect(outcome.reason).toSatisfy(isKubeError);
            if (code !== 200) expect(outcome.reason).toMatchObject({ name: "StatusError", statusCode: code });
            // No refusal of an encoding is final while there is another.
            const refused = (code === 406 && listsProtobuf(last)) || (code === 415 && sendsProtobuf(last));
            expect(refused && made.length < 11).toBe(false);
            if (code === 200 && !failure && form !== "page") {
              // The server spoke what nobody asked for; or there was no sending again left.
              expect(newer && (form === "protobuf" || made.length === 11)).toBe(true);
              expect(String(outcome.reason)).toContain("which this version of Kubewright does not know");
            }
          }
        }
      },
    ),
    { numRuns: 500 },
  );
  // Never proposed; proposed and taken; proposed and fallen back; and the same of what is written.
  expect([...ways].toSorted()).toEqual([
    "false false false",
    "false false true",
    "true false false",
    "true true false",
  ]);
});
