import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, logs } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, beforeAll, expect, test, type TestContext } from "vitest";
import { type ControlPlane, startControlPlane } from "../controlplane/start.ts";
import { eventually } from "../support/eventually.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import { held } from "./support.ts";
import { judge, logWitness, type WrittenLogs, writtenLogs } from "./written-logs.ts";

// A node that begins a new file every three seconds: the API server shows the newest alone.

let plane: ControlPlane;
let written: WrittenLogs;
beforeAll(async () => {
  plane = await startControlPlane({
    allApis: false,
    logRotation: { maxSize: "4Ki", everySeconds: 3, maxFiles: 3 },
  });
  written = writtenLogs(join(plane.dir, "written"));
});
afterAll(async () => {
  await plane?.stop();
});
const own = held(() => ({ kubeconfig: plane.admin.kubeconfig }));

/** Some 14 kB a second, for `seconds`. */
// It goes on to say its end: a line that was written last may be in a file that is no longer shown.
const writing = (seconds: number): string =>
  `${written.prelude}i=0; while [ $i -lt ${seconds * 100} ]; do i=$((i+1)); say $i; [ $((i % 10)) = 0 ] && sleep 0.1; done; e=0; while :; do say end$e; e=$((e+1)); sleep 1; done`;

async function makePod(name: string, script: string, names: readonly string[] = ["a", "b"]): Promise<void> {
  const containers = names.map((container) => ({
    name: container,
    image: "local",
    command: ["sh", "-c", script],
    ...written.container(container, name),
  }));
  await own.pods.create({
    metadata: { name },
    spec: { containers, volumes: [...written.volumes], terminationGracePeriodSeconds: 0 },
  });
}

const folderOf = (pod: string, uid: string): string =>
  join(plane.dir, "kubelet", "logs", `${own.namespace}_${pod}_${uid}`, "a");

const rotated = (pod: string, uid: string): number =>
  readFileSync(join(folderOf(pod, uid), "0.log"), "utf8").split("\n").length;

/** Waits until so many further files were rotated. */
async function rotations(pod: string, count: number): Promise<void> {
  const folder = folderOf(pod, (await own.pods.get(pod)).metadata.uid);
  const times = (): readonly string[] => readdirSync(folder).flatMap((name) => /\d{8}-\d{6}/.exec(name) ?? []);
  const before = times();
  const seen = new Set<string>();
  await eventually(
    () => {
      for (const time of times()) if (!before.includes(time)) seen.add(time);
      return seen.size >= count ? true : undefined;
    },
    `${count} files are rotated`,
    60_000,
  );
}

async function follow(
  name: string,
  disturb: ((received: number) => void | Promise<void>) | undefined,
  url: string,
  onTestFinished: TestContext["onTestFinished"],
  containers = 2,
) {
  const witness = logWitness(plane.dir);
  const cluster = await connect({ server: url, ca: readFileSync(plane.caFile, "utf8"), token: plane.admin.token });
  onTestFinished(() => cluster.close());
  const ended = new Set<string>();
  for await (const line of logs(cluster.api(CoreV1).pods.in(own.namespace), {
    fieldSelector: { "metadata.name": name },
    follow: true,
    onEvent: (event) => witness.event(event),
  })) {
    witness.line(line);
    await disturb?.(witness.lines.length);
    if (line.line.includes(" end")) ended.add(line.container);
    if (ended.size === containers) break;
  }
  return witness;
}

const judged = (
  name: string,
  witness: Awaited<ReturnType<typeof follow>>,
  containers: readonly string[] = ["a", "b"],
) =>
  containers.map((container) =>
    judge({ name, namespace: own.namespace, pod: name, container, state: "runs" }, written, witness),
  );

test.concurrent("files are rotated while they are followed: each line once and in order, and no gap", async ({
  onTestFinished,
}) => {
  const turns = 3;
  for (let turn = 1; turn <= turns; turn++) {
    const name = `calm-${turn}`;
    await makePod(name, writing(8));
    const witness = await follow(name, undefined, plane.server, onTestFinished);
    const found = judged(name, witness);
    expect(found.flatMap(({ problems }) => problems)).toEqual([]);
    expect(rotated(name, (await own.pods.get(name)).metadata.uid)).toBeLessThan(400);
    // On a busy machine a read can be held up for longer than the node keeps a file: then it is played again.
    if (turn < turns && (witness.gaps.length > 0 || found.some(({ before }) => before > 0))) continue;
    expect(witness.gaps).toEqual([]);
    for (const { written: count, read } of found) expect(read).toBe(count);
    return;
  }
}, 120_000);

test.concurrent("connections are cut besides: each line once and in order, or a gap, and gaps only where the node's file no longer holds the lines", async ({
  onTestFinished,
}) => {
  const proxy = await startFaultProxy(plane.server);
  onTestFinished(() => proxy.close());
  await makePod("cut", writing(12));
  const witness = await follow(
    "cut",
    (received) => {
      if (received % 300 === 299) proxy.reset();
      if (received % 300 === 150) proxy.fin();
    },
    proxy.url,
    onTestFinished,
  );
  for (const { problems } of judged("cut", witness)) expect(problems).toEqual([]);
  expect(witness.events.filter(({ type }) => type === "failed").length).toBeGreaterThan(0);
});

// Lines of a kilobyte, some megabytes a second: more than what lies between the node and who takes nothing.
test.concurrent("the consumer takes nothing while files come and go: what the node left out is told as a gap", async ({
  onTestFinished,
}) => {
  const burst = `k=0; while [ $k -lt 100 ]; do k=$((k+1)); i=$((i+1)); say "$i ${"x".repeat(1000)}"; done; sleep 0.02`;
  const script = `${written.prelude}i=0; while [ ! -e "$TRUTH.stop" ]; do ${burst}; done; e=0; while :; do say end$e; e=$((e+1)); sleep 1; done`;
  await makePod("held", script, ["a"]);
  const witness = await follow(
    "held",
    async (received) => {
      if (received !== 100) return;
      // By then the node waits for who reads; what it is held up in goes with the rotations after.
      const size = (): number => statSync(join(plane.dir, "written", "held.a.0")).size;
      await eventually(() => (size() > 40_000_000 ? true : undefined), "more is written than lies between", 100_000);
      await rotations("held", 3);
      writeFileSync(join(plane.dir, "written", "held.a.stop"), "");
    },
    plane.server,
    onTestFinished,
    1,
  );
  const [found] = judged("held", witness, ["a"]);
  expect(found?.problems).toEqual([]);
  expect(found?.missing).toBeGreaterThan(0);
}, 240_000);
