import { context, propagation, trace } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, expect, test } from "vitest";
import { recordingTransport } from "../support/recording-transport.ts";

const exporter = new InMemorySpanExporter();
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
propagation.setGlobalPropagator({
  inject: (of, carrier, setter) => setter.set(carrier, "traceparent", trace.getSpanContext(of)?.spanId ?? ""),
  extract: (of) => of,
  fields: () => ["traceparent"],
});

afterAll(() => {
  trace.disable();
  propagation.disable();
  context.disable();
});

test("each request is a client span that holds no query, body or credential; its context travels along", async () => {
  const transport = recordingTransport(({ path }) =>
    path.endsWith("/gone")
      ? { status: 404, json: { kind: "Status", apiVersion: "v1", reason: "NotFound", code: 404 } }
      : { json: { metadata: { resourceVersion: "1" }, items: [] } },
  );
  const cluster = await connect({ token: "canary-token", transport, tracing: true });
  const configMaps = cluster.api(CoreV1).configMaps.in("home");
  await configMaps.list({ labelSelector: "canary=query" });
  await configMaps.create({ metadata: { name: "a" }, data: { canary: "body" } });
  await expect(configMaps.get("gone")).rejects.toThrow("NotFound");
  const spans = exporter.getFinishedSpans();
  expect(
    spans.map(({ name, attributes, status }) => [
      name,
      attributes["http.response.status_code"],
      attributes["k8s.request.verb"],
      status.code,
    ]),
  ).toEqual([
    ["GET /api/v1/namespaces/{namespace}/configmaps", 200, "list", 0],
    ["POST /api/v1/namespaces/{namespace}/configmaps", 200, "create", 0],
    ["GET /api/v1/namespaces/{namespace}/configmaps/{name}", 404, "get", 2],
  ]);
  expect(JSON.stringify(spans.map(({ attributes, name, events }) => ({ attributes, name, events })))).not.toContain(
    "canary",
  );
  expect(transport.requests.map(({ headers }) => headers["traceparent"])).toEqual(
    spans.map((span) => [span.spanContext().spanId]),
  );
  await cluster.close();
});

test.each([
  ["https://[fd00::1]:6443", "fd00::1", 6443],
  ["https://kube.test", "kube.test", 443],
  ["http://[::1]", "::1", 80],
])("a span names the host and port of %s", async (server, address, port) => {
  exporter.reset();
  const cluster = await connect({ transport: { ...recordingTransport(() => ({ json: {} })), server }, tracing: true });
  await cluster.version();
  expect(exporter.getFinishedSpans().map(({ attributes }) => attributes)).toMatchObject([
    { "server.address": address, "server.port": port },
  ]);
  await cluster.close();
});
