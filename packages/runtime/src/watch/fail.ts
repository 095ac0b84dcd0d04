import { beginListing, recover, resume } from "./begin.ts";
import { failureKind } from "./failure-kind.ts";
import { apart, backoff, healthyMs, lossPause, provenMs, slowBackoff } from "./pauses.ts";
import type { Course, Listing, Moment, State, Step, Streaming } from "./state.ts";

/** How often the resource may be said not to exist, once it did, until that is believed. */
const goneAfter = 3;
/** How often a watch may fail at one version until the collection is read anew. */
const stuckAfter = 3;
/** How often the token of the pages may expire until all are asked for at once. */
const expiredAfter = 2;

/** The request failed, or a watch broke off. */
export function fail(state: Listing | Streaming, error: Error, moment: Moment): Step {
  const course = { ...courseAfter(state, moment), error };
  const kind = failureKind(error);
  if (kind === "fatal") return { state: { at: "stopped", course }, effects: [] };
  if (kind === "missing") return missing(state, course, error, moment);
  const failed = { ...course, notFound: 0 };
  if (kind === "lost") return lose(state, failed, error, moment);
  const worse = { ...failed, failures: course.failures + 1 };
  const pause = backoff(course.failures, moment, error);
  switch (kind) {
    case "busy":
      // Nothing is lost: the same page is asked for again.
      return wait(recover(worse, error, pause, moment, pagesOf(state)));
    case "denied":
      return wait(recover(worse, error, slowBackoff(course.failures, moment, error), moment, pagesOf(state)));
    case "expired":
    case "ahead":
      return anew(state, failed, error, moment);
    default:
      return kind === "unsuited"
        ? unsuited(state, worse, error, pause, moment)
        : wait(recover(nextWay(state, worse), error, pause, moment, pagesOf(state)));
  }
}

/** The server ended a watch; `after` says whether it did at its time, or we did for want of news. */
export function end(state: Streaming, moment: Moment, after: "failure" | "its time" = "its time"): Step {
  const course = courseAfter(state, moment);
  const lived = moment.now - state.since;
  if (lived >= provenMs) {
    const next = { ...course, shortWatches: 0, restarts: course.restarts + 1 };
    // A server that shuts down ends all watches at once.
    const early = moment.now < state.due;
    return early ? wait(recover(next, undefined, apart(moment), moment)) : resume(next, after, moment);
  }
  const shortWatches = lived < 1000 && state.events === 0 ? course.shortWatches + 1 : 0;
  // Some servers close a watch at once instead of saying that its version is too old.
  const version = shortWatches >= 2 ? undefined : course.version;
  return lose(state, { ...course, version, shortWatches: version === undefined ? 0 : shortWatches }, undefined, moment);
}

/** The stream that should have begun with the collection ended before it was complete. */
export function endOfList(state: Listing, moment: Moment): Step {
  return lose(state, { ...state.course, watchList: notNow(state.course) }, undefined, moment);
}

/** The watch is dead, or its server is: nothing was heard for too long. */
export function giveUp(state: Streaming, moment: Moment): Step {
  const { state: next, effects } = end(state, moment, "failure");
  return { state: next, effects: [{ do: "cancel" }, ...effects] };
}

/** What a request's end says of the ones before: after enough health, the next failure is the first again. */
function courseAfter(state: Listing | Streaming, { now }: Moment): Course {
  const { course } = state;
  if (state.at === "listing" || !state.opened) return course;
  const lived = now - state.since;
  return {
    ...course,
    failures: lived >= healthyMs ? 0 : course.failures,
    lostSince: lived >= provenMs ? undefined : course.lostSince,
    expired: lived >= provenMs ? 0 : course.expired,
  };
}

function lose(state: Listing | Streaming, course: Course, error: Error | undefined, moment: Moment): Step {
  const { lostSince } = course;
  const first = lostSince === undefined && state.at === "streaming";
  const pause = first ? apart(moment) : lossPause(moment.now - (lostSince ?? moment.now), moment);
  const lost = { ...course, lostSince: lostSince ?? moment.now };
  // Too much at once for this network, perhaps.
  const next = error?.name === "TimeoutError" ? nextWay(state, lost) : lost;
  return wait(recover(next, error, pause, moment, pagesOf(state)));
}

function missing(state: Listing | Streaming, course: Course, error: Error, moment: Moment): Step {
  const notFound = course.notFound + 1;
  if (course.synced && notFound >= goneAfter) return { state: { at: "gone", course }, effects: [] };
  const worse = { ...course, notFound, failures: course.failures + 1 };
  const pause = course.synced ? backoff(notFound - 1, moment, error) : slowBackoff(course.failures, moment, error);
  return wait(recover(worse, error, pause, moment, pagesOf(state)));
}

/** The version or the token will not do: the collection is read anew, soon unless that was of no use just before. */
function anew(state: Listing | Streaming, course: Course, error: Error, moment: Moment): Step {
  const pause = course.expired === 0 ? apart(moment) : backoff(course.expired, moment, error);
  const next: Course = { ...course, version: undefined, cached: false, expired: course.expired + 1 };
  if (state.at === "streaming" || state.plan.by !== "pages") return wait(recover(next, error, pause, moment));
  const expired = state.expired + 1;
  const plan = { by: "pages", continue: undefined, whole: expired >= expiredAfter } as const;
  return wait(recover(next, error, pause, moment, { ...state, course: next, plan, told: false, expired }));
}

/** The server does not take the request as it is: a watch that begins with the collection, or a version that it cannot read. */
function unsuited(state: Listing | Streaming, course: Course, error: Error, pause: number, moment: Moment): Step {
  if (state.at === "streaming") return wait(recover({ ...course, version: undefined }, error, pause, moment));
  if (state.plan.by !== "watch") {
    return wait(recover(nextWay(state, course), error, slowBackoff(course.failures - 1, moment, error), moment));
  }
  // What is wrong with the way need not be wrong with the request.
  const never = namesWatchList(error);
  const next = { ...course, error: undefined, failures: course.failures - 1 };
  const step = beginListing({ ...next, watchList: never ? "never" : notNow(course) }, moment);
  return never ? { ...step, effects: [{ do: "remember: no watch list" }, ...step.effects] } : step;
}

/** Whether the server says that it has no watches that begin with the collection; a wrong selector is refused with the same code. */
function namesWatchList(error: Error): boolean {
  return error.message.includes("sendInitialEvents");
}

/** The course with the next way to read the collection, the one that failed left out; after a watch, when it breaks again and again. */
function nextWay(state: Listing | Streaming, course: Course): Course {
  if (state.at === "streaming") {
    if (!state.opened) return course;
    const stuck = state.events > 0 || state.bookmarkAt !== undefined ? 1 : course.stuck + 1;
    return stuck < stuckAfter ? { ...course, stuck } : { ...course, version: undefined, stuck: 0 };
  }
  if (state.plan.by === "watch") return { ...course, watchList: notNow(course) };
  return { ...course, cached: false };
}

/** The pages as far as they came, to go on with. */
function pagesOf(state: State): Listing | undefined {
  return state.at === "listing" && state.plan.by === "pages" ? state : undefined;
}

function notNow({ watchList }: Course): Course["watchList"] {
  return watchList === "ask" ? "not now" : watchList;
}

function wait(state: State): Step {
  return { state, effects: [] };
}
