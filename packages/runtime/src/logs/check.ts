import { plan } from "./plan.ts";
import { askFrom } from "./position.ts";
import type { Check, Course, Effect, Input, Moment, Reading, ReadSettings, Step } from "./state.ts";

/** What was seen in the newest file may still be on its way. */
const underWayMs = 300;
/** Between checks that say nothing, at most. */
const mostPauseMs = 60_000;

/** Nothing waits for the consumer: from now on it is the log that is silent. */
export function silent(course: Course, reading: Reading, { now }: Moment): Step {
  const { check, matched, follow } = reading;
  if (check.done || check.asked || !matched || !follow || course.position === undefined)
    return reads(course, reading, check);
  return reads(course, reading, { ...check, at: now + check.pauseMs });
}

/** The log was silent for long enough, or what was seen elsewhere did not come. */
export function check(course: Course, reading: Reading, settings: ReadSettings, moment: Moment): Step {
  const { position } = course;
  if (position === undefined || course.gone) return reads(course, reading, { ...reading.check, at: undefined });
  if (reading.check.behind) {
    const { state, effects } = plan({ ...course, finite: true }, settings, moment);
    return { state, effects: [{ do: "cancel" }, ...effects] };
  }
  const none = { sinceSeconds: undefined, tailLines: undefined };
  const request = { previous: false, follow: false, sinceTime: askFrom(position), ...none };
  const asking = { ...reading.check, at: undefined, asked: true };
  return reads(course, reading, asking, [{ do: "check", request, position }]);
}

/** `found` tells nothing where lines came meanwhile. */
export function checked(
  course: Course,
  reading: Reading,
  { found }: Input & { readonly type: "checked" },
  { now }: Moment,
): Step {
  const before = reading.check;
  if (found === "last") return reads(course, reading, { ...before, done: true, at: undefined });
  if (!before.asked) return reads(course, reading, before);
  if (found === "beyond" || found === "others")
    return reads(course, reading, { ...before, asked: false, behind: true, at: now + underWayMs });
  const pauseMs = Math.min(before.pauseMs * 2, mostPauseMs);
  return reads(course, reading, { ...before, asked: false, pauseMs, at: now + before.pauseMs });
}

function reads(course: Course, reading: Reading, now: Check, effects: readonly Effect[] = []): Step {
  return {
    state: { at: "reading", course, reading: now === reading.check ? reading : { ...reading, check: now } },
    effects,
  };
}
