import { isStatusError, KubeError } from "@kubewright/core";
import { failureKind } from "../watch/failure-kind.ts";
import { backoff, lossPause, provenMs, slowBackoff } from "../watch/pauses.ts";
import { unseen } from "./absorb.ts";
import { ended, gap, leave, plan } from "./plan.ts";
import type { LogLine } from "./log-line.ts";
import { advanced } from "./position.ts";
import type { Course, Effect, Moment, Outcome, Reading, ReadSettings, Step } from "./state.ts";

/** So many reads in a row that end without showing the last line are believed. */
const unmatchedBelieved = 3;
/** So many failures in a row end a log that is not followed. */
const mostFailures = 6;

/** A read is over: reads again, until it is sure that the run has no more. */
export function conclude(
  course: Course,
  reading: Reading,
  outcome: Outcome,
  settings: ReadSettings,
  moment: Moment,
): Step {
  if (outcome.type === "failed") {
    // Whether the pod is still there, the watch may say later.
    if (isStatusError(outcome.error) && outcome.error.statusCode === 404 && !course.gone) {
      return {
        state: { at: "reading", course, reading: { ...reading, looking: true, outcome } },
        effects: [{ do: "look" }],
      };
    }
    return failed(course, reading, outcome.error, settings, moment);
  }
  if (outcome.odd !== undefined) {
    if (outcome.odd === "cut" || !reading.final || course.failures < unmatchedBelieved)
      return failed(course, reading, new KubeError("the log broke off"), settings, moment);
    const told = ended(course, [gap(course, "the node no longer has the log of that run", course.run ?? 0, undefined)]);
    return plan({ ...course, failures: 0, complete: true }, settings, moment, told);
  }
  return reading.matched
    ? finished(course, reading, outcome.rest, settings, moment)
    : unmatched(course, reading, outcome.rest, settings, moment);
}

function finished(
  given: Course,
  reading: Reading,
  rest: LogLine | undefined,
  settings: ReadSettings,
  moment: Moment,
): Step {
  const { known, run } = given;
  const quiet = reading.brought || !sameText(given.rest, rest) ? 0 : given.quiet + 1;
  const course: Course = { ...given, clean: true, rest, quiet, failures: 0, lostSince: undefined };
  if (course.gone) return leave(course, [], true);
  if (!settings.follow) {
    // What ends may have been cut off without a word: it is asked for its end once more.
    return course.reads > 0 ? complete(course, settings, moment) : plan({ ...course, reads: 1 }, settings, moment);
  }
  const over = reading.previous || known?.running !== true || run !== known.number;
  if (reading.anchors && !over) {
    const whole = course.position === undefined;
    return whole && rest !== undefined
      ? pausing(course, lossPause(0, moment), moment)
      : plan({ ...course, whole }, settings, moment);
  }
  // A last line that came again shows that the log is there; an empty one may be the work of what stands in between.
  const believed = course.position === undefined ? 2 : 1;
  if (over && reading.final && quiet >= believed) return complete(course, settings, moment);
  return over ? plan(course, settings, moment) : pausing(course, quietPause(quiet, moment), moment);
}

/** Before a log that ended is asked for again though its container runs; at most twice as long, by chance. */
function quietPause(quiet: number, { random }: Moment): number {
  return Math.min(200 * 2 ** quiet, 8000) * (1 + random);
}

function complete(course: Course, settings: ReadSettings, moment: Moment): Step {
  const { rest } = course;
  const last: Effect[] = rest === undefined ? [] : [{ do: "deliver", lines: [rest] }];
  const position = rest === undefined ? course.position : advanced(course.position, [rest]);
  const done: Course = { ...course, position, rest: undefined, complete: true, mode: "resume" };
  return plan(done, settings, moment, ended(course, last));
}

/** The log ended, and the last line did not come: it ended too early, or what holds the line is gone. */
function unmatched(
  given: Course,
  reading: Reading,
  rest: LogLine | undefined,
  settings: ReadSettings,
  moment: Moment,
): Step {
  if (given.position === undefined) {
    const step = unseen(given, reading, settings, moment);
    if (step.state.at !== "reading") return step;
    const end = finished(step.state.course, step.state.reading, rest, settings, moment);
    return { state: end.state, effects: [...step.effects, ...end.effects] };
  }
  const course = { ...given, unmatched: given.unmatched + 1 };
  if (course.gone) return leave(course);
  if (course.unmatched < unmatchedBelieved) return pausing(course, lossPause(0, moment), moment);
  const next = { ...course, unmatched: 0 };
  if (course.mode === "misplaced") return unseen(next, reading, settings, moment);
  if (course.mode === "probe") return plan({ ...next, mode: "accept" }, settings, moment);
  if (course.mode === "resume" && !settings.previous)
    return plan({ ...next, mode: reading.previous ? "misplaced" : "probe" }, settings, moment);
  const step = unseen({ ...next, mode: "accept" }, reading, settings, moment);
  if (step.state.at !== "reading") return step;
  const end = finished(step.state.course, step.state.reading, undefined, settings, moment);
  return { state: end.state, effects: [...step.effects, ...end.effects] };
}

/** A read failed, and the pod is still there as far as is known. */
export function failed(given: Course, reading: Reading, error: Error, settings: ReadSettings, moment: Moment): Step {
  const { run = 0, mode } = given;
  if (given.gone) return leave(given);
  const proven = reading.openedAt !== undefined && moment.now - reading.openedAt >= provenMs;
  const failures = proven ? 0 : given.failures;
  const kind = failureKind(error);
  const lostSince = kind === "lost" ? ((proven ? undefined : given.lostSince) ?? moment.now) : undefined;
  const course: Course = { ...given, failures: failures + 1, lostSince };
  if (kind === "fatal" || error.name === "LimitError") return giveUp(course, error, false);
  if (isStatusError(error) && error.statusCode === 400) {
    return reading.previous ? noRunBefore(course, error, settings, moment) : notBegun(course, error, settings, moment);
  }
  const tell: Effect = { do: "tell", event: { type: "failed", run, error } };
  if (!settings.follow && failures + 1 >= mostFailures) return giveUp(course, error, false);
  const refused: readonly Effect[] = kind === "denied" ? [{ do: "give up", error, unlessOpened: true }] : [];
  const ms =
    kind === "lost"
      ? lossPause(moment.now - (lostSince ?? moment.now), moment)
      : kind === "denied"
        ? slowBackoff(failures, moment, error)
        : backoff(failures, moment, error);
  const step = pausing({ ...course, announce: true, mode: mode === "probe" ? "resume" : mode }, ms, moment);
  return { state: step.state, effects: [tell, ...refused] };
}

function giveUp(course: Course, error: Error, unlessOpened: boolean): Step {
  return { state: { at: "over", course }, effects: [{ do: "give up", error, unlessOpened }] };
}

/** The server has no log of a run before, though there was one, or none was asked for. */
function noRunBefore(course: Course, error: Error, settings: ReadSettings, moment: Moment): Step {
  const { run = 0, mode } = course;
  if (settings.previous) {
    return {
      state: { at: "over", course },
      effects: [{ do: "tell", event: { type: "skipped", reason: error.message } }],
    };
  }
  if (mode === "probe") return plan({ ...course, failures: 0, mode: "accept" }, settings, moment);
  if (course.failures < unmatchedBelieved) return pausing(course, backoff(course.failures, moment, error), moment);
  const told = ended(course, [gap(course, "the server no longer has the log of that run", run, undefined)]);
  return plan({ ...course, failures: 0, complete: true }, settings, moment, told);
}

/** The server knows of no log yet, whatever the status says. */
function notBegun(course: Course, error: Error, settings: ReadSettings, moment: Moment): Step {
  const tell: Effect = { do: "tell", event: { type: "waiting", reason: error.message } };
  if (!settings.follow) return { state: { at: "over", course }, effects: [tell] };
  const { quiet } = course;
  const next = { ...course, failures: 0, quiet: quiet + 1, announce: true };
  const step = pausing(next, backoff(quiet, moment, error), moment);
  return { state: step.state, effects: [tell] };
}

function pausing(course: Course, ms: number, moment: Moment): Step {
  return { state: { at: "pausing", course, until: moment.now + ms }, effects: [] };
}

function sameText(a: LogLine | undefined, b: LogLine | undefined): boolean {
  return a?.time === b?.time && a?.line === b?.line;
}
