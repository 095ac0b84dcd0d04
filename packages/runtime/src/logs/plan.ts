import { askFrom } from "./position.ts";
import type { Course, Effect, LogRequest, Moment, Reading, ReadSettings, Run, State, Step } from "./state.ts";

/** What is known of a run of which nothing was read. */
const unbegun = {
  begun: false,
  position: undefined,
  complete: false,
  clean: false,
  rest: undefined,
  mode: "resume",
  finite: false,
  unmatched: 0,
  quiet: 0,
} as const;

/** A followed log that says nothing for so long is checked, until a check shows that it can be believed; well below the 3 s between two rotations. */
export const silenceMs = 1000;

/** A container of which nothing is known yet. */
export const unread: State = {
  at: "idle",
  course: {
    ...unbegun,
    known: undefined,
    gone: false,
    run: undefined,
    owed: false,
    whole: false,
    before: undefined,
    reads: 0,
    failures: 0,
    lostSince: undefined,
    announce: true,
    beganAt: undefined,
  },
};

/** The same of one that had not begun when logs began to be followed: its first run is waited for, also where it is over before anybody heard of it. */
export const unreadNew: State = { at: "idle", course: { ...unread.course, run: 0, owed: true } };

/** What to do next where nothing is under way. */
export function plan(course: Course, settings: ReadSettings, moment: Moment, before: readonly Effect[] = []): Step {
  const { known, gone, run, complete } = course;
  if (gone) return leave(course, before);
  if (known === undefined) return { state: { at: "idle", course }, effects: before };
  if (run === undefined) {
    const first = settings.previous ? known.number - 1 : known.number;
    return read({ ...course, run: first }, known, settings, moment, before);
  }
  if (complete && (run === known.number || !settings.follow))
    return { state: { at: settings.follow ? "idle" : "over", course }, effects: before };
  if (settings.previous || run === known.number || (!complete && run === known.number - 1))
    return read(course, known, settings, moment, before);
  // Of the runs that are over the server has the last one alone.
  const next = complete ? run + 1 : run;
  const oldest = known.number - 1;
  const effects = [...before];
  if (next < oldest) effects.push(gap(complete ? nextRun(course, next) : course, overtaken, next, undefined));
  if (!settings.follow) return { state: { at: "over", course: { ...course, complete: true } }, effects };
  const first = Math.max(next, oldest);
  effects.push({ do: "tell", event: { type: "restarted", run: first } });
  return read(nextRun(course, first), known, settings, moment, effects);
}

/** Why the log of a run is missing. */
export const overtaken = "the container restarted again before its log was read";

/** Where the run that is being read is left. */
export function leftAt({ run = 0, position, before }: Course): Course["before"] {
  return position === undefined ? before : { run, position };
}

/** The course at the beginning of another run. */
export function nextRun(course: Course, run: number): Course {
  return { ...course, ...unbegun, run, owed: true, whole: true, before: leftAt(course) };
}

/**
 * The pod is gone, and nothing can be asked for. `sure`: its log ended after that. An end before it counts where the container was known
 * to be over; else the end may have come from what stands in between.
 */
export function leave(course: Course, before: readonly Effect[] = [], sure = false): Step {
  const { known, run, complete, clean, rest } = course;
  const effects = [...before];
  if (run !== undefined && !complete) {
    const over = run !== known?.number || !known.running;
    if (clean && (over || sure))
      effects.push(...ended(course, rest === undefined ? [] : [{ do: "deliver", lines: [rest] }]));
    else effects.push(gap(course, podGone, run, undefined));
  }
  const missed = known === undefined ? undefined : run === undefined ? known.number : run + 1;
  if (known !== undefined && missed !== undefined && missed <= known.number) {
    effects.push(gap({ ...course, position: undefined }, podGone, missed, undefined));
  }
  return { state: { at: "over", course: { ...course, gone: true, complete: true } }, effects };
}

const podGone = "the pod is gone, and its log with it";

/** What is told at the end of a run. */
export function ended({ run = 0 }: Course, before: readonly Effect[] = []): readonly Effect[] {
  return [...before, { do: "tell", event: { type: "ended", run } }];
}

/** Tells that lines are missing after the position. */
export function gap({ position }: Course, why: string, run: number, before: string | undefined): Effect {
  return { do: "tell", event: { type: "gap", run, after: position?.time, before, why } };
}

function read(course: Course, known: Run, settings: ReadSettings, moment: Moment, before: readonly Effect[]): Step {
  const { position, mode, run = known.number } = course;
  const beganAt = course.beganAt ?? moment.now;
  const restarted = settings.follow && run < known.number;
  const previous = settings.previous || mode === "probe" || (restarted && mode !== "misplaced");
  const anchors = settings.follow && settings.tailLines !== undefined && !course.whole && position === undefined;
  const follow = settings.follow && !previous && !anchors && !course.finite && known.running;
  const reading: Reading = {
    previous,
    follow,
    anchors,
    final: previous || !known.running || run !== known.number,
    openedAt: undefined,
    matched: position === undefined && course.before === undefined,
    met: 0,
    held: [],
    brought: false,
    looking: false,
    lookAt: undefined,
    outcome: undefined,
    check: { done: !follow, at: undefined, pauseMs: silenceMs, asked: false, behind: false },
    sureAt: moment.now,
    leap: undefined,
  };
  const request: LogRequest = { previous, follow, ...range(course, settings, moment.now - beganAt) };
  return {
    state: { at: "reading", course: { ...course, run, beganAt, owed: course.owed || course.begun }, reading },
    effects: [...before, { do: "read", request }],
  };
}

/** `elapsedMs`: since the first read. */
function range(
  { position, whole }: Course,
  { sinceTime, sinceSeconds, tailLines }: ReadSettings,
  elapsedMs: number,
): Pick<LogRequest, "sinceTime" | "sinceSeconds" | "tailLines"> {
  const none = { sinceTime: undefined, sinceSeconds: undefined, tailLines: undefined };
  if (position !== undefined) return { ...none, sinceTime: askFrom(position) };
  if (whole) return none;
  const elapsed = Math.ceil(elapsedMs / 1000);
  return { sinceTime, sinceSeconds: sinceSeconds === undefined ? undefined : sinceSeconds + elapsed, tailLines };
}
