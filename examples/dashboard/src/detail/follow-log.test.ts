import { ConnectionError, type Logs, type LogOptions, StatusError, type Stream } from "@kubewright/core";
import { createVirtualClock } from "@kubewright/testing";
import { expect, test } from "vitest";
import { followLog, type LogState } from "./follow-log.ts";

/** A pod whose log is written by hand: each run is what one request reads. */
function writing(...runs: readonly (readonly (string | Error)[])[]) {
  const asked: LogOptions[] = [];
  const left = [...runs];
  async function* lines(): AsyncGenerator<string, undefined> {
    for (const line of left.shift() ?? []) {
      if (typeof line !== "string") throw line;
      yield line;
    }
    return undefined;
  }
  const pods = {
    log(_name: string, options: LogOptions) {
      asked.push(options);
      return lines() as unknown as Stream<string>;
    },
  } as unknown as Logs;
  return { pods, asked, left };
}

/** Follows until all runs are read. */
async function follow(...runs: readonly (readonly (string | Error)[])[]) {
  const { pods, asked, left } = writing(...runs);
  const clock = createVirtualClock();
  const ending = new AbortController();
  const texts: string[] = [];
  const states: LogState[] = [];
  const follower = {
    line: ({ text }: { readonly text: string }) => void texts.push(text),
    state(state: LogState) {
      states.push(state);
      if (left.length === 0 && state.state !== "reading" && state.state !== "following") ending.abort();
    },
  };
  await clock.run(followLog(pods, { name: "web-0", container: "web" }, follower, ending.signal, clock));
  return { asked, texts, states: states.map(({ state }) => state) };
}

const lost = new ConnectionError("ConnectionLost: the connection broke");

test("lines come without their times, two of the same time as two", async () => {
  const { texts, asked } = await follow(["2026-01-01T00:00:00.1Z one", "2026-01-01T00:00:00.1Z two words"]);
  expect(texts).toEqual(["one", "two words"]);
  expect(asked[0]).toMatchObject({ container: "web", follow: true, timestamps: true, tailLines: 500 });
});

test("after a lost connection it goes on behind the last line", async () => {
  const { texts, asked, states } = await follow(
    ["2026-01-01T00:00:01.1Z one", "2026-01-01T00:00:01.2Z two", lost],
    ["2026-01-01T00:00:01.1Z one", "2026-01-01T00:00:01.2Z two", "2026-01-01T00:00:01.3Z three"],
  );
  expect(texts).toEqual(["one", "two", "three"]);
  expect(asked[1]).toMatchObject({ sinceTime: "2026-01-01T00:00:01.2Z" });
  expect(states).toContain("waiting");
});

test("a container that begins anew is followed on", async () => {
  const { texts, states } = await follow(["2026-01-01T00:00:01Z one"], ["2026-01-01T00:00:09Z two"]);
  expect(texts).toEqual(["one", "two"]);
  expect(states.filter((state) => state === "ended")).toHaveLength(2);
});

test("a pod that is gone, or may not be read, is not asked for again", async () => {
  const gone = new StatusError({ reason: "NotFound", code: 404 }, 404);
  const { pods, asked } = writing([gone], ["2026-01-01T00:00:01Z one"]);
  const states: string[] = [];
  const follower = { line() {}, state: ({ state }: LogState) => void states.push(state) };
  await followLog(pods, { name: "web-0", container: "web" }, follower, new AbortController().signal);
  expect(asked).toHaveLength(1);
  expect(states).toEqual(["reading", "waiting"]);
});
