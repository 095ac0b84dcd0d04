import { type ApiRequest, createCluster } from "@kubewright/core";
import { waitFor } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { type Answer, recordingTransport } from "../../support/recording-transport.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";
import type { Case } from "./case.ts";

const json = { "content-type": "application/json" };

function pods(answer: Answer | ((request: ApiRequest) => Promise<Answer>), timeoutMs?: number) {
  const transport = recordingTransport((request) => (typeof answer === "function" ? answer(request) : answer));
  const cluster = createCluster({ transport, namespace: "home", onWarning: () => {}, timeoutMs });
  return cluster.api(CoreV1).pods.in();
}

const refused = (status: number, reason: string, message: string): Answer => ({
  status,
  json: { apiVersion: "v1", kind: "Status", status: "Failure", reason, message, code: status },
});

async function watched(line: object): Promise<void> {
  for await (const _ of pods({ headers: json, body: `${JSON.stringify(line)}\n` }).watch()) return;
}

/** Answers nothing until the call is aborted. */
const never = ({ signal }: ApiRequest): Promise<Answer> =>
  new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error)));

/** Waits until a pod in this state is ready, on a clock that is moved on. */
async function waited(status?: object): Promise<unknown> {
  const clock = createVirtualClock();
  const metadata = { name: "a", namespace: "home", resourceVersion: "5" };
  const end = { metadata: { resourceVersion: "6", annotations: { "k8s.io/initial-events-end": "true" } } };
  const events = [
    ...(status === undefined
      ? []
      : [{ type: "ADDED", object: { apiVersion: "v1", kind: "Pod", metadata, spec: {}, status } }]),
    { type: "BOOKMARK", object: end },
  ];
  const body = events.map((event) => `${JSON.stringify(event)}\n`).join("");
  const cluster = createCluster({ transport: recordingTransport(() => ({ headers: json, body })), clock });
  return clock.run(waitFor(cluster.api(CoreV1).pods.in("home"), "a", "ready", { timeoutMs: 5000 }));
}
const pulling = { reason: "ImagePullBackOff", message: 'Back-off pulling image "wbe:1"' };

/** What servers answer, read by the client. */
export const answerCases: readonly Case[] = [
  ["an object that is not there", () => pods(refused(404, "NotFound", 'pods "a" not found')).get("a")],
  ["a conflict", () => pods(refused(409, "Conflict", "the object has been modified")).patch("a", { merge: {} })],
  ["a caller without rights", () => pods(refused(403, "Forbidden", "pods is forbidden")).list()],
  ["a refusal without a Status", () => pods({ status: 503, body: "" }).list()],
  ["a page of a portal", () => pods({ headers: { "content-type": "text/html" }, body: "<html>" }).list()],
  [
    "a refusal by a page of a portal",
    () => pods({ status: 502, headers: { "content-type": "text/html" }, body: "<html>" }).list(),
  ],
  ["JSON that breaks off", () => pods({ headers: json, body: '{"a":' }).get("a")],
  ["JSON that is not an object", () => pods({ headers: json, body: "[]" }).get("a")],
  ["an object where a list was asked for", () => pods({ headers: json, body: "{}" }).list()],
  ["bytes that are not UTF-8", () => pods({ headers: json, body: Uint8Array.of(0x22, 0xff, 0x22) }).get("a")],
  [
    "a redirect",
    () => pods({ status: 302, headers: { location: "https://login.example.com/?to=here" }, body: "" }).list(),
  ],
  [
    "a watch that is too old",
    () =>
      watched({
        type: "ERROR",
        object: {
          kind: "Status",
          status: "Failure",
          reason: "Expired",
          code: 410,
          message: "too old resource version",
        },
      }),
  ],
  ["a line of a watch that is not an event", () => watched([])],
  ["no answer in time", () => pods(never, 1).get("a")],
  [
    "a wait for a pod whose image is not there",
    () => waited({ containerStatuses: [{ name: "web", state: { waiting: pulling } }] }),
  ],
  ["a wait for what nobody creates", () => waited()],
  [
    "a wait for a pod that has ended",
    () => waited({ phase: "Failed", reason: "Evicted", message: "The node was low on memory." }),
  ],
];
