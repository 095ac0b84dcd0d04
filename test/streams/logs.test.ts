import { readFileSync } from "node:fs";
import { connect, type LogEvent, type LogLine, logs, type LogsOptions } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { expect, inject, onTestFinished, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { type FaultProxy, startFaultProxy } from "../support/fault-proxy.ts";
import { held } from "./support.ts";

const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));
const pods = () => own.pods;

/** Writes the numbers from 1 to `count`, a burst at a time. */
const counting = (count: number, then: string): string =>
  `i=0; while [ $i -lt ${count} ]; do i=$((i+1)); echo $i; [ $((i % 40)) = 0 ] && sleep 0.03; done; ${then}`;

function pod(name: string, scripts: Readonly<Record<string, string>>, restartPolicy: "Always" | "Never" = "Never") {
  return {
    metadata: { name, labels: { app: "numbers" } },
    spec: {
      containers: Object.entries(scripts).map(([container, script]) => ({
        name: container,
        image: "local",
        command: ["sh", "-c", script],
      })),
      restartPolicy,
      terminationGracePeriodSeconds: 0,
    },
  };
}

/** A connection through a proxy that a test can break. */
async function throughProxy(): Promise<{ readonly proxy: FaultProxy; readonly pods: ReturnType<typeof pods> }> {
  const { server, caFile, admin } = inject("controlPlane");
  const proxy = await startFaultProxy(server);
  const cluster = await connect({ server: proxy.url, ca: readFileSync(caFile, "utf8"), token: admin.token });
  onTestFinished(async () => {
    await cluster.close();
    await proxy.close();
  });
  return { proxy, pods: cluster.api(CoreV1).pods.in(own.namespace) };
}

const hasGap = (events: readonly LogEvent[]): boolean => events.some(({ type }) => type === "gap");

const upTo = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => String(index + 1));

test("followed logs of pods whose connections are cut: each line once and in order", async () => {
  const { proxy, pods: through } = await throughProxy();
  const count = 3000;
  for (const name of ["one", "two", "three"]) {
    await pods().create(pod(name, { a: counting(count, "exit 0"), b: counting(count, "sleep 1000") }));
  }
  const seen = new Map<string, string[]>();
  const events: LogEvent[] = [];
  let received = 0;
  let cuts = 0;
  const isDone = (): boolean => seen.size === 6 && [...seen.values()].every((lines) => lines.length >= count);
  for await (const { pod: name, container, line } of logs(through, {
    labelSelector: "app=numbers",
    follow: true,
    onEvent: (event) => events.push(event),
  })) {
    const key = `${name}/${container}`;
    const lines = seen.get(key) ?? [];
    seen.set(key, lines);
    lines.push(line);
    if (isDone() || hasGap(events)) break;
    if (++received % 1500 !== 0) continue;
    cuts += 1;
    if (cuts % 2 === 0) proxy.reset();
    else proxy.fin();
  }
  expect(events.filter(({ type }) => type === "gap")).toEqual([]);
  for (const [key, lines] of seen) expect({ key, lines }).toEqual({ key, lines: upTo(count) });
  expect(events.filter(({ type }) => type === "failed").length).toBeGreaterThan(cuts);
}, 120_000);

async function phase(name: string, wanted: string): Promise<void> {
  await eventually(
    async () => ((await pods().get(name)).status.phase === wanted ? true : undefined),
    `${name} is ${wanted}`,
  );
}

async function read(options: LogsOptions): Promise<LogLine[]> {
  const all: LogLine[] = [];
  for await (const line of logs(pods(), options)) all.push(line);
  return all;
}

const texts = (lines: readonly LogLine[], name?: string): readonly string[] =>
  lines.filter(({ container }) => name === undefined || container === name).map(({ line }) => line);

test("containers that restart, and cuts: what a restart cut off is fetched, and each run comes whole", async () => {
  const { proxy, pods: through } = await throughProxy();
  const runs = 3;
  const count = 700;
  // Each run says its number before each line; the last one stays. A run that is over at once would be overtaken by the next one.
  const script = `n=$(cat "$MARK/n" 2>/dev/null || echo 0); echo $((n+1)) > "$MARK/n"
i=0; while [ $i -lt ${count} ]; do i=$((i+1)); echo "$n $i"; [ $((i % 100)) = 0 ] && sleep 0.02; done
[ $n = ${runs - 1} ] && sleep 1000; sleep 4; exit 1`;
  const one = pod("restarts", { a: script, b: script }, "Always");
  await pods().create({
    ...one,
    spec: {
      ...one.spec,
      containers: one.spec.containers.map((container) => ({
        ...container,
        env: [{ name: "MARK", value: `/mark-${container.name}` }],
        volumeMounts: [{ name: container.name, mountPath: `/mark-${container.name}` }],
      })),
      volumes: one.spec.containers.map(({ name }) => ({ name, emptyDir: {} })),
    },
  });
  const seen: LogLine[] = [];
  const events: LogEvent[] = [];
  for await (const line of logs(through, {
    fieldSelector: { "metadata.name": "restarts" },
    follow: true,
    onEvent: (event) => events.push(event),
  })) {
    seen.push(line);
    if (seen.length === 2 * runs * count || hasGap(events)) break;
    if (seen.length % 500 === 0) proxy.reset();
  }
  expect(events.filter(({ type }) => type === "gap")).toEqual([]);
  const whole = Array.from({ length: runs }, (_, run) => upTo(count).map((number) => `${run} ${number}`)).flat();
  for (const container of ["a", "b"]) expect(texts(seen, container)).toEqual(whole);
  expect(events.filter(({ type }) => type === "restarted").map((event) => ({ ...event }))).toHaveLength(2 * (runs - 1));
  const before = await read({ fieldSelector: { "metadata.name": "restarts" }, previous: true });
  expect(texts(before, "a")).toEqual(upTo(count).map((number) => `${runs - 2} ${number}`));
  await pods().delete("restarts");
}, 120_000);

test("containers that crash at once, again and again: each line once and in order, and what the node no longer shows is a gap", async () => {
  const names = ["a", "b", "c", "d"];
  const script = `n=$(cat "$MARK/n" 2>/dev/null || echo 0); echo $((n+1)) > "$MARK/n"; echo "$n first"; echo "$n last"; exit 1`;
  const { metadata, spec } = pod("crashes", Object.fromEntries(names.map((name) => [name, script])), "Always");
  await pods().create({
    metadata,
    spec: {
      ...spec,
      containers: spec.containers.map((container) => ({
        ...container,
        env: [{ name: "MARK", value: `/mark-${container.name}` }],
        volumeMounts: [{ name: container.name, mountPath: `/mark-${container.name}` }],
      })),
      volumes: names.map((name) => ({ name, emptyDir: {} })),
    },
  });
  const seen: LogLine[] = [];
  const events: LogEvent[] = [];
  for await (const line of logs(pods(), {
    fieldSelector: { "metadata.name": "crashes" },
    follow: true,
    onEvent: (event) => events.push(event),
  })) {
    seen.push(line);
    // The kubelet waits 10 s before the third run.
    if (names.every((name) => texts(seen, name).includes("2 last"))) break;
  }
  // Once the second run is over, the node shows nothing of the first any more: whoever had not read it by then is told.
  const written = [0, 1, 2, 3].flatMap((run) => [`${run} first`, `${run} last`]);
  for (const name of names) {
    const came = texts(seen, name);
    expect(came).toEqual(written.filter((text) => came.includes(text)));
    const missing = written.slice(0, written.indexOf("2 last")).filter((text) => !came.includes(text));
    const gaps = events.filter((event) => event.type === "gap" && event.container === name);
    expect({ name, missing, told: missing.length === 0 || gaps.length > 0 }).toEqual({ name, missing, told: true });
  }
  await pods().delete("crashes");
});

test("a pod that is replaced by another of its name: both are read to the end", async () => {
  const events: LogEvent[] = [];
  const seen: LogLine[] = [];
  const make = (script: string): Promise<unknown> => pods().create(pod("replaced", { main: script }));
  await make(`echo first; ${counting(50, "sleep 1000")}`);
  for await (const line of logs(pods(), {
    fieldSelector: { "metadata.name": "replaced" },
    follow: true,
    onEvent: (event) => events.push(event),
  })) {
    seen.push(line);
    if (seen.length === 51) {
      await pods().delete("replaced");
      await eventually(
        async () =>
          (await pods().list({ fieldSelector: "metadata.name=replaced" })).items.length === 0 ? true : undefined,
        "it is gone",
      );
      await make(`echo second; ${counting(50, "exit 0")}`);
    }
    if (seen.length === 102) break;
  }
  expect(texts(seen)).toEqual(["first", ...upTo(50), "second", ...upTo(50)]);
  // It goes without a status of its end: where its log ends before we hear that it is gone, nobody can tell whether that was all.
  const end = { type: "gap", after: seen[50]?.time, before: undefined, why: "the pod is gone, and its log with it" };
  for (const told of events.filter(({ type }) => type === "gap")) expect(told).toMatchObject(end);
});

test("what is read: containers of all kinds or those that are chosen, the end, a time, what is not there yet", async () => {
  const { spec, metadata } = pod("kinds", { main: "for i in 1 2 3; do echo main $i; done; printf 'no end'" });
  const container = (name: string, script: string) => ({ name, image: "local", command: ["sh", "-c", script] });
  await pods().create({
    metadata,
    spec: { ...spec, initContainers: [container("prepare", "echo prepared; sleep 1.1")] },
  });
  await phase("kinds", "Succeeded");
  const one = { fieldSelector: { "metadata.name": "kinds" } };
  const all = await read(one);
  expect(all.map(({ container: name, line }) => `${name}: ${line}`)).toEqual([
    "prepare: prepared",
    "main: main 1",
    "main: main 2",
    "main: main 3",
    "main: no end",
  ]);
  expect(all[0]).toMatchObject({ namespace: own.namespace, pod: "kinds" });
  expect(texts(await read({ ...one, containers: ({ type }) => type === "init" }))).toEqual(["prepared"]);
  expect(texts(await read({ ...one, tailLines: 2 }), "main")).toEqual(["main 3", "no end"]);
  expect(texts(await read({ ...one, sinceTime: all[1]?.time ?? "" }))).toEqual(texts(all, "main"));

  const events: LogEvent[] = [];
  const onEvent = (event: LogEvent): void => void events.push(event);
  expect(await read({ ...one, previous: true, onEvent })).toEqual([]);
  expect(events.map(({ type, container: name }) => `${name} ${type}`).toSorted()).toEqual([
    "main skipped",
    "prepare skipped",
  ]);
});

test("followed from the end: nothing of what was written before, all that comes, whatever breaks", async () => {
  const { proxy, pods: through } = await throughProxy();
  await pods().create(
    pod("tail", { main: `echo old; echo older; ${"sleep 1; ".repeat(2)}${counting(300, "exit 0")}` }),
  );
  await eventually(
    async () => ((await read({ fieldSelector: "metadata.name=tail" })).length > 1 ? true : undefined),
    "it has written",
  );
  const seen: string[] = [];
  for await (const { line } of logs(through, { fieldSelector: "metadata.name=tail", follow: true, tailLines: 1 })) {
    seen.push(line);
    if (seen.length % 50 === 1) proxy.fin();
    if (line === "300") break;
  }
  expect(seen).toEqual(["older", ...upTo(300)]);
});

test("a pod on no node has no log: an error where it is asked for alone, an event among others", async () => {
  const { spec, metadata } = pod("nowhere", { main: "echo never" });
  await pods().create({ metadata, spec: { ...spec, nodeSelector: { no: "such" } } });
  const alone = async (): Promise<void> => {
    for await (const _ of pods().log("nowhere"));
  };
  await expect(alone()).rejects.toMatchObject({ name: "StatusError", statusCode: 204 });
  const events: LogEvent[] = [];
  await read({ fieldSelector: "metadata.name=nowhere", onEvent: (event) => events.push(event) });
  expect(events).toEqual([
    { namespace: own.namespace, pod: "nowhere", container: "main", type: "waiting", reason: "the pod is on no node" },
  ]);
});

test("errors: more containers than may be open, no rights, what are no pods", async () => {
  await expect(read({ labelSelector: "app=numbers", maxStreams: 1 })).rejects.toThrow(/^InvalidInput|maxStreams/);
  const poor = await connect({ kubeconfig: inject("controlPlane").noRights.kubeconfig });
  onTestFinished(() => poor.close());
  for (const follow of [true, false]) {
    const refused = async (): Promise<void> => {
      for await (const _ of logs(poor.api(CoreV1).pods.in(own.namespace), { follow }));
    };
    await expect(refused()).rejects.toMatchObject({ name: "StatusError", statusCode: 403 });
  }
});

test("what is written is merged by time", async () => {
  await pods().create(pod("writes", { a: counting(200, ""), b: counting(200, "") }));
  await eventually(
    async () => ((await pods().get("writes")).status.phase === "Succeeded" ? true : undefined),
    "all is written",
  );
  const lines = [];
  for await (const line of logs(pods(), { fieldSelector: { "metadata.name": "writes" } })) lines.push(line);
  expect(lines.map(({ time }) => time)).toEqual(lines.map(({ time }) => time).toSorted());
  for (const name of ["a", "b"])
    expect(lines.filter(({ container }) => container === name).map(({ line }) => line)).toEqual(upTo(200));
});
