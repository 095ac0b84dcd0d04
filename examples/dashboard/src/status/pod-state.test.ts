import { expect, test } from "vitest";
import type { PodItem } from "../live/collections.ts";
import { containerStates, podState, restartsOf } from "./pod-state.ts";

function pod(status: object, more: { readonly metadata?: object; readonly spec?: object } = {}): PodItem {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web-0", namespace: "shop", ...more.metadata },
    spec: { containers: [{ name: "web" }], ...more.spec },
    status,
  } as unknown as PodItem;
}

const ready = { type: "Ready", status: "True" };
const running = { running: { startedAt: "2026-01-01T00:00:00Z" } };

test.each([
  [
    "good",
    "Running",
    { phase: "Running", conditions: [ready], containerStatuses: [{ name: "web", ready: true, state: running }] },
  ],
  ["busy", "Not ready", { phase: "Running", containerStatuses: [{ name: "web", ready: false, state: running }] }],
  ["busy", "Pending", { phase: "Pending" }],
  [
    "busy",
    "ContainerCreating",
    { phase: "Pending", containerStatuses: [{ name: "web", state: { waiting: { reason: "ContainerCreating" } } }] },
  ],
  [
    "bad",
    "CrashLoopBackOff",
    { phase: "Running", containerStatuses: [{ name: "web", state: { waiting: { reason: "CrashLoopBackOff" } } }] },
  ],
  [
    "bad",
    "ImagePullBackOff",
    { phase: "Pending", containerStatuses: [{ name: "web", state: { waiting: { reason: "ImagePullBackOff" } } }] },
  ],
  [
    "bad",
    "OOMKilled",
    {
      phase: "Running",
      containerStatuses: [{ name: "web", state: { terminated: { exitCode: 137, reason: "OOMKilled" } } }],
    },
  ],
  [
    "bad",
    "ExitCode:3",
    { phase: "Failed", containerStatuses: [{ name: "web", state: { terminated: { exitCode: 3 } } }] },
  ],
  ["bad", "Evicted", { phase: "Failed", reason: "Evicted" }],
  [
    "idle",
    "Completed",
    {
      phase: "Succeeded",
      containerStatuses: [{ name: "web", state: { terminated: { exitCode: 0, reason: "Completed" } } }],
    },
  ],
  ["busy", "Init:0/2", { phase: "Pending", initContainerStatuses: [{ name: "first", state: running }] }],
  [
    "bad",
    "Init:Error",
    {
      phase: "Pending",
      initContainerStatuses: [{ name: "first", state: { terminated: { exitCode: 1, reason: "Error" } } }],
    },
  ],
])("%s: %s", (mood, text, status) => {
  expect(podState(pod(status, { spec: { initContainers: [{ name: "first" }, { name: "second" }] } }))).toEqual({
    mood,
    text,
  });
});

test("one that is being deleted says so, whatever else it says", () => {
  const metadata = { deletionTimestamp: "2026-01-01T00:00:00Z" };
  expect(podState(pod({ phase: "Running", conditions: [ready] }, { metadata })).text).toBe("Terminating");
});

test("a sidecar that is ready holds nothing up", () => {
  const spec = { initContainers: [{ name: "mesh", restartPolicy: "Always" }] };
  const status = { phase: "Pending", initContainerStatuses: [{ name: "mesh", ready: true, state: running }] };
  expect(podState(pod(status, { spec })).text).toBe("Pending");
});

test("containers stand in the order of the spec, also those of which nothing is known yet", () => {
  const web = pod(
    { phase: "Running", containerStatuses: [{ name: "log", ready: true, restartCount: 2, state: running }] },
    { spec: { containers: [{ name: "web" }, { name: "log" }] } },
  );
  expect(containerStates(web)).toEqual([
    { name: "web", mood: "busy", text: "waiting" },
    { name: "log", mood: "good", text: "ready" },
  ]);
  expect(restartsOf(web)).toBe(2);
});
