import { absorb, judged, unseen } from "./absorb.ts";
import { check, checked, silent } from "./check.ts";
import { askAgain } from "./leap.ts";
import { leave, plan } from "./plan.ts";
import { conclude, failed } from "./conclude.ts";
import type { Course, Effect, Input, Moment, Reading, ReadSettings, Run, State, Step } from "./state.ts";

/** The heart of the log of one container: what comes of what happened. Pure; inputs that come too late for their state are left out. */
export function reduce(state: State, input: Input, settings: ReadSettings, moment: Moment): Step {
  if (state.at === "over") return same(state);
  switch (input.type) {
    case "told":
      return told(state, input.run, settings, moment);
    case "gone":
      return gone(state, settings, moment);
    case "tick":
      if (moment.now < wakeAt(state)) return same(state);
      return state.at === "reading" ? late(state, settings, moment) : plan(state.course, settings, moment);
    default:
      return state.at === "reading" ? whileReading(state, input, settings, moment) : same(state);
  }
}

/** The last line comes again soon after the headers, if it is there. */
const resentMs = 5000;

/** How far a pod's status may be behind its node, as a rule. */
const statusLagMs = 2000;

/** When time alone will change the state next, by the clock; Infinity if it will not. */
export function wakeAt(state: State): number {
  if (state.at === "pausing") return state.until;
  if (state.at !== "reading") return Infinity;
  const { follow, matched, looking, lookAt, openedAt, held, leap } = state.reading;
  if (leap !== undefined) return leap.at ?? Infinity;
  if (lookAt !== undefined) return lookAt;
  if (!follow || looking || openedAt === undefined) return Infinity;
  if (matched) return state.reading.check.at ?? Infinity;
  return state.course.position === undefined && held.length === 0 ? Infinity : openedAt + resentMs;
}

function late({ course, reading }: ReadingState, settings: ReadSettings, moment: Moment): Step {
  if (reading.leap !== undefined) return askAgain(course, reading, reading.leap, moment);
  if (reading.lookAt !== undefined)
    return { state: inReading(course, { ...reading, lookAt: undefined }), effects: [{ do: "look" }] };
  if (reading.matched) return check(course, reading, settings, moment);
  // Lines of a new run that are older than those of the one before: the node's clock was set back.
  if (course.position === undefined) return unseen(course, reading, settings, moment);
  return cancelled(plan({ ...course, finite: true }, settings, moment));
}

/** Whether nothing more may be read for now. */
export function holds(state: State): boolean {
  return state.at === "reading" && (state.reading.looking || state.reading.leap !== undefined);
}

type ReadingState = State & { readonly at: "reading" };

function whileReading(
  state: ReadingState,
  input: Exclude<Input, { readonly type: "told" | "gone" | "tick" }>,
  settings: ReadSettings,
  moment: Moment,
): Step {
  const { course, reading } = state;
  switch (input.type) {
    case "opened":
      return opened(state, settings, moment);
    case "lines":
      return reading.looking
        ? same(inReading(course, { ...reading, held: [...reading.held, input.lines] }))
        : quietened(absorb(course, reading, input.lines, input.waitedMs, settings, moment), moment);
    case "looked":
      return reading.looking ? looked(state, input.run, settings, moment) : same(state);
    case "taken":
      return silent(course, reading, moment);
    case "checked":
      return reading.leap === undefined
        ? checked(course, reading, input, moment)
        : judged(course, reading, reading.leap, input.found, settings, moment);
    case "not looked":
      return reading.looking ? cancelled(failed(course, reading, input.error, settings, moment)) : same(state);
    default:
      return reading.looking
        ? same(inReading(course, { ...reading, outcome: input }))
        : conclude(course, reading, input, settings, moment);
  }
}

/**
 * A followed log without a position is told from none: the pod may have been replaced, or the container restarted, since we heard of it.
 * Where there was another chance to restart, the server is given the time that a restart takes to be known to it.
 */
function opened({ course, reading }: ReadingState, settings: ReadSettings, { now }: Moment): Step {
  const looking = settings.follow && course.position === undefined;
  const lookAt = looking && (course.begun || reading.previous) ? now + statusLagMs : undefined;
  const open: Reading = { ...reading, openedAt: now, looking, lookAt };
  if (!looking) return announced(course, open);
  return { state: inReading(course, open), effects: lookAt === undefined ? [{ do: "look" }] : [] };
}

function announced(course: Course, reading: Reading): Step {
  const opened: Effect = { do: "tell", event: { type: "opened", run: course.run ?? 0 } };
  return { state: inReading({ ...course, announce: false }, reading), effects: course.announce ? [opened] : [] };
}

function looked({ course, reading }: ReadingState, run: Run | undefined, settings: ReadSettings, moment: Moment): Step {
  const known: Course = { ...course, known: newest(course.known, run) };
  const asked = (course.run ?? 0) + (reading.previous ? 1 : 0);
  const newer = known.known !== undefined && known.known.number > asked;
  const { held, outcome } = reading;
  // Where no read of the first run succeeded, the newest one becomes the first.
  if (newer) return cancelled(plan(course.owed ? known : { ...known, run: undefined }, settings, moment));
  const going: Reading = { ...reading, looking: false, held: [], outcome: undefined };
  if (outcome?.type === "failed") return failed(known, going, outcome.error, settings, moment);
  // It was asked for because the last line did not come again.
  if (!reading.matched && course.position !== undefined) {
    return cancelled(plan({ ...known, mode: "probe", unmatched: 0 }, settings, moment));
  }
  let step = announced({ ...known, begun: true }, going);
  const after = (next: (course: Course, reading: Reading) => Step): void => {
    if (step.state.at !== "reading") return;
    const { state, effects } = next(step.state.course, step.state.reading);
    step = { state, effects: [...step.effects, ...effects] };
  };
  if (held.length > 0) after((now, open) => quietened(absorb(now, open, held.flat(), 0, settings, moment), moment));
  if (outcome !== undefined) after((now, open) => conclude(now, open, outcome, settings, moment));
  return step;
}

/** Where nothing of what came was new, nobody will say that it was taken. */
function quietened(step: Step, moment: Moment): Step {
  const { state, effects } = step;
  if (state.at !== "reading" || state.reading.check.done || effects.some((effect) => effect.do === "deliver"))
    return step;
  return { state: silent(state.course, state.reading, moment).state, effects };
}

function told(state: State, run: Run | undefined, settings: ReadSettings, moment: Moment): Step {
  const { course } = state;
  const known = newest(course.known, run);
  if (known === course.known) return same(state);
  const next = { ...course, known };
  switch (state.at) {
    case "reading":
      return known !== undefined && isOutdated(state, known)
        ? cancelled(plan(next, settings, moment))
        : same(inReading(next, state.reading));
    case "pausing":
      // A node that cannot be reached does not come back because a container's status changed.
      return course.failures > 0 ? same({ ...state, course: next }) : plan(next, settings, moment);
    default:
      return plan(next, settings, moment);
  }
}

/** Whether a read need not be waited for: it may well be of the newer run, or has not begun. */
function isOutdated({ course, reading }: ReadingState, known: Run): boolean {
  if (course.run === undefined || known.number <= course.run || reading.looking) return false;
  if (reading.openedAt === undefined) return true;
  // What shows lines of the older run ends with it.
  return !reading.previous && (!reading.matched || course.position === undefined);
}

function gone(state: State, settings: ReadSettings, moment: Moment): Step {
  const course = { ...state.course, gone: true };
  if (state.at !== "reading") return plan(course, settings, moment);
  const { reading } = state;
  // What was asked for by name may come from the pod that has the name now.
  if (reading.looking || reading.leap !== undefined || reading.openedAt === undefined) return cancelled(leave(course));
  return same(inReading(course, reading));
}

/** A status that is older than what is known counts for nothing. */
function newest(known: Run | undefined, run: Run | undefined): Run | undefined {
  if (run === undefined || known === undefined) return run ?? known;
  if (run.number < known.number || (run.number === known.number && run.running === known.running)) return known;
  return run;
}

function cancelled({ state, effects }: Step): Step {
  return { state, effects: [{ do: "cancel" }, ...effects] };
}

function inReading(course: Course, reading: Reading): ReadingState {
  return { at: "reading", course, reading };
}

function same(state: State): Step {
  return { state, effects: [] };
}
