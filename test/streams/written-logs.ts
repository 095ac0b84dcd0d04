import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { LogEvent, LogLine } from "kubewright";

/** What tests hold against what `logs` gave: the lines that containers wrote, each beside its log into a file of their own. */
export interface WrittenLogs {
  /** The part of a container's script that makes `say TEXT`: a line for the truth, then the same for the log. */
  readonly prelude: string;
  /** The environment and mount that the prelude needs. Each pod has its own `incarnation`. */
  container(name: string, incarnation: string): object;
  /** The volumes of its pod. */
  readonly volumes: readonly {
    readonly name: string;
    readonly hostPath: { readonly path: string; readonly type: string };
  }[];
  /** The lines of each run in their order. */
  runsOf(incarnation: string, container: string): readonly (readonly string[])[];
  /** When a run wrote its last line, in milliseconds of the clock; undefined for one that has not begun. */
  lastWrite(incarnation: string, container: string, run: number): number | undefined;
}

/** Containers write into a folder of the machine, which they see at its own path. */
export function writtenLogs(folder: string): WrittenLogs {
  mkdirSync(folder, { recursive: true });
  return {
    prelude: `n=0; while [ -e "$TRUTH.$n" ]; do n=$((n+1)); done; exec 3>>"$TRUTH.$n"
say() { echo "$INCARNATION $n $1" >&3; echo "$INCARNATION $n $1"; }
`,
    container: (name, incarnation) => ({
      env: [
        { name: "INCARNATION", value: incarnation },
        { name: "TRUTH", value: join(folder, `${incarnation}.${name}`) },
      ],
      volumeMounts: [{ name: "truth", mountPath: folder }],
    }),
    volumes: [{ name: "truth", hostPath: { path: folder, type: "Directory" } }],
    runsOf(incarnation, container) {
      const runs: string[][] = [];
      for (;;) {
        const file = join(folder, `${incarnation}.${container}.${runs.length}`);
        if (!existsSync(file)) return runs;
        runs.push(readFileSync(file, "utf8").split("\n").slice(0, -1));
      }
    },
    lastWrite: (incarnation, container, run) =>
      statSync(join(folder, `${incarnation}.${container}.${run}`), { throwIfNoEntry: false })?.mtimeMs,
  };
}

/** A gap, and whether the file that the node shows held the last line that was read when it was told. */
interface ToldGap {
  readonly event: LogEvent & { readonly type: "gap" };
  readonly held: boolean;
  /** When it was told. */
  readonly at: number;
}

/** Takes what `logs` gives, and looks at the node's files when it tells a gap, and when a run begins. */
export interface LogWitness {
  line(line: LogLine): void;
  event(event: LogEvent): void;
  readonly lines: readonly LogLine[];
  readonly events: readonly LogEvent[];
  readonly gaps: readonly ToldGap[];
  /** The first line that the node's file had when the first line of a run came; by container and the beginning of its lines. */
  readonly heads: ReadonlyMap<string, string | undefined>;
}

/** `folder`: that of the control plane whose node writes the logs. */
export function logWitness(folder: string): LogWitness {
  const lines: LogLine[] = [];
  const events: LogEvent[] = [];
  const gaps: ToldGap[] = [];
  const heads = new Map<string, string | undefined>();
  return {
    lines,
    events,
    gaps,
    heads,
    line(line) {
      lines.push(line);
      const [incarnation = "", run = ""] = line.line.split(" ");
      const key = headKey(line.container, incarnation, run);
      if (heads.has(key)) return;
      const begin = ` ${incarnation} ${run} `;
      const held = filesOf(folder, line, run).flatMap((text) => text.split("\n"));
      const first = held.find((text) => text.includes(begin));
      heads.set(key, first?.slice(first.indexOf(begin) + 1));
    },
    event(event) {
      events.push(event);
      if (event.type !== "gap") return;
      const { after, run } = event;
      const held =
        after !== undefined && filesOf(folder, event, String(run)).some((text) => text.includes(`${after} `));
      gaps.push({ event, held, at: Date.now() });
    },
  };
}

const headKey = (container: string, incarnation: string, run: string): string => `${container} ${incarnation} ${run}`;

/** The newest file of a run, as the node shows it; of each pod that had the name and is not yet removed. */
function filesOf(
  folder: string,
  { namespace, pod, container }: Pick<LogLine, "namespace" | "pod" | "container">,
  run: string,
): readonly string[] {
  const logs = join(folder, "kubelet", "logs");
  return readdirSync(logs)
    .filter((one) => one.startsWith(`${namespace}_${pod}_`))
    .flatMap((one) => {
      // Files go at any moment: those of pods that are gone, and those that are being rotated.
      try {
        return [readFileSync(join(logs, one, container, `${run}.log`), "utf8")];
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
        return [];
      }
    });
}

/** Which lines of which container: what `writtenLogs` made. */
export interface Incarnation {
  readonly name: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /**
   * `ended`: all that it wrote must come. `runs`: it goes on to write, so what it wrote after the last line that came is not asked for.
   * `killed`: it was, while it wrote, so that the last line of its last run may be in the truth alone.
   */
  readonly state: "ended" | "runs" | "killed";
}

/** How many lines there were, and what became of them. */
export interface Judged {
  readonly problems: readonly string[];
  readonly written: number;
  readonly read: number;
  /** Did not come, and a gap says so. */
  readonly missing: number;
  /** Did not come: the node had removed them before the first line of their run could be read, or the pod came and went unseen. */
  readonly before: number;
}

/** Holds what was told of one container of one pod against what it wrote. */
export function judge(incarnation: Incarnation, written: WrittenLogs, witness: LogWitness): Judged {
  const { name, namespace, pod, container, state } = incarnation;
  const problems: string[] = [];
  const problem = (text: string): void => void problems.push(`${pod}/${container} (${name}): ${text.slice(0, 500)}`);
  const got = witness.lines.filter(
    (line) => line.namespace === namespace && line.container === container && line.line.startsWith(`${name} `),
  );
  const gaps = witness.gaps.filter(
    ({ event }) => event.namespace === namespace && event.pod === pod && event.container === container,
  );
  const all = written.runsOf(name, container).flatMap((lines, run) => lines.map((text) => ({ run, text })));
  const at = new Map(all.map(({ text }, index) => [text, index]));
  const sums = { missing: 0, before: 0 };
  let next = 0;
  let last: LogLine | undefined;

  /** Lines of one run that did not come. */
  function missed(from: number, end: number, before: LogLine | undefined): void {
    const { run, text } = all[from] as (typeof all)[number];
    if (state === "killed" && from === all.length - 1) return;
    const begins = from === 0 || all[from - 1]?.run !== run;
    const told = gaps.some(
      ({ event }) =>
        (event.after === undefined ? begins && event.run === run : event.after === last?.time) &&
        (event.before === undefined || event.before === before?.time),
    );
    const head = witness.heads.get(headKey(container, name, String(run)));
    const removed = begins && (head === undefined || (at.get(head) ?? 0) >= end);
    if (told) sums.missing += end - from;
    else if (removed && (before !== undefined || last === undefined)) sums.before += end - from;
    else {
      const between = `read were "${last?.line}" of ${last?.time} and "${before?.line}" of ${before?.time}`;
      problem(
        `${end - from} lines are missing without a gap, from "${text}"; ${between}; the file began with "${head}"`,
      );
    }
  }

  function upTo(end: number, before: LogLine | undefined): void {
    for (let from = next, to: number; from < end; from = to) {
      to = from + 1;
      while (to < end && all[to]?.run === all[from]?.run) to += 1;
      missed(from, to, to === end ? before : undefined);
    }
  }

  for (const line of got) {
    const index = at.get(line.line);
    if (index === undefined) problem(`"${line.line}" was never written`);
    else if (index < next) problem(`"${line.line}" came twice or out of order`);
    else {
      upTo(index, line);
      next = index + 1;
      last = line;
    }
  }
  if (state === "runs") all.length = next;
  upTo(all.length, undefined);
  for (const { event, held, at: toldAt } of gaps) {
    // Of the runs that are over a node shows the last one alone, whatever else it still has.
    const isShown = (written.lastWrite(name, container, event.run + 1) ?? Infinity) > toldAt;
    if (held && isShown)
      problem(`a gap after ${event.after} of run ${event.run}, which the node still has: ${event.why}`);
  }
  return { problems, written: all.length, read: got.length, ...sums };
}
