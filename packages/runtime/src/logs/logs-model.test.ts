import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  createLogNode,
  type LogFault,
  type LogNode,
  type NodePod,
  type WrittenRun,
} from "../../../../test/support/log-node.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import type { LogEvent } from "./log-event.ts";
import type { LogLine } from "./log-line.ts";
import { logs } from "./logs.ts";

// Whatever happens to containers, connections and files: each line comes once and in order, or a gap names where lines are missing.

const names = ["web-0", "web-1"];
const containers = ["app", "proxy"];

type Action =
  | { readonly do: "write"; readonly lines: number; readonly how: "late" | "twin" | undefined }
  | {
      readonly do:
        | "rest"
        | "restart"
        | "end"
        | "rotate"
        | "unnoticed"
        | "remove"
        | "replace"
        | "break"
        | "end all"
        | "watches";
    }
  | { readonly do: "outage" | "slow"; readonly ms: number };

interface Turn {
  readonly pod: string;
  readonly container: string;
  readonly action: Action;
  /** What passes before the server hears of it, and before the next action. */
  readonly lagMs: number;
  readonly thenMs: number;
}

const kinds = {
  write: 12,
  rest: 1,
  restart: 2,
  end: 1,
  rotate: 1,
  unnoticed: 1,
  remove: 1,
  replace: 1,
  break: 3,
  "end all": 3,
  watches: 1,
  outage: 1,
  slow: 1,
} as const;

function turns(kind: (name: keyof typeof kinds) => boolean): fc.Arbitrary<readonly Turn[]> {
  const chosen = (Object.keys(kinds) as (keyof typeof kinds)[]).filter(kind);
  const action = fc.oneof(
    ...chosen.map((name) => ({ weight: kinds[name], arbitrary: actionOf(name) })),
  ) as fc.Arbitrary<Action>;
  const turn = fc.record({
    pod: fc.constantFrom(...names),
    container: fc.constantFrom(...containers),
    action,
    lagMs: fc.constantFrom(0, 100, 900),
    thenMs: fc.oneof(fc.constantFrom(0, 1, 20, 400), fc.integer({ min: 0, max: 4000 })),
  });
  return fc.array(turn, { minLength: 1, maxLength: 40 });
}

function actionOf(name: keyof typeof kinds): fc.Arbitrary<Action> {
  if (name === "write")
    return fc.record({
      do: fc.constant(name),
      lines: fc.integer({ min: 1, max: 12 }),
      how: fc.constantFrom(undefined, "late", "twin"),
    });
  if (name === "outage" || name === "slow")
    return fc.record({ do: fc.constant(name), ms: fc.integer({ min: 1, max: 20_000 }) });
  return fc.constant({ do: name });
}

/** `ending`: also answers that are cut off as if they were whole. */
function faultsOf(ending: boolean): fc.Arbitrary<readonly (LogFault | undefined)[]> {
  // Two empty answers in a row are believed.
  const afterBytes = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 600 }));
  const kind = ending ? fc.constantFrom("broken" as const, "ended" as const) : fc.constant("broken" as const);
  const refused = fc.constantFrom({ kind: "refused" } as const, { kind: "500" } as const);
  const fault = fc.oneof(fc.record({ kind, afterBytes }), refused);
  return fc.array(fc.option(fault, { nil: undefined, freq: 2 }), { maxLength: 40 });
}

interface Told {
  readonly lines: readonly LogLine[];
  readonly events: readonly (LogEvent & { readonly at: number })[];
}

/** Plays it all, then lets everything heal. */
async function play(script: readonly Turn[], faults: readonly (LogFault | undefined)[], pieces: readonly number[]) {
  const clock = createVirtualClock();
  const node = createLogNode(clock);
  const lines: LogLine[] = [];
  const events: (LogEvent & { readonly at: number })[] = [];
  const done = new AbortController();
  let next = 0;
  node.fault = () => faults[next++];
  node.pieceBytes = () => pieces[next++ % pieces.length] ?? 100;
  let slowMs = 0;
  const pods = new Map<string, NodePod>();
  for (const name of names) {
    const pod = node.create(name, containers);
    pods.set(name, pod);
    node.publish(pod);
  }
  const read = (async () => {
    for await (const line of logs(node.pods.in("default"), {
      follow: true,
      signal: done.signal,
      onEvent: (event) => events.push({ ...event, at: clock.now() }),
    })) {
      lines.push(line);
      if (slowMs > 0) {
        const ms = slowMs;
        slowMs = 0;
        await new Promise<void>((resolve) => void clock.after(ms, resolve));
      }
    }
  })().catch((error: unknown) => {
    if (error !== done.signal.reason) throw error;
  });
  await clock.settle();
  for (const turn of script) {
    act(node, clock, pods, turn, (ms) => (slowMs = ms));
    await clock.advance(turn.thenMs);
  }
  node.cutOff(false);
  node.fault = () => undefined;
  await clock.advance(180_000);
  done.abort();
  await read;
  await node.cluster.close();
  expect(node.open).toBe(0);
  return { node, told: { lines, events } };
}

const rotations = new WeakMap<WrittenRun, number>();

function act(
  node: LogNode,
  clock: VirtualClock,
  pods: Map<string, NodePod>,
  { pod: name, container, action, lagMs }: Turn,
  slow: (ms: number) => void,
): void {
  const pod = pods.get(name) as NodePod;
  const publish = (): void => void clock.after(lagMs, () => node.publish(pod));
  switch (action.do) {
    case "write": {
      const runs = pod.runs.get(container) ?? [];
      const at = runs.at(-1)?.lines.length ?? 0;
      const texts = Array.from({ length: action.lines }, (_, index) => `${pod.uid} ${runs.length - 1} ${at + index}`);
      node.write(pod, container, texts, action.how);
      break;
    }
    case "rest":
      node.writeRest(pod, container, `${pod.uid} ${(pod.runs.get(container)?.length ?? 0) - 1} rest`);
      break;
    case "restart":
      if (!pod.gone) node.restart(pod, container);
      publish();
      break;
    case "end":
      node.end(pod, container);
      publish();
      break;
    case "rotate":
    case "unnoticed": {
      // A kubelet looks every 3 s at most, every 10 s unless told otherwise, and leaves files alone that are small.
      const run = pod.runs.get(container)?.at(-1);
      if (
        run === undefined ||
        run.lines.length === run.dropped ||
        clock.now() - (rotations.get(run) ?? -Infinity) < 3000
      )
        break;
      rotations.set(run, clock.now());
      node.rotate(pod, container, action.do === "unnoticed");
      break;
    }
    case "remove":
      if (!pod.gone) node.remove(pod);
      break;
    case "replace": {
      if (!pod.gone) node.remove(pod);
      const other = node.create(name, containers);
      pods.set(name, other);
      clock.after(lagMs, () => node.publish(other));
      break;
    }
    case "break":
      node.breakAll("broken");
      break;
    case "end all":
      node.breakAll("ended");
      break;
    case "watches":
      node.server.endWatches();
      break;
    case "outage":
      node.cutOff(true);
      clock.after(action.ms, () => node.cutOff(false));
      break;
    case "slow":
      slow(action.ms);
  }
}

/** What is wrong with what was told of one container. */
function problemsIn(pod: NodePod, container: string, { lines, events }: Told): readonly string[] {
  const problems: string[] = [];
  const got = lines.filter((line) => line.container === container && line.line.startsWith(`${pod.uid} `));
  const texts = new Set(got.map(({ line }) => line));
  const first = events.find(
    (event) =>
      event.type === "opened" && event.container === container && event.pod === pod.name && event.at >= pod.createdAt,
  );
  // Of pods that were there when it began, runs that were over are not asked for.
  const from = pod.createdAt > 0 ? 0 : first?.type === "opened" ? first.run : Infinity;
  const written = (pod.runs.get(container) ?? []).flatMap((run) => {
    if (run.number < from && !run.lines.some(({ text }) => texts.has(text))) return [];
    // What the node removed before anybody read a line of the run, nobody can know.
    const kept = run.lines.findIndex(({ text }, index) => index >= run.dropped || texts.has(text));
    return [
      ...run.lines.slice(kept === -1 ? run.lines.length : kept).map((line) => ({ ...line, run: run.number })),
      ...(run.rest === undefined || !run.ended ? [] : [{ ...run.rest, run: run.number }]),
    ];
  });
  const gaps = events.filter(
    (event) => event.type === "gap" && event.container === container && event.pod === pod.name,
  );
  let at = 0;
  const missing = (from: number, to: number): void => {
    // A text without its end at the very moment the pod goes is nobody's line.
    const before = written[from - 1];
    const first = written[from];
    if (first === undefined || to <= from) return;
    const told = gaps.some(
      (gap) =>
        gap.type === "gap" &&
        (gap.after === before?.time || (gap.after === undefined && before?.run !== first.run)) &&
        gap.run <= first.run + 1,
    );
    if (!told) problems.push(`silent: ${pod.uid}/${container} lacks ${from}..${to} (after ${before?.text})`);
  };
  for (const { line } of got) {
    const found = written.findIndex(({ text }, index) => index >= at && text === line);
    if (found === -1) {
      problems.push(`twice or out of order: ${pod.uid}/${container} ${line}`);
      continue;
    }
    missing(at, found);
    at = found + 1;
  }
  missing(at, written.length);
  return problems;
}

function problemsOf(node: LogNode, told: Told): readonly string[] {
  const known = node.all.filter(({ isKnown }) => isKnown);
  return known.flatMap((pod) => containers.flatMap((container) => problemsIn(pod, container, told)));
}

const pieces = fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 });
const numRuns = Number(process.env["RUNS"] ?? 40);

test("where nothing is removed, each line comes once and in order, and there is no gap", async () => {
  const harmless = turns((kind) => !["rotate", "unnoticed", "remove", "replace", "restart"].includes(kind));
  await fc.assert(
    fc.asyncProperty(harmless, faultsOf(true), pieces, async (script, faults, sizes) => {
      const { node, told } = await play(script, faults, sizes);
      expect(problemsOf(node, told)).toEqual([]);
      expect(told.events.filter(({ type }) => type === "gap")).toEqual([]);
    }),
    { numRuns },
  );
});

test("containers restart and files are rotated: each line comes once and in order, or a gap says where lines are missing", async () => {
  const lasting = turns((kind) => kind !== "remove" && kind !== "replace");
  await fc.assert(
    fc.asyncProperty(lasting, faultsOf(true), pieces, async (script, faults, sizes) => {
      const { node, told } = await play(script, faults, sizes);
      expect(problemsOf(node, told)).toEqual([]);
    }),
    { numRuns },
  );
});

test("restarts that stand apart, between cuts of all kinds, leave no gap", async () => {
  const restarting = turns(
    (kind) => !["rotate", "unnoticed", "remove", "replace", "slow", "outage"].includes(kind),
  ).map((script) =>
    script.map((turn) => (turn.action.do === "restart" ? { ...turn, thenMs: turn.thenMs + 30_000 } : turn)),
  );
  await fc.assert(
    fc.asyncProperty(restarting, faultsOf(true), pieces, async (script, faults, sizes) => {
      const { node, told } = await play(script, faults, sizes);
      expect(problemsOf(node, told)).toEqual([]);
      expect(told.events.filter(({ type }) => type === "gap")).toEqual([]);
    }),
    { numRuns },
  );
});

// A log that is cut off as if it were whole, of a pod that is then gone, cannot be told from one that is whole.
test("pods go and come: each line comes once and in order, or a gap says where lines are missing", async () => {
  const breaking = turns((kind) => kind !== "end all");
  await fc.assert(
    fc.asyncProperty(breaking, faultsOf(false), pieces, async (script, faults, sizes) => {
      const { node, told } = await play(script, faults, sizes);
      expect(problemsOf(node, told)).toEqual([]);
    }),
    { numRuns },
  );
});

test("a consumer is held up while files are rotated: each line comes once and in order, or a gap says where lines are missing", async () => {
  const turn = (action: Action, thenMs = 0): Turn => ({ pod: "web-0", container: "app", action, lagMs: 0, thenMs });
  const held = turns((kind) => ["write", "rotate"].includes(kind)).map((script) => [
    turn({ do: "slow", ms: 20_000 }),
    turn({ do: "write", lines: 12, how: undefined }),
    ...script.map(({ action, thenMs }) => turn(action, thenMs + 1000)),
    // Where nothing more is written, nobody can tell.
    turn({ do: "write", lines: 1, how: undefined }),
  ]);
  await fc.assert(
    fc.asyncProperty(held, faultsOf(true), pieces, async (script, faults, sizes) => {
      const { node, told } = await play(script, faults, sizes);
      expect(problemsOf(node, told)).toEqual([]);
    }),
    { numRuns },
  );
});
