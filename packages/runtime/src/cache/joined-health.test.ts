import { expect, test } from "vitest";
import type { WatchHealth } from "../watch/watch-health.ts";
import { joinedHealth } from "./joined-health.ts";

const streaming: WatchHealth = {
  state: "streaming",
  synced: true,
  lastEventAt: new Date(2000),
  restarts: 1,
  resourceVersion: "100",
  error: undefined,
};

test("one watch speaks for itself, and none has not begun", () => {
  expect(joinedHealth([streaming])).toBe(streaming);
  expect(joinedHealth([])).toMatchObject({ state: "listing", synced: false });
});

test("several are no better than the worst", () => {
  const error = new Error("it broke");
  const recovering: WatchHealth = { ...streaming, state: "recovering", restarts: 2, resourceVersion: "99", error };
  const listing: WatchHealth = {
    ...streaming,
    state: "listing",
    synced: false,
    lastEventAt: undefined,
    resourceVersion: undefined,
  };
  const late: WatchHealth = { ...streaming, lastEventAt: new Date(1000) };
  expect(joinedHealth([streaming, recovering, late])).toEqual({
    state: "recovering",
    synced: true,
    lastEventAt: new Date(1000),
    restarts: 4,
    resourceVersion: "99",
    error,
  });
  expect(joinedHealth([recovering, listing])).toEqual({ ...listing, state: "recovering", restarts: 3, error });
  const states = ["streaming", "listing", "recovering", "stopped", "gone"] as const;
  const worst = states.map(
    (_, last) => joinedHealth(states.slice(0, last + 1).map((state) => ({ ...streaming, state }))).state,
  );
  expect(worst).toEqual(states);
});
