import { beginListing, keepWatching, listRequest, resume, watchFrom } from "./begin.ts";
import { isUnreachable } from "./failure-kind.ts";
import { end, endOfList, fail, giveUp } from "./fail.ts";
import type { Course, Effect, Input, Listing, Moment, Recovering, State, Step, Streaming } from "./state.ts";
import { isOlder } from "./versions.ts";

/** How long a watch that begins with the collection may be silent, and how long it may take, before a list takes its place. */
const listSilenceMs = 5000;
const listMs = 60_000;
/**
 * Bookmarks come about every minute, and two within seconds right before the server ends a watch. Where they come each minute, silence is
 * believed for so long.
 */
const bookmarksApartMs = [30_000, 70_000] as const;
const silenceMs = 75_000;

/** When to ask a server for its version: not of one that breaks each watch at once, and after a check that failed. */
const checkAfterMs = 1000;
const checkAgainMs = 10_000;

/** A watch that has not begun. `cached`: whether the first list may come from the server's cache; `watchList`: whether to ask for one. */
export function start(given: Pick<Course, "cached" | "watchList">, moment: Moment): Step {
  const course: Course = {
    version: undefined,
    synced: false,
    restarts: 0,
    error: undefined,
    failures: 0,
    expired: 0,
    lostSince: undefined,
    notFound: 0,
    shortWatches: 0,
    stuck: 0,
    ...given,
  };
  return beginListing(course, moment);
}

/** The heart of a watch that heals: what comes of what happened. Pure; inputs that come too late for their state are left out. */
export function reduce(state: State, input: Input, moment: Moment): Step {
  if (state.at === "gone" || state.at === "stopped") return same(state);
  if (input.type === "stop") return { state: { at: "stopped", course: state.course }, effects: [{ do: "cancel" }] };
  if (state.at === "listing") return whileListing(state, input, moment);
  if (state.at === "streaming") return whileStreaming(state, input, moment);
  const { error } = state.course;
  const again =
    input.type === "reachable"
      ? error !== undefined && isUnreachable(error)
      : input.type === "tick" && moment.now >= state.until;
  return again ? retry(state, moment) : same(state);
}

/** When time alone will change the state next, by the clock; Infinity if it will not. */
export function wakeAt(state: State): number {
  switch (state.at) {
    case "listing":
      return state.plan.by === "watch" && state.opened
        ? Math.min(state.heardAt + listSilenceMs, state.since + listMs)
        : Infinity;
    case "streaming":
      return state.opened
        ? Math.min(state.until, state.periodic ? state.heardAt + silenceMs : Infinity, state.checkAt ?? Infinity)
        : Infinity;
    case "recovering":
      return state.until;
    default:
      return Infinity;
  }
}

function whileListing(state: Listing, input: Input, moment: Moment): Step {
  const heard = { ...state, heardAt: moment.now };
  switch (input.type) {
    case "opened":
      return same({ ...heard, opened: true });
    case "listed":
      return listed(state, input, moment);
    case "changed": {
      const told: Effect = { do: input.change === "DELETED" ? "delete" : "apply", object: input.object };
      return { state: { ...heard, told: true }, effects: state.told ? [told] : [{ do: "init" }, told] };
    }
    case "bookmark":
      if (!input.end || state.plan.by !== "watch") return same(heard);
      return {
        state: keepWatching(synced(state.course), input.version, state.since, state.plan.timeoutSeconds, moment),
        effects: [...begun(state), { do: "synced", version: input.version }],
      };
    case "ended":
      return endOfList(state, moment);
    case "failed":
      return fail(state, input.error, moment);
    case "tick":
      return moment.now >= wakeAt(state) ? listInstead(state, moment) : same(state);
    case "taken":
      return same({ ...heard, since: state.since + (moment.now - state.heardAt) });
    default:
      return same(state);
  }
}

function listed(state: Listing, page: Input & { readonly type: "listed" }, moment: Moment): Step {
  const effects: Effect[] = [...begun(state), ...page.items.map((object): Effect => ({ do: "apply", object }))];
  if (page.continue) {
    const whole = state.plan.by === "pages" && state.plan.whole;
    const plan = { by: "pages", continue: page.continue, whole } as const;
    const next: Listing = { ...state, course: answered(state.course), plan, told: true, heardAt: moment.now };
    return { state: next, effects: [...effects, listRequest(plan)] };
  }
  const step = watchFrom(synced(state.course), page.version, moment);
  return { state: step.state, effects: [...effects, { do: "synced", version: page.version }, ...step.effects] };
}

/** The watch brings no collection to its end: an old server took it for a plain one, or something in between keeps it back. */
function listInstead(state: Listing, moment: Moment): Step {
  const { course, told } = state;
  // Silence alone may be the network's.
  const step = beginListing({ ...course, watchList: told ? "never" : "not now" }, moment);
  const remember: readonly Effect[] = told ? [{ do: "remember: no watch list" }] : [];
  return { state: step.state, effects: [{ do: "cancel" }, ...remember, ...step.effects] };
}

function whileStreaming(state: Streaming, input: Input, moment: Moment): Step {
  const { now } = moment;
  switch (input.type) {
    case "opened":
      return same({
        ...state,
        course: answered(state.course),
        opened: true,
        heardAt: now,
        checkAt: state.doubtful ? now + checkAfterMs : undefined,
      });
    case "changed": {
      const course = upTo(state.course, input.version);
      const told: Effect = { do: input.change === "DELETED" ? "delete" : "apply", object: input.object };
      const next = { ...state, course, events: state.events + 1, heardAt: now };
      return { state: next, effects: [told, { do: "progress", version: course.version ?? input.version }] };
    }
    case "bookmark": {
      const course = upTo(state.course, input.version);
      const apart = now - (state.bookmarkAt ?? now);
      const periodic = state.periodic || (apart >= bookmarksApartMs[0] && apart <= bookmarksApartMs[1]);
      const next = { ...state, course, periodic, bookmarkAt: now, heardAt: now };
      return { state: next, effects: [{ do: "progress", version: course.version ?? input.version }] };
    }
    case "ended":
      return end(state, moment);
    case "failed":
      return fail(state, input.error, moment);
    case "unchecked":
      return same({ ...state, checkAt: now + checkAgainMs });
    case "checked":
      return isOlder(input.version, state.course.version ?? "") ? wentBack(state, moment) : same(state);
    case "tick":
      if (now < wakeAt(state)) return same(state);
      if (state.checkAt !== undefined && now >= state.checkAt) {
        return { state: { ...state, checkAt: undefined }, effects: [{ do: "check" }] };
      }
      return giveUp(state, moment);
    case "taken":
      return same({ ...state, heardAt: now });
    default:
      return same(state);
  }
}

/** The server's newest state is older than ours, as after etcd was restored: a watch at our version would leave out all until it catches up. */
function wentBack({ course }: Streaming, moment: Moment): Step {
  const step = beginListing({ ...course, cached: false, restarts: course.restarts + 1 }, moment);
  return { state: step.state, effects: [{ do: "cancel" }, ...step.effects] };
}

function retry({ course, listing }: Recovering, moment: Moment): Step {
  if (listing === undefined) return resume(course, "failure", moment);
  const { now } = moment;
  return { state: { ...listing, course, since: now, heardAt: now }, effects: [listRequest(listing.plan)] };
}

function begun({ told }: Listing): readonly Effect[] {
  return told ? [] : [{ do: "init" }];
}

/** The server knows the resource and lets us read it. */
function answered(course: Course): Course {
  return course.error === undefined && course.notFound === 0 ? course : { ...course, error: undefined, notFound: 0 };
}

function synced(course: Course): Course {
  const watchList = course.watchList === "not now" ? "ask" : course.watchList;
  return { ...answered(course), synced: true, cached: false, watchList };
}

function upTo(course: Course, version: string): Course {
  return course.version === version || isOlder(version, course.version ?? "") ? course : { ...course, version };
}

function same(state: State): Step {
  return { state, effects: [] };
}
