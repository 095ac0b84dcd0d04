import { isStatusError } from "@kubewright/core";
import { describe, expect, test } from "vitest";
import { createLogNode, type LogNode, type NodePod } from "../../../../test/support/log-node.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import type { LogEvent } from "./log-event.ts";
import type { LogLine } from "./log-line.ts";
import { logs } from "./logs.ts";
import type { LogsOptions } from "./logs-options.ts";

interface Ground {
  readonly clock: VirtualClock;
  readonly node: LogNode;
  /** Puts a pod there, of which the server knows. */
  pod(name: string, containers?: readonly string[]): NodePod;
  /** Begins to read, and gives what has come so far. */
  read(options?: LogsOptions): Reading;
}

interface Reading {
  readonly texts: readonly string[];
  readonly events: readonly LogEvent[];
  /** Settles when the reading ends. */
  readonly ended: Promise<unknown>;
  stop(): Promise<unknown>;
}

function createGround(): Ground {
  const clock = createVirtualClock();
  const node = createLogNode(clock);
  return {
    clock,
    node,
    pod(name, containers = ["app"]) {
      const pod = node.create(name, containers);
      node.publish(pod);
      return pod;
    },
    read(options = { follow: true }) {
      const texts: string[] = [];
      const events: LogEvent[] = [];
      const stream = logs(node.pods, { onEvent: (event) => events.push(event), ...options });
      const ended = (async () => {
        for await (const { line } of stream) texts.push(line);
        return undefined;
      })().catch((error: unknown) => error);
      return {
        texts,
        events,
        ended,
        async stop() {
          await stream.close();
          return ended;
        },
      };
    },
  };
}

const gapsOf = ({ events }: Reading): readonly LogEvent[] => events.filter(({ type }) => type === "gap");
const numbers = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

describe("followed", () => {
  test("equal lines of one time are told apart by their count", async () => {
    const { clock, node, pod, read } = createGround();
    const web = pod("web");
    node.fault = () => ({ kind: "broken", afterBytes: 40 });
    node.write(web, "app", ["a", "b"], "twin");
    const reading = read();
    await clock.settle();
    node.fault = () => undefined;
    await clock.advance(5000);
    expect(reading.texts).toEqual(["a", "a", "b", "b"]);
    await reading.stop();
  });

  test("a line that is older than the one before it is not lost at a cut, on either side of a second", async () => {
    const { clock, node, pod, read } = createGround();
    const web = pod("web");
    const reading = read();
    await clock.advance(1300); // the late line's time is in the second before
    node.write(web, "app", ["1"]);
    await clock.settle();
    node.breakAll("broken");
    node.write(web, "app", ["2"], "late");
    await clock.advance(5000);
    expect(reading.texts).toEqual(["1", "2"]);
    expect(gapsOf(reading)).toEqual([]);
    await reading.stop();
  });

  test("the log of a container that has ended is asked for its end once more: an answer may be cut off as if it were whole", async () => {
    const { clock, node, pod, read } = createGround();
    const web = pod("web");
    node.write(web, "app", numbers(1, 20));
    node.end(web, "app");
    node.publish(web);
    const faults = [{ kind: "ended", afterBytes: 331 } as const];
    node.fault = () => faults.shift();
    const reading = read();
    await clock.advance(10_000);
    expect(reading.texts).toEqual(numbers(1, 20));
    expect(reading.events.map(({ type }) => type)).toEqual(["opened", "ended"]);
    await reading.stop();
  });

  test("a rotated file: a gap names the place, also when nothing is written any more", async () => {
    const { clock, node, pod, read } = createGround();
    const web = pod("web");
    node.write(web, "app", ["1"]);
    const reading = read();
    await clock.settle();
    node.breakAll("broken");
    node.write(web, "app", ["lost"]);
    node.rotate(web, "app");
    await clock.advance(60_000);
    const after = web.runs.get("app")?.[0]?.lines[0]?.time;
    expect(gapsOf(reading)).toMatchObject([{ pod: "web", container: "app", run: 0, after, before: undefined }]);
    node.write(web, "app", ["2"]);
    await clock.settle();
    expect(reading.texts).toEqual(["1", "2"]);
    await reading.stop();
  });

  test("a rotated file that is written on: the gap is told before the next line", async () => {
    const { clock, node, pod, read } = createGround();
    const web = pod("web");
    node.write(web, "app", ["1"]);
    const reading = read();
    await clock.settle();
    node.breakAll("broken");
    node.write(web, "app", ["lost"]);
    node.rotate(web, "app");
    await clock.advance(5);
    node.write(web, "app", ["2"]);
    await clock.advance(60_000);
    const [before] = web.runs.get("app")?.[0]?.lines.slice(-1) ?? [];
    expect(gapsOf(reading)).toMatchObject([{ run: 0, before: before?.time }]);
    expect(reading.texts).toEqual(["1", "2"]);
    await reading.stop();
  });

  test("a followed log that stays behind in a rotated file: its silence is not believed, and what is written comes", async () => {
    const { clock, node, pod, read } = createGround();
    const web = pod("web");
    node.write(web, "app", ["1"]);
    const reading = read();
    await clock.settle();
    node.rotate(web, "app", true);
    node.write(web, "app", ["2", "3"]);
    await clock.advance(10_000);
    expect(reading.texts).toEqual(["1", "2", "3"]);
    const [first, second] = web.runs.get("app")?.[0]?.lines ?? [];
    expect(gapsOf(reading)).toMatchObject([{ run: 0, after: first?.time, before: second?.time }]);
    await reading.stop();
  });

  test("a log that is silent is asked for once more, and then believed", async () => {
    const { clock, node, pod, read } = createGround();
    const web = pod("web");
    node.write(web, "app", ["1"]);
    const reading = read();
    await clock.advance(3_600_000);
    expect(node.asked.map((query) => query.get("follow"))).toEqual(["true", "false"]);
    node.breakAll("broken");
    await clock.advance(3_600_000);
    expect(node.asked.map((query) => query.get("follow"))).toEqual(["true", "false", "true", "false"]);
    expect(gapsOf(reading)).toEqual([]);
    await reading.stop();
  });

  test("a restart of which the server has not heard: the rest of the run before, then the new one, without a gap", async () => {
    const { clock, node, pod, read } = createGround();
    const web = pod("web");
    node.write(web, "app", ["1"]);
    const reading = read();
    await clock.settle();
    node.breakAll("broken");
    node.write(web, "app", ["2"]);
    node.restart(web, "app");
    await clock.advance(5);
    node.write(web, "app", ["3"]);
    await clock.advance(20_000);
    expect(reading.texts).toEqual(["1", "2"]); // the status decides when the next run begins
    node.publish(web);
    await clock.advance(20_000);
    expect(reading.texts).toEqual(["1", "2", "3"]);
    expect(gapsOf(reading)).toEqual([]);
    expect(reading.events.filter(({ type }) => type === "restarted")).toMatchObject([{ run: 1 }]);
    await reading.stop();
  });

  test("two restarts at once: what the server no longer has is a gap, the run before and the new one are read", async () => {
    const { clock, node, pod, read } = createGround();
    const web = pod("web");
    node.write(web, "app", ["first"]);
    const reading = read();
    await clock.settle();
    node.cutOff(true);
    for (const text of ["second", "third"]) {
      node.write(web, "app", ["lost, or not"]);
      node.restart(web, "app");
      node.write(web, "app", [text]);
    }
    node.publish(web);
    node.cutOff(false);
    await clock.advance(60_000);
    expect(reading.texts).toEqual(["first", "second", "lost, or not", "third"]);
    expect(gapsOf(reading)).toMatchObject([{ run: 0 }]);
    await reading.stop();
  });

  test("a pod that comes, and has restarted before anybody heard of it: its first run too, or a gap in its place", async () => {
    const { clock, node, read } = createGround();
    const reading = read();
    await clock.settle();
    for (const [name, restarts] of [
      ["one", 1],
      ["two", 2],
    ] as const) {
      const web = node.create(name, ["app"]);
      for (let run = 0; run <= restarts; run++) {
        if (run > 0) node.restart(web, "app");
        node.write(web, "app", [`${name} ${run}`]);
      }
      node.publish(web);
    }
    await clock.advance(20_000);
    expect(reading.texts.toSorted()).toEqual(["one 0", "one 1", "two 1", "two 2"]);
    expect(gapsOf(reading)).toMatchObject([{ pod: "two", run: 0, after: undefined }]);
    await reading.stop();
  });

  test("a pod that was made long before it came into the selector: what is told begins with its newest run", async () => {
    const { clock, node, read } = createGround();
    await clock.advance(3_600_000);
    const reading = read();
    await clock.settle();
    const web = node.create("web", ["app"]);
    node.write(web, "app", ["before"]);
    node.restart(web, "app");
    node.write(web, "app", ["now"]);
    node.publish(web);
    await clock.advance(20_000);
    expect(reading.texts).toEqual(["now"]);
    await reading.stop();
  });

  test("only the end is asked for, once: what is followed begins at a line", async () => {
    const { clock, node, pod, read } = createGround();
    const web = pod("web");
    node.write(web, "app", numbers(1, 9));
    const reading = read({ follow: true, tailLines: 2 });
    await clock.settle();
    expect(node.asked.map((query) => [query.get("tailLines"), query.get("follow"), query.has("sinceTime")])).toEqual([
      ["2", "false", false],
      [null, "true", true],
    ]);
    node.write(web, "app", ["10"]);
    await clock.settle();
    expect(reading.texts).toEqual(["8", "9", "10"]);
    await reading.stop();
  });

  test("an empty log followed from its end: a burst after a cut comes whole", async () => {
    const { clock, node, pod, read } = createGround();
    const web = pod("web");
    const reading = read({ follow: true, tailLines: 2 });
    await clock.settle();
    node.breakAll("broken");
    node.write(web, "app", numbers(1, 50));
    await clock.advance(10_000);
    expect(reading.texts).toEqual(numbers(1, 50));
    await reading.stop();
  });

  test("a container that has not begun: told once, then read", async () => {
    const { clock, node, read } = createGround();
    node.server.put("web", {
      spec: { nodeName: "node", containers: [{ name: "app" }] },
      status: { containerStatuses: [{ name: "app", restartCount: 0, state: { waiting: { reason: "PullingImage" } } }] },
    });
    const reading = read();
    await clock.advance(60_000);
    expect(reading.events).toMatchObject([{ type: "waiting", reason: "PullingImage" }]);
    expect(node.asked).toEqual([]);
    const web = node.create("web", ["app"]);
    node.write(web, "app", ["1"]);
    node.publish(web);
    await clock.settle();
    expect(reading.texts).toEqual(["1"]);
    await reading.stop();
  });

  test("a container that has not begun, and has restarted before anybody heard of it: its first run too", async () => {
    const { clock, node, read } = createGround();
    node.server.put("web", { spec: { nodeName: "node", containers: [{ name: "app" }] } });
    const reading = read();
    await clock.settle();
    const web = node.create("web", ["app"]);
    node.write(web, "app", ["0"]);
    node.restart(web, "app");
    node.write(web, "app", ["1"]);
    node.publish(web);
    await clock.advance(20_000);
    expect([reading.texts, gapsOf(reading)]).toEqual([["0", "1"], []]);
    await reading.stop();
  });

  test("a consumer that takes nothing holds up the connection", async () => {
    const { clock, node, pod } = createGround();
    const web = pod("web");
    node.write(web, "app", numbers(1, 1000));
    let pieces = 0;
    node.pieceBytes = () => {
      pieces += 1;
      return 64;
    };
    const stream = logs(node.pods, { follow: true });
    const lines = stream[Symbol.asyncIterator]();
    expect((await lines.next()).value?.line).toBe("1");
    await clock.advance(60_000);
    expect(pieces).toBeLessThan(10);
    await stream.close();
    expect(node.open).toBe(0);
  });

  /** Takes the first of five lines and then nothing, until `meanwhile` is over; then all up to the text `last`. */
  async function heldUp(meanwhile: (ground: Ground, web: NodePod) => Promise<void>, last: string) {
    const ground = createGround();
    const { clock, node, pod } = ground;
    const web = pod("web");
    node.pieceBytes = () => 40; // less than two lines
    node.write(web, "app", numbers(1, 5));
    const gaps: LogEvent[] = [];
    const texts: string[] = [];
    const onEvent = (event: LogEvent): void => void (event.type === "gap" && gaps.push(event));
    const reading = (async () => {
      for await (const { line } of logs(node.pods, { follow: true, onEvent })) {
        texts.push(line);
        if (texts.length === 1) await meanwhile(ground, web);
        if (line === last) return;
      }
    })();
    await clock.advance(60_000);
    await reading;
    const times = web.runs.get("app")?.[0]?.lines.map(({ time }) => time) ?? [];
    return { texts, gaps, times, asked: node.asked.length };
  }

  const pause = (clock: VirtualClock, ms: number): Promise<void> =>
    new Promise((resolve) => void clock.after(ms, resolve));

  test("files that come and go while the consumer is held up: a gap names the place", async () => {
    const { texts, gaps, times } = await heldUp(async ({ clock, node }, web) => {
      for (const from of [6, 8]) {
        await pause(clock, 4000);
        node.rotate(web, "app");
        node.write(web, "app", numbers(from, from + 1));
      }
    }, "9");
    expect(texts).toEqual([...numbers(1, 5), ...numbers(8, 9)]);
    expect(gaps).toMatchObject([{ run: 0, after: times[4], before: times[7] }]);
  });

  test("lines that were written far apart while the consumer was held up: looked for in the newest file, and no gap", async () => {
    const { texts, gaps, asked } = await heldUp(async ({ clock, node }, web) => {
      for (const from of [6, 8]) {
        await pause(clock, 4000);
        node.write(web, "app", numbers(from, from + 1));
      }
    }, "9");
    expect(texts).toEqual(numbers(1, 9));
    expect(gaps).toEqual([]);
    expect(asked).toBe(2);
  });

  test("nothing is asked for before the first line is; leaving the loop, and closing the cluster, let go of everything", async () => {
    const { clock, node, pod, read } = createGround();
    const web = pod("web", ["a", "b"]);
    const stream = logs(node.pods, { follow: true });
    await clock.settle();
    expect(node.server.asked).toEqual([]);
    node.write(web, "a", ["1"]);
    for await (const { line } of stream) {
      expect(line).toBe("1");
      break;
    }
    await clock.settle();
    expect([node.open, node.server.watches, clock.pending]).toEqual([0, 0, 0]);
    const reading = read();
    await clock.settle();
    expect(node.open).toBe(2);
    await node.cluster.close();
    expect(await reading.ended).toBeUndefined();
    expect([node.open, node.server.watches, clock.pending]).toEqual([0, 0, 0]);
  });

  test("pods that come while all streams are taken are skipped, and read once one ends", async () => {
    const { clock, node, pod, read } = createGround();
    const first = pod("first");
    const reading = read({ follow: true, maxStreams: 1 });
    await clock.settle();
    const second = pod("second");
    node.write(second, "app", ["from the second"]);
    await clock.settle();
    expect(reading.events).toMatchObject([{ type: "opened" }, { type: "skipped", pod: "second" }]);
    expect(reading.texts).toEqual([]);
    node.write(first, "app", ["from the first"]);
    node.end(first, "app");
    node.publish(first);
    await clock.advance(5000);
    expect(reading.texts).toEqual(["from the first", "from the second"]);
    await reading.stop();
  });

  test("a pod that goes while its log cannot be read leaves a gap", async () => {
    const { clock, node, pod, read } = createGround();
    const web = pod("web");
    node.write(web, "app", ["1"]);
    const reading = read();
    await clock.settle();
    node.fault = () => ({ kind: "500" });
    node.breakAll("broken");
    node.write(web, "app", ["2"]);
    node.remove(web);
    await clock.advance(60_000);
    expect(gapsOf(reading)).toMatchObject([{ run: 0, why: "the pod is gone, and its log with it" }]);
    await reading.stop();
  });
});

describe("without follow", () => {
  test("the lines of all containers by time, also when reads break; then it ends", async () => {
    const { clock, node, pod, read } = createGround();
    const web = pod("web", ["a", "b", "c"]);
    const written: string[] = [];
    for (let index = 0; index < 60; index++) {
      const text = `line ${index}`;
      written.push(text);
      node.write(web, ["a", "b", "c"][index % 3] ?? "", [text]);
      await clock.advance(7);
    }
    let reads = 0;
    node.fault = () => (reads++ < 6 ? { kind: "broken", afterBytes: 100 * reads } : undefined);
    const reading = read({});
    await clock.run(reading.ended);
    expect(reading.texts).toEqual(written);
    expect(reading.events.some(({ type }) => type === "failed")).toBe(true);
    expect(node.open).toBe(0);
  });

  test("what still fails after several tries is thrown", async () => {
    const { clock, node, pod, read } = createGround();
    pod("web");
    node.fault = () => ({ kind: "500" });
    expect(isStatusError(await clock.run(read({}).ended))).toBe(true);
  });

  test("the run before, whole; a container that has none is skipped", async () => {
    const { clock, node, pod, read } = createGround();
    const web = pod("web", ["a", "b"]);
    node.write(web, "a", ["before"]);
    node.restart(web, "a");
    node.write(web, "a", ["now"]);
    node.publish(web);
    const reading = read({ previous: true });
    await clock.run(reading.ended);
    expect(reading.texts).toEqual(["before"]);
    expect(reading.events.filter(({ type }) => type === "skipped")).toMatchObject([{ container: "b" }]);
  });
});

describe("what is refused", () => {
  const wrong: readonly (readonly [string, object, RegExp])[] = [
    ["follow", { follow: 1 }, /follow: it must be true or false/],
    ["previous", { follow: true, previous: true }, /previous: .*leave out previous or follow/],
    ["since", { sinceSeconds: 1, sinceTime: "2026-01-01T00:00:00Z" }, /sinceSeconds: /],
    ["sinceSeconds", { sinceSeconds: 0 }, /sinceSeconds: it must be a whole number of at least 1/],
    ["sinceTime", { sinceTime: "yesterday" }, /sinceTime: it must be a time/],
    ["tailLines", { tailLines: -1 }, /tailLines: it must be a whole number of at least 0/],
    ["maxStreams", { maxStreams: 0 }, /maxStreams: it must be a whole number of at least 1/],
    ["containers", { containers: "app" }, /containers: it must be a function/],
    ["labelSelector", { labelSelector: "a b" }, /labelSelector/],
    ["an unknown option", { tail: 1 }, /tail/],
  ];

  test.each(wrong)("%s", (_, options, message) => {
    const { node } = createGround();
    expect(() => logs(node.pods, options)).toThrow(message);
  });

  test.each([true, false])(
    "more containers than may be open: the count, and nothing is opened (follow: %s)",
    async (follow) => {
      const { clock, node, pod, read } = createGround();
      pod("one", ["a", "b"]);
      pod("two", ["a", "b"]);
      const reading = read({ follow, maxStreams: 3 });
      await clock.settle();
      expect(await reading.ended).toMatchObject({
        name: "InputError",
        message: expect.stringContaining("4 containers"),
      });
      expect(node.asked).toEqual([]);
      const fewer = read({ follow, maxStreams: 3, containers: ({ container }) => container === "a" });
      await clock.settle();
      await fewer.stop();
      expect(new Set(node.asked.map((query) => query.get("container")))).toEqual(new Set(["a"]));
    },
  );

  test("what is no client of pods", () => {
    const { node } = createGround();
    const deployments = node.cluster.resource({
      group: "apps",
      version: "v1",
      plural: "deployments",
      kind: "Deployment",
      namespaced: true,
    });
    expect(() => logs(deployments as never)).toThrow(/resource: it must be the client of pods/);
    expect(() => logs(node.pods.metadata as never)).toThrow(/resource: it must be the client of pods/);
  });

  test.each(["/pods", "/log"])("no right to %s: the server's own error", async (where) => {
    const { clock, node, pod, read } = createGround();
    pod("web");
    if (where === "/log") node.fault = () => ({ kind: "403" });
    else node.server.refuse(403, where);
    const reading = read();
    expect(await clock.run(reading.ended)).toMatchObject({ statusCode: 403 });
  });

  test("what onEvent throws ends it", async () => {
    const { clock, pod, read } = createGround();
    pod("web");
    const reading = read({
      follow: true,
      onEvent() {
        throw new Error("of the caller");
      },
    });
    expect(await clock.run(reading.ended)).toMatchObject({ message: "of the caller" });
  });
});

test("lines keep what they hold: texts that look like times, spaces, nothing", async () => {
  const { clock, node, pod } = createGround();
  const web = pod("web");
  const texts = ["", "  two spaces", "2026-01-01T00:00:00Z in it", "tab\there"];
  node.write(web, "app", texts);
  const lines: LogLine[] = [];
  await clock.run(
    (async () => {
      for await (const line of logs(node.pods)) lines.push(line);
    })(),
  );
  expect(lines.map(({ line }) => line)).toEqual(texts);
  expect(lines[0]).toMatchObject({ namespace: "default", pod: "web", container: "app" });
});
