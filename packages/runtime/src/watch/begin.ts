import type { Course, Effect, Listing, Moment, Plan, Recovering, Step, Streaming } from "./state.ts";

/** Most objects in a page, as client-go's. */
const pageSize = 500;
/** What the server is asked to end a watch after, in seconds, at least; up to twice as long by chance, so that watches end apart. */
const watchSeconds = 300;
/** How much longer than asked for a server may take to end a watch. */
const graceMs = 10_000;

/** Begins to read the collection, in the best way that is left. */
export function beginListing(course: Course, moment: Moment): Step {
  const plan: Plan =
    course.watchList === "ask"
      ? { by: "watch", timeoutSeconds: timeoutSeconds(moment.random) }
      : course.cached
        ? { by: "cache" }
        : { by: "pages", continue: undefined, whole: false };
  const { now } = moment;
  const state: Listing = {
    at: "listing",
    course: { ...course, version: undefined },
    plan,
    told: false,
    expired: 0,
    since: now,
    heardAt: now,
    opened: false,
  };
  return { state, effects: [listRequest(plan)] };
}

/** The request that a list goes on with. */
export function listRequest(plan: Plan): Effect {
  if (plan.by === "watch") return { do: "watch", version: undefined, timeoutSeconds: plan.timeoutSeconds };
  // From its cache the server gives all at once; one without a cache gives pages.
  if (plan.by === "cache") return { do: "list", resourceVersion: "0", limit: pageSize, continue: undefined };
  const limit = plan.whole ? undefined : pageSize;
  return { do: "list", resourceVersion: undefined, limit, continue: plan.continue };
}

/**
 * Goes on watching where the course stands; reads the collection where it does not stand anywhere. After a failure the server may be
 * another than before, or have another past: it is asked for its version.
 */
export function resume(course: Course, after: "failure" | "its time", moment: Moment): Step {
  const { version } = course;
  if (version === undefined) return beginListing(course, moment);
  const step = watchFrom(course, version, moment);
  return { ...step, state: { ...step.state, doubtful: after === "failure" } };
}

/** Begins a watch. */
export function watchFrom(course: Course, version: string, moment: Moment): Step & { readonly state: Streaming } {
  const seconds = timeoutSeconds(moment.random);
  return {
    state: streamingFor({ ...course, version }, seconds, moment),
    effects: [{ do: "watch", version, timeoutSeconds: seconds }],
  };
}

function streamingFor(course: Course, seconds: number, { now }: Moment): Streaming {
  return {
    at: "streaming",
    course,
    opened: false,
    since: now,
    heardAt: now,
    due: now + seconds * 1000,
    until: now + seconds * 1000 + graceMs,
    events: 0,
    bookmarkAt: undefined,
    periodic: false,
    doubtful: false,
    checkAt: undefined,
  };
}

/** A watch that began with the collection goes on as any other. */
export function keepWatching(
  course: Course,
  version: string,
  since: number,
  seconds: number,
  { now, random }: Moment,
): Streaming {
  return { ...streamingFor({ ...course, version }, seconds, { now: since, random }), opened: true, heardAt: now };
}

/** Waits before it goes on. */
export function recover(
  course: Course,
  error: Error | undefined,
  ms: number,
  { now }: Moment,
  listing?: Listing,
): Recovering {
  return {
    at: "recovering",
    course: { ...course, error: error ?? course.error, restarts: course.restarts + 1 },
    until: now + ms,
    listing,
  };
}

function timeoutSeconds(random: number): number {
  return Math.floor(watchSeconds * (1 + random));
}
