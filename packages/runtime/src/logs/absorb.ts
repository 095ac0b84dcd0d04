import { judge, leapIn, leaps, missing } from "./leap.ts";
import type { LogLine } from "./log-line.ts";
import { ended, gap, leftAt, overtaken, plan } from "./plan.ts";
import { advanced, isBeyond, isLast, timesRead } from "./position.ts";
import type { Course, Effect, Found, Leap, Moment, Reading, ReadSettings, State, Step } from "./state.ts";

/** Takes lines: tells the new ones from those that were read before. `waitedMs`: how long the first of them was waited for. */
export function absorb(
  course: Course,
  reading: Reading,
  lines: readonly LogLine[],
  waitedMs: number,
  settings: ReadSettings,
  moment: Moment,
): Step {
  const position = course.position ?? course.before?.position;
  if (reading.matched || position === undefined) return goOn(course, reading, lines, waitedMs, settings, moment);
  let { met } = reading;
  for (const [index, line] of lines.entries()) {
    if (isLast(position, line)) {
      met += 1;
      if (met < timesRead(position)) continue;
      const matched = { ...reading, matched: true, met, held: [] };
      const rest = lines.slice(index + 1);
      const found: Course = { ...course, finite: false, unmatched: 0 };
      if (course.position === undefined) return takenFor(found, matched, rest);
      if (course.mode === "misplaced") return misplaced(found, matched, rest);
      return deliver({ ...found, mode: course.mode === "probe" ? "probe" : "resume" }, matched, rest);
    }
    if (isBeyond(position, line)) {
      // The last line, would it be there, would have come before.
      const held = [...reading.held, lines];
      return met > 0
        ? deliver(course, { ...reading, matched: true }, lines.slice(index))
        : unseen(course, { ...reading, held }, settings, moment);
    }
  }
  return {
    state: { at: "reading", course, reading: { ...reading, met, held: [...reading.held, lines] } },
    effects: [],
  };
}

/** Delivers new lines, as far as the node left nothing out before them. */
function goOn(
  course: Course,
  reading: Reading,
  lines: readonly LogLine[],
  waitedMs: number,
  settings: ReadSettings,
  moment: Moment,
): Step {
  const { position } = course;
  const at = position === undefined ? undefined : leapIn(position, reading, lines, waitedMs, moment);
  if (at === undefined) return deliver(course, reading, lines);
  const { state, effects } = deliver(course, reading, lines.slice(0, at));
  // Where the pod is gone, nobody can be asked.
  const step = course.gone
    ? plan(state.course, settings, moment, [{ do: "cancel" }])
    : leaps(state.course, state.reading, lines.slice(at), moment);
  return { state: step.state, effects: [...effects, ...step.effects] };
}

/**
 * An answer came that may tell what a leap is about. A node that left files out shows the newest one once more for each of them: only its
 * first line is taken, and the rest read anew.
 */
export function judged(
  course: Course,
  reading: Reading,
  leap: Leap,
  found: Found,
  settings: ReadSettings,
  moment: Moment,
): Step {
  const verdict = judge(leap, found, moment);
  if (typeof verdict === "object")
    return { state: { at: "reading", course, reading: { ...reading, leap: verdict } }, effects: [] };
  const first = deliver(course, { ...reading, leap: undefined, sureAt: leap.askedAt }, leap.lines.slice(0, 1));
  const { state, effects } = first;
  if (verdict === "missing") {
    const told = [missing(course, leap.lines), ...effects, { do: "cancel" } as const];
    return plan(state.course, settings, moment, told);
  }
  const rest = goOn(state.course, state.reading, leap.lines.slice(1), 0, settings, moment);
  return { state: rest.state, effects: [...effects, ...rest.effects] };
}

/** What was read as the log of the run before is of this one, and of the one before nothing was; or a line is there again. */
function takenFor(course: Course, reading: Reading, lines: readonly LogLine[]): Step {
  const { run = 0, before } = course;
  const step = deliver({ ...course, position: before?.position, before: undefined }, reading, lines);
  if (before?.run === run) return step;
  const lost = gap({ ...course, position: undefined }, overtaken, run - 1, undefined);
  return { state: step.state, effects: [lost, ...step.effects] };
}

/** All that was read is of the newest run, and of the run before nothing was. */
function misplaced(course: Course, reading: Reading, lines: readonly LogLine[]): Step {
  const { run = 0, known } = course;
  const step = deliver({ ...course, run: known?.number, mode: "resume", owed: true }, reading, lines);
  if (!course.owed) return step;
  const lost = gap({ ...course, position: undefined }, overtaken, run, undefined);
  return { state: step.state, effects: [lost, ...step.effects] };
}

/** The last line is not in what is read. */
export function unseen(course: Course, reading: Reading, settings: ReadSettings, moment: Moment): Step {
  const { run = 0, mode } = course;
  if (course.position === undefined)
    return deliver({ ...course, before: undefined }, { ...reading, matched: true, held: [] }, reading.held.flat());
  const before = reading.held[0]?.[0]?.time;
  const given: Course = { ...course, unmatched: 0 };
  if (mode === "misplaced") {
    // It was of the run before, and the rest of that is nowhere.
    const done = { ...given, mode: "resume", finite: false, complete: true } as const;
    const told = ended(course, [gap(course, dropped, run, undefined)]);
    return plan(done, settings, moment, [{ do: "cancel" }, ...told]);
  }
  if (mode === "probe") return plan({ ...given, mode: "accept" }, settings, moment, [{ do: "cancel" }]);
  if (mode === "resume" && !reading.previous) {
    return {
      state: { at: "reading", course: given, reading: { ...reading, looking: true } },
      effects: [{ do: "look" }],
    };
  }
  // Where nothing has come yet, the file is read from its beginning.
  const anew = { whole: true, position: undefined, before: leftAt(course) };
  const accepted: Course = { ...given, mode: "resume", finite: false, ...(before === undefined ? anew : {}) };
  const step = deliver(accepted, { ...reading, matched: true, held: [] }, reading.held.flat());
  return { state: step.state, effects: [gap(course, dropped, run, before), ...step.effects] };
}

const dropped = "the last line that was read is no longer in the log, which was rotated or removed";

interface Delivered extends Step {
  readonly state: State & { readonly at: "reading" };
}

function deliver(course: Course, reading: Reading, lines: readonly LogLine[]): Delivered {
  const { check } = reading;
  if (lines.length === 0) return { state: { at: "reading", course, reading }, effects: [] };
  const effects: Effect[] = [{ do: "deliver", lines }];
  return {
    state: {
      at: "reading",
      course: {
        ...course,
        position: advanced(course.position, lines),
        rest: undefined,
        clean: false,
        quiet: 0,
        failures: 0,
        lostSince: undefined,
      },
      reading:
        reading.brought && check.done
          ? reading
          : { ...reading, brought: true, check: { ...check, at: undefined, asked: false, behind: false } },
    },
    effects,
  };
}
