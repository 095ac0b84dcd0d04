import { inspect } from "node:util";
import { trace } from "@opentelemetry/api";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { Cluster } from "@kubewright/core";
import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { portForward } from "kubewright/port-forward";
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from "vitest";
import { refusal, rejection } from "../support/api-request.ts";
import { canary, type LeakSearch, searchForLeaks } from "../e2e/leaks.ts";
import { answerSum, echo, startPodServer } from "./pod-server.ts";
import { dialled, endOf } from "./port-forward-cases.ts";
import { held, runningPod, shell, textOf } from "./support.ts";

const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));
const spans = new InMemorySpanExporter();
beforeAll(async () => {
  trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
  await runningPod(own.pods, "one");
  await runningPod(own.pods, "two", ["left", "right"]);
});
afterAll(() => trace.disable());
afterEach(() => {
  vi.restoreAllMocks();
  spans.reset();
});

interface Watched {
  readonly search: LeakSearch;
  readonly cluster: Cluster;
  /** The requests, as method and status. */
  readonly counted: string[];
  /** How long each took, in seconds. */
  readonly measured: number[];
  /** Looks at the error of what must fail. */
  lookAt(where: string, promise: Promise<unknown>): Promise<void>;
}

/** A client, and a search for secrets in all that is seen of it. */
async function watched(): Promise<Watched> {
  const search = searchForLeaks();
  search.secret("token", inject("controlPlane").admin.token);
  for (const method of ["debug", "error", "info", "log", "warn"] as const)
    vi.spyOn(console, method).mockImplementation((...texts: unknown[]) => search.look(`console.${method}`, texts));
  const counted: string[] = [];
  const measured: number[] = [];
  const cluster = await connect({
    kubeconfig: inject("controlPlane").admin.kubeconfig,
    tracing: true,
    onWarning: (warning) => search.look("warning", warning),
    metrics: {
      count(name, labels) {
        search.look("metric", { name, labels });
        if (name === "rest_client_requests_total") counted.push(`${labels["method"]} ${labels["code"]}`);
      },
      observe(name, value, labels) {
        search.look("metric", { name, value, labels });
        if (name === "rest_client_request_duration_seconds") measured.push(value);
      },
    },
  });
  const lookAt = async (where: string, promise: Promise<unknown>): Promise<void> => {
    search.look(where, await rejection(promise));
  };
  return { search, cluster, counted, measured, lookAt };
}

function lookAtSpans(search: LeakSearch): void {
  for (const { name, attributes, events, status } of spans.getFinishedSpans())
    search.look("span", { name, attributes, events, status });
}

test("command, input, output and token are in no error, log, metric or span; a span ends with the upgrade", async () => {
  const { search, cluster, counted, measured, lookAt } = await watched();
  const pods = cluster.api(CoreV1).pods.in(own.namespace);
  const [command, input] = [canary("command"), canary("input")];
  const stdin = (async function* () {
    yield input;
    await new Promise(() => {});
  })();

  const began = performance.now();
  const run = await pods.exec("one", { ...shell(`echo ${command}; head -c ${input.length}; sleep 3`), stdin });
  expect(await textOf(run.stdout)).toBe(`${command}\n${input}`);
  await run.exit;
  const tookMs = performance.now() - began;
  search.look("run", run, 10);
  search.look("stream", run.stdout, 10);
  const closed = await pods.exec("one", { ...shell(`echo ${command}; cat; sleep 1000`), stdin: input });
  await closed.close();
  await lookAt("exit", closed.exit);
  await lookAt("stdout", textOf(closed.stdout));
  const stopping = new AbortController();
  const aborted = await pods.exec("one", {
    ...shell(`echo ${command}; cat; sleep 1000`),
    stdin: input,
    signal: stopping.signal,
  });
  stopping.abort();
  await lookAt("an abort", aborted.exit);
  await lookAt("too much", pods.exec("one", shell(`yes ${command} | head -c 40000000`)).output());
  await lookAt("no pod", pods.exec("none", { command: [command], stdin: input }).output());
  await lookAt("no container named", pods.exec("two", { command: [command], stdin: input }));
  await lookAt("no such container", pods.exec("one", { command: [command], container: "none" }));
  await lookAt("a NUL", pods.exec("one", { command: [`${command}\0`] }));
  await lookAt("a bad token", pods.exec("one", { command: [command], token: canary("token") }));
  const failing = await pods.exec("one", {
    command: ["cat"],
    stdin: (async function* () {
      yield 5 as unknown as string;
    })(),
  });
  await lookAt("input that is none", failing.exit);
  expect(await refusal(pods.exec("one", { command: [command], stdin: 5 as unknown as string }))).toContain(
    "Invalid stdin",
  );

  lookAtSpans(search);
  expect(search.hits()).toEqual([]);
  expect(search.looked).toBeGreaterThan(100);
  const [first] = spans.getFinishedSpans();
  expect([first?.name, first?.attributes["http.response.status_code"], first?.attributes["k8s.request.verb"]]).toEqual([
    "GET /api/v1/namespaces/{namespace}/pods/{name}/exec",
    101,
    "get",
  ]);
  const [seconds = 0, nanoseconds = 0] = first?.duration ?? [];
  // The command sleeps for 3 s.
  const spanMs = seconds * 1000 + nanoseconds / 1e6;
  expect(spanMs).toBeLessThan(tookMs - 2500);
  expect((measured[0] as number) * 1000).toBeLessThan(tookMs - 2500);
  expect(counted.filter((one) => one === "GET 101").length).toBe(5);
  expect(counted).toContain("GET 404");
  expect(inspect(run)).toContain("v5.channel.k8s.io");
  await cluster.close();
});

test("what goes through a connection, and the token, are in no error, log, metric or span", async () => {
  const { search, cluster, counted, lookAt } = await watched();
  const pods = cluster.api(CoreV1).pods.in(own.namespace);
  const secret = canary("bytes");
  const bytes = new TextEncoder().encode(secret);
  await using echoes = await startPodServer(echo);
  await using sums = await startPodServer((socket) => void answerSum(socket));
  await using resets = await startPodServer((socket) => socket.once("data", () => socket.resetAndDestroy()));
  const nobody = await startPodServer(echo);
  await nobody.close();

  /** A connection on which the secret has gone both ways. */
  const open = async (options = {}) => {
    const connection = await pods.connect("one", echoes.port, options);
    const writer = connection.writable.getWriter();
    const reader = connection.readable.getReader();
    writer.closed.catch(() => undefined);
    reader.closed.catch(() => undefined);
    await writer.write(bytes);
    expect(new TextDecoder().decode((await reader.read()).value)).toBe(secret);
    return { connection, writer, reader };
  };

  const { connection } = await open();
  for (const [name, one] of Object.entries({ connection, ...connection })) search.look(name, one, 10);
  await connection.close();
  const closed = await open();
  const reading = lookAt("a read", closed.reader.read());
  await closed.connection.close();
  await reading;
  await lookAt("a write", closed.writer.write(bytes));
  const stopping = new AbortController();
  const aborted = await open({ signal: stopping.signal });
  stopping.abort();
  await lookAt("an abort", aborted.connection.closed);
  const wrong = await open();
  await lookAt("what is no bytes", wrong.writer.write(secret as never));
  await lookAt("its end", wrong.connection.closed);

  for (const [where, port] of [
    ["a reset", resets.port],
    ["nobody listens", nobody.port],
  ] as const) {
    const connecting = pods.connect("one", port);
    connecting
      .then(({ writable }) => writable.getWriter().write(bytes))
      .catch((error: unknown) => search.look(`${where}, write`, error));
    await lookAt(
      where,
      connecting.then(({ readable }) => textOf(readable)),
    );
    await lookAt(
      `${where}, closed`,
      connecting.then(({ closed: end }) => end),
    );
  }
  await lookAt("no pod", pods.connect("none", 80));
  await lookAt("no such port", pods.connect("one", "http"));
  await lookAt("a bad token", pods.connect("one", 80, { token: canary("token") }));

  await using forward = await portForward(pods, "one", {
    ports: [sums, resets, nobody].map(({ port }) => ({ local: 0, remote: port })),
    onError: (error) => search.look("onError", error),
  });
  search.look("forward", forward, 10);
  for (const { local } of forward.ports) {
    const socket = await dialled(local);
    socket.end(secret);
    await endOf(socket);
    socket.destroy();
  }

  lookAtSpans(search);
  expect(search.hits()).toEqual([]);
  expect(search.looked).toBeGreaterThan(100);
  expect(counted.filter((one) => one === "GET 101").length).toBeGreaterThan(5);
  expect(spans.getFinishedSpans().length).toBeGreaterThan(10);
  await cluster.close();
});
