import type { LogLine } from "./log-line.ts";
import { gap } from "./plan.ts";
import { askFrom, type Position } from "./position.ts";
import type { Course, Effect, Found, Leap, Moment, Reading, Step } from "./state.ts";

/** A node rotates a file every 3 s at the most: lines on both sides of one that it left out were written further apart. */
const leapMs = 2000;
/** So long after a file was the newest, two more may have come. */
const sureMs = 2500;
/** Between answers that say nothing. */
const pauseMs = 500;
/** So many answers in a row that end without the line are believed. */
const missedBelieved = 5;

/**
 * A node that is held up in a file goes on with the newest one, whatever was between: files that were rotated meanwhile are left out without
 * a word (ReadLogs of k8s.io/cri-client pkg/logs). Then lines come closer together than they were written. `waitedMs`: how long the first of
 * these was waited for, which counts where its silence was checked: a node that stays behind in a file waits too. Gives the place of the
 * first line behind such a leap.
 */
export function leapIn(
  { time }: Position,
  { follow, sureAt, check }: Reading,
  lines: readonly LogLine[],
  waitedMs: number,
  { now }: Moment,
): number | undefined {
  const last = lines.at(-1);
  let before = Date.parse(time);
  if (!follow || last === undefined || now - sureAt < sureMs || Date.parse(last.time) - before < leapMs)
    return undefined;
  let waited = check.done ? waitedMs : 0;
  for (const [index, line] of lines.entries()) {
    const written = Date.parse(line.time);
    if (written - before - waited >= leapMs) return index;
    waited = 0;
    before = Math.max(before, written);
  }
  return undefined;
}

/** Lines behind a leap wait until the one before them was looked for in the newest file. */
export function leaps(course: Course, reading: Reading, lines: readonly LogLine[], moment: Moment): Step {
  return ask(course, reading, { lines, missed: 0, at: undefined, askedAt: moment.now });
}

/** Asks again. */
export function askAgain(course: Course, reading: Reading, leap: Leap, { now }: Moment): Step {
  return ask(course, reading, { ...leap, at: undefined, askedAt: now });
}

function ask(course: Course, reading: Reading, leap: Leap): Step {
  const { position, known, run = 0 } = course;
  const effects: Effect[] = [];
  if (position !== undefined) {
    const previous = known !== undefined && known.number > run;
    const none = { sinceSeconds: undefined, tailLines: undefined };
    const request = { previous, follow: false, sinceTime: askFrom(position), ...none };
    effects.push({ do: "check", request, position });
  }
  return { state: { at: "reading", course, reading: { ...reading, leap } }, effects };
}

/** What an answer says of a leap: all lines came, some may be missing, or it is asked again. */
export function judge(leap: Leap, found: Found, { now }: Moment): "whole" | "missing" | Leap {
  if (found === "last" || found === "more") return "whole";
  const missed = found === "unknown" ? leap.missed : leap.missed + 1;
  return found === "beyond" || missed === missedBelieved ? "missing" : { ...leap, missed, at: now + pauseMs };
}

/** Lines may be missing before these. */
export function missing(course: Course, lines: readonly LogLine[]): Effect {
  const { run = 0 } = course;
  return gap(course, leftOut, run, lines[0]?.time);
}

const leftOut = "what was rotated while lines waited to be read may have been left out";
