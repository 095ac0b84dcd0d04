import { once } from "node:events";
import type { ApiResponse, Interceptor } from "@kubewright/core";

/** Answers for the pods of all namespaces: so many, of which nothing changes. To create them would take longer than all else. */
export function crowd(count: number): Interceptor {
  return (next) => async (request) => {
    const query = new URLSearchParams(request.query);
    if (request.path !== "/api/v1/pods" || query.get("sendInitialEvents") !== "true") return next(request);
    return answer(count, request.signal);
  };
}

function answer(count: number, signal: AbortSignal | undefined): ApiResponse {
  const discarded = new AbortController();
  const end = signal === undefined ? discarded.signal : AbortSignal.any([signal, discarded.signal]);
  async function* body(): AsyncGenerator<Uint8Array, undefined> {
    const encoder = new TextEncoder();
    for (let number = 0; number < count; number++) yield encoder.encode(added(number));
    yield encoder.encode(bookmark);
    if (!end.aborted) await once(end, "abort");
    return undefined;
  }
  return {
    status: 200,
    headers: { get: (name) => (name === "content-type" ? "application/json" : undefined) },
    body: body(),
    discard: () => discarded.abort(),
  };
}

function added(number: number): string {
  const name = `extra-${String(number).padStart(5, "0")}`;
  const metadata = {
    name,
    namespace: `crowd-${number % 10}`,
    uid: `uid-${number}`,
    resourceVersion: String(number + 1),
    creationTimestamp: "2026-01-01T00:00:00Z",
    labels: { app: "extra" },
  };
  const spec = { nodeName: "forge-a1", containers: [{ name: "main", image: "registry.example/extra:1.0.0" }] };
  const status = { phase: "Running", conditions: [{ type: "Ready", status: "True" }] };
  const object = { apiVersion: "v1", kind: "Pod", metadata, spec, status };
  return `${JSON.stringify({ type: "ADDED", object })}\n`;
}

const bookmark = `${JSON.stringify({
  type: "BOOKMARK",
  object: {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { resourceVersion: "1000000", annotations: { "k8s.io/initial-events-end": "true" } },
  },
})}\n`;
