import { isOlder } from "../watch/versions.ts";
import { notBegun, type WatchHealth, type WatchState } from "../watch/watch-health.ts";

/** The worst first. */
const worst: readonly WatchState[] = ["gone", "stopped", "recovering", "listing", "streaming"];

/** How several watches stand together: no better than the worst of them. */
export function joinedHealth(parts: readonly WatchHealth[]): WatchHealth {
  const [first, ...others] = parts.toSorted((a, b) => worst.indexOf(a.state) - worst.indexOf(b.state));
  if (first === undefined) return notBegun;
  if (others.length === 0) return first;
  return {
    state: first.state,
    synced: parts.every(({ synced }) => synced),
    lastEventAt: least(
      parts.map(({ lastEventAt }) => lastEventAt),
      (a, b) => a < b,
    ),
    restarts: parts.reduce((sum, { restarts }) => sum + restarts, 0),
    resourceVersion: least(
      parts.map(({ resourceVersion }) => resourceVersion),
      isOlder,
    ),
    error: first.error,
  };
}

/** The one before all others; undefined as long as one is missing. */
function least<T>(values: readonly (T | undefined)[], before: (a: T, b: T) => boolean): T | undefined {
  return values.reduce((found, value) =>
    found === undefined || value === undefined ? undefined : before(value, found) ? value : found,
  );
}
