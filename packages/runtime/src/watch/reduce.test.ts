import { ConnectionError, InputError, StatusError, TimeoutError } from "@kubewright/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reduce, start, wakeAt } from "./reduce.ts";
import type { Effect, Input, State } from "./state.ts";

const refused = (statusCode: number, reason: string, retryAfterSeconds?: number, cause?: string): StatusError =>
  new StatusError({ reason, details: cause === undefined ? {} : { causes: [{ reason: cause }] } }, statusCode, {
    retryAfterSeconds,
  });
const noWatchList = (statusCode: number): StatusError =>
  new StatusError({ reason: "Invalid", message: "sendInitialEvents: Forbidden" }, statusCode);
const lost = (): ConnectionError => new ConnectionError("Disconnected: the connection broke");
const changed = (version: string, change: "ADDED" | "MODIFIED" | "DELETED" = "MODIFIED"): Input => ({
  type: "changed",
  change,
  object: version,
  version,
});
const bookmark = (version: string, end = false): Input => ({ type: "bookmark", version, end });
const page = (version: string, next?: string, ...items: string[]): Input => ({
  type: "listed",
  items,
  version,
  continue: next,
});

/** Plays inputs against the reducer, with chance that gives `random` each time. */
class Play {
  now = 0;
  state: State;
  effects: Effect[];
  random = 0;

  constructor(given: Partial<Parameters<typeof start>[0]> = {}) {
    const step = start({ cached: true, watchList: "ask", ...given }, this);
    this.state = step.state;
    this.effects = [...step.effects];
  }

  /** What an input leads to at once. */
  feed(input: Input): readonly Effect[] {
    const step = reduce(this.state, input, { now: this.now, random: this.random });
    this.state = step.state;
    this.effects.push(...step.effects);
    return step.effects;
  }

  fail(error: Error): readonly Effect[] {
    return this.feed({ type: "failed", error });
  }

  /** Lets time pass, waking the reducer when it wants to be woken. */
  pass(ms: number): readonly Effect[] {
    const until = this.now + ms;
    const effects: Effect[] = [];
    while (wakeAt(this.state) <= until) {
      this.now = Math.max(this.now, wakeAt(this.state));
      effects.push(...this.feed({ type: "tick" }));
    }
    this.now = until;
    return effects;
  }

  /** How long it waits now; 0 if it does not. */
  get pause(): number {
    return this.state.at === "recovering" ? this.state.until - this.now : 0;
  }

  /** Until the next request: what was asked for. */
  next(): Effect | undefined {
    return this.pass(this.pause).find(({ do: what }) => what === "list" || what === "watch");
  }

  /** As after a first list by a watch, at this version. */
  static synced(version = "100"): Play {
    const play = new Play();
    play.feed({ type: "opened" });
    play.feed(changed(version, "ADDED"));
    play.feed(bookmark(version, true));
    return play;
  }

  /** As synced, and resumed after the watch broke. */
  static resumed(version = "100"): Play {
    const play = Play.synced(version);
    play.pass(200_000);
    play.fail(lost());
    play.next();
    play.feed({ type: "opened" });
    return play;
  }
}

const fromPages = { do: "list", resourceVersion: undefined, limit: 500, continue: undefined };
const fromCache = { ...fromPages, resourceVersion: "0" };
const asWatch = { do: "watch", version: undefined, timeoutSeconds: 300 };
const watchFrom = (version: string): object => ({ do: "watch", version, timeoutSeconds: 300 });

describe("the first list", () => {
  test("is asked for as a watch, and ends with the bookmark that says so", () => {
    const play = new Play();
    expect(play.effects).toEqual([asWatch]);
    play.feed({ type: "opened" });
    expect(play.feed(changed("5", "ADDED"))).toEqual([{ do: "init" }, { do: "apply", object: "5" }]);
    expect(play.feed(changed("3", "ADDED"))).toEqual([{ do: "apply", object: "3" }]);
    expect(play.feed(changed("6", "DELETED"))).toEqual([{ do: "delete", object: "6" }]);
    expect(play.feed(bookmark("4"))).toEqual([]); // no place to go on from
    expect(play.feed(bookmark("7", true))).toEqual([{ do: "synced", version: "7" }]);
    expect(play.state).toMatchObject({ at: "streaming", opened: true, course: { version: "7", synced: true } });
  });

  test("of nothing is complete too", () => {
    const play = new Play();
    play.feed({ type: "opened" });
    expect(play.feed(bookmark("7", true))).toEqual([{ do: "init" }, { do: "synced", version: "7" }]);
  });

  test.each([400, 422])(
    "a server that refuses it so with %d is never asked again, and gives it from its cache",
    (code) => {
      const play = new Play();
      expect(play.fail(noWatchList(code))).toEqual([{ do: "remember: no watch list" }, fromCache]);
      expect(play.feed(page("9", undefined, "a", "b"))).toEqual([
        { do: "init" },
        { do: "apply", object: "a" },
        { do: "apply", object: "b" },
        { do: "synced", version: "9" },
        watchFrom("9"),
      ]);
    },
  );

  test("a server that refuses it for another reason, such as a wrong selector, is asked for it again later", () => {
    const play = new Play();
    expect(play.fail(refused(400, "BadRequest"))).toEqual([fromCache]);
    play.feed(page("9"));
    expect(play.state.course.watchList).toBe("ask");
  });

  test("where the newest state is needed, it comes in pages", () => {
    const play = new Play({ cached: false, watchList: "never" });
    expect(play.effects).toEqual([fromPages]);
    expect(play.feed(page("9", "token", "a"))).toEqual([
      { do: "init" },
      { do: "apply", object: "a" },
      { ...fromPages, continue: "token" },
    ]);
    expect(play.feed(page("9", "", "b"))).toEqual([
      { do: "apply", object: "b" },
      { do: "synced", version: "9" },
      watchFrom("9"),
    ]);
  });

  test("a server that takes it for a plain watch is silent after the last object: a list after 5 s, and never a watch again", () => {
    const play = new Play();
    play.feed({ type: "opened" });
    play.feed(changed("5", "ADDED"));
    expect(play.pass(4_999)).toEqual([]);
    expect(play.pass(1)).toEqual([{ do: "cancel" }, { do: "remember: no watch list" }, fromCache]);
    play.feed(page("9"));
    expect(play.state.course.watchList).toBe("never");
  });

  test("a server that goes on with changes, but without the bookmark, has 60 s", () => {
    const play = new Play();
    play.feed({ type: "opened" });
    for (let i = 0; i < 59; i++) {
      play.feed(changed("5"));
      expect(play.pass(1_000)).toEqual([]);
    }
    play.feed(changed("5"));
    expect(play.pass(1_000)).toEqual([{ do: "cancel" }, { do: "remember: no watch list" }, fromCache]);
  });

  test("silence alone may be the network's: the next relist is asked for as a watch again", () => {
    const play = new Play();
    play.feed({ type: "opened" });
    expect(play.pass(5_000)).toEqual([{ do: "cancel" }, fromCache]);
    play.feed(page("9"));
    expect(play.state.course.watchList).toBe("ask");
  });

  test("a consumer that takes its time is not the server's silence", () => {
    const play = new Play();
    play.feed({ type: "opened" });
    play.feed(changed("5", "ADDED"));
    play.now += 300_000;
    play.feed({ type: "taken" });
    expect(play.pass(4_999)).toEqual([]);
  });

  test("too large for its time, it comes in pages", () => {
    const play = new Play({ watchList: "never" });
    expect(play.effects).toEqual([fromCache]);
    play.fail(new TimeoutError(60_000));
    expect(play.next()).toEqual(fromPages);
  });
});

describe("pages", () => {
  const paged = (): Play => {
    const play = new Play({ cached: false, watchList: "never" });
    play.feed(page("9", "token", "a"));
    return play;
  };

  test("429 in the middle: the same page, not before Retry-After, and nothing is told twice", () => {
    const play = paged();
    expect(play.fail(refused(429, "TooManyRequests", 7))).toEqual([]);
    expect(play.pause).toBe(7_000);
    expect(play.next()).toEqual({ ...fromPages, continue: "token" });
    expect(play.feed(page("9", undefined, "b"))).toEqual([
      { do: "apply", object: "b" },
      { do: "synced", version: "9" },
      watchFrom("9"),
    ]);
  });

  test.each([lost(), refused(500, "InternalError"), refused(401, "Unauthorized")])(
    "after %s: the same page",
    (error) => {
      const play = paged();
      play.fail(error);
      expect(play.next()).toEqual({ ...fromPages, continue: "token" });
    },
  );

  test("an expired token: anew, and after the second time all at once", () => {
    const play = paged();
    play.fail(refused(410, "Expired"));
    expect(play.next()).toEqual(fromPages);
    expect(play.feed(page("10", "token2", "a"))[0]).toEqual({ do: "init" });
    play.fail(refused(410, "Expired"));
    expect(play.next()).toEqual({ ...fromPages, limit: undefined });
  });
});

describe("a watch", () => {
  test("goes on where it stood, without a list, as often as the server ends it", () => {
    const play = Play.synced();
    play.feed(changed("105"));
    play.feed(bookmark("107"));
    play.pass(300_000);
    expect(play.feed({ type: "ended" })).toEqual([watchFrom("107")]);
    play.feed({ type: "opened" });
    play.pass(300_000);
    expect(play.feed({ type: "ended" })).toEqual([watchFrom("107")]);
    expect(play.state.course).toMatchObject({ restarts: 2, error: undefined });
  });

  test("is asked to end after 5 to 10 minutes, by chance", () => {
    const play = new Play({ watchList: "never" });
    play.random = 0.999_999;
    expect(play.feed(page("9"))).toContainEqual({ do: "watch", version: "9", timeoutSeconds: 599 });
  });

  test("a version that is told never makes its own go back, and one that is no number takes its place", () => {
    const play = Play.synced("100");
    expect(play.feed(changed("99", "DELETED"))).toEqual([
      { do: "delete", object: "99" },
      { do: "progress", version: "100" },
    ]);
    expect(play.feed(changed("abc"))).toContainEqual({ do: "progress", version: "abc" });
  });

  test("a bookmark that ends initial events nobody asked for is a bookmark", () => {
    const play = Play.resumed();
    expect(play.feed(bookmark("108", true))).toEqual([{ do: "progress", version: "108" }]);
  });

  test.each([
    ["an answer", refused(410, "Expired")],
    ["an event", refused(410, "Gone")],
  ])("410 as %s: one list, as a watch, within a second", (_, error) => {
    const play = Play.resumed();
    play.random = 0.999;
    expect(play.fail(error)).toEqual([]);
    expect(play.pause).toBeLessThan(1_000);
    expect(play.next()).toMatchObject({ do: "watch", version: undefined });
  });

  test("410 after a server had trouble, as after its restart, does not wait for that trouble's backoff", () => {
    const play = Play.resumed();
    for (let failures = 0; failures < 5; failures++) {
      play.fail(refused(503, "ServiceUnavailable"));
      play.next();
    }
    play.random = 0.999;
    play.fail(refused(410, "Expired"));
    expect(play.pause).toBeLessThan(1_000);
  });

  test("410 again and again is slowed down", () => {
    const play = Play.resumed();
    const pauses = Array.from({ length: 8 }, () => {
      play.fail(refused(410, "Expired"));
      const { pause } = play;
      play.next();
      return pause;
    });
    expect(pauses).toEqual([0, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000]);
  });

  test("a version that the server does not know yet: the newest state in place of it, and no loop", () => {
    const play = Play.resumed();
    play.fail(refused(504, "Timeout", 1, "ResourceVersionTooLarge"));
    expect(play.next()).toMatchObject({ do: "watch", version: undefined });
    play.fail(refused(504, "Timeout", 1, "ResourceVersionTooLarge"));
    expect(play.pause).toBeGreaterThanOrEqual(1_600);
  });

  test("two watches in a row that end at once and empty drop the version", () => {
    const play = Play.resumed();
    play.pass(20_000);
    for (const version of ["100", undefined]) {
      if (version === undefined) play.feed({ type: "opened" });
      play.state = { ...play.state, ...(play.state.at === "streaming" ? { since: play.now } : {}) };
      play.feed({ type: "ended" });
      expect(play.next()).toMatchObject({ do: "watch", version });
    }
  });

  test("a server that shuts down ends all watches at once: they come back apart", () => {
    const play = Play.resumed();
    play.pass(100_000);
    play.random = 0.5;
    expect(play.feed({ type: "ended" })).toEqual([]);
    expect(play.pause).toBe(500);
  });

  test("what cannot be read is tried again at its version, the third time with a list", () => {
    const play = Play.resumed();
    const asked = Array.from({ length: 3 }, () => {
      play.feed({ type: "opened" });
      play.fail(new Error("Undecodable"));
      return play.next();
    });
    expect(asked).toMatchObject([{ version: "100" }, { version: "100" }, { version: undefined }]);
  });
});

describe("silence", () => {
  test("after two bookmarks within 70 s, 75 s of it end the watch", () => {
    const play = Play.synced();
    for (const version of ["101", "102"]) {
      play.pass(61_000);
      play.feed(bookmark(version));
    }
    expect(play.pass(74_999)).toEqual([]);
    expect(play.pass(1)).toEqual([{ do: "cancel" }, watchFrom("102")]);
  });

  test("two bookmarks within a second, as before the end of a watch, or minutes apart, say nothing about silence", () => {
    for (const apart of [1_000, 119_000]) {
      const play = Play.synced();
      play.feed(bookmark("101"));
      play.pass(apart);
      play.feed(bookmark("102"));
      expect(play.pass(150_000)).toEqual([]);
    }
  });

  test("without bookmarks nothing ends a watch before its time, and 10 s", () => {
    const play = Play.resumed();
    play.feed(changed("101"));
    expect(play.pass(309_999)).toEqual([{ do: "check" }]);
    expect(play.pass(1)).toEqual([{ do: "cancel" }, watchFrom("101")]);
  });
});

describe("a server that has gone back, as after etcd was restored,", () => {
  test("is found right after a failure, whatever comes meanwhile, and followed", () => {
    const play = Play.synced("100");
    play.pass(200_000);
    play.fail(lost());
    expect(play.next()).toEqual(watchFrom("100"));
    play.feed({ type: "opened" });
    play.feed(changed("101"));
    expect(play.pass(1_000)).toEqual([{ do: "check" }]);
    expect(play.feed({ type: "checked", version: "60" })).toEqual([{ do: "cancel" }, asWatch]);
  });

  test("is found when the watch before was dead, and given up", () => {
    const play = Play.synced("100");
    expect(play.pass(310_000)).toEqual([{ do: "cancel" }, watchFrom("100")]);
    play.feed({ type: "opened" });
    expect(play.pass(1_000)).toEqual([{ do: "check" }]);
  });

  test("is not: one that stands where we do, or further", () => {
    for (const version of ["100", "999", "abc"]) {
      const play = Play.resumed("100");
      expect(play.pass(1_000)).toEqual([{ do: "check" }]);
      expect(play.feed({ type: "checked", version })).toEqual([]);
      expect(play.state.at).toBe("streaming");
    }
  });

  test("is asked for again when that failed, and not after a watch that ended at its time", () => {
    const play = Play.resumed("100");
    play.pass(1_000);
    play.feed({ type: "unchecked" });
    expect(play.pass(9_999)).toEqual([]);
    expect(play.pass(1)).toEqual([{ do: "check" }]);
    expect(play.pass(60_000)).toEqual([]);
    const timely = Play.synced("100");
    timely.pass(300_000);
    timely.feed({ type: "ended" });
    timely.feed({ type: "opened" });
    expect(timely.pass(60_000)).toEqual([]);
  });
});

describe("an outage", () => {
  test("the first loss is healed within a second; then a try about each second for a minute, and fewer and fewer", () => {
    const play = Play.synced();
    play.pass(60_000);
    play.random = 0.999;
    const tries: number[] = [];
    play.fail(lost());
    const began = play.now;
    while (play.now < began + 900_000) {
      play.next();
      tries.push(play.now - began);
      play.fail(lost());
    }
    expect(tries[0]).toBeLessThan(1_000);
    const within = (from: number, to: number): number => tries.filter((at) => at >= from && at < to).length;
    expect(within(0, 60_000)).toBeGreaterThanOrEqual(37); // 1.6 s at most
    expect(within(0, 60_000)).toBeLessThanOrEqual(76);
    expect(within(120_000, 600_000)).toBeLessThanOrEqual(96); // 5 s at least
    expect(within(700_000, 900_000)).toBeLessThanOrEqual(7); // 30 s at least
  });

  test("a network that breaks each watch within seconds is one outage; one that lets them live is many", () => {
    const flapping = Play.synced();
    let requests = 0;
    const count = (play: Play, lives: number, ms: number): number => {
      requests = 0;
      const until = play.now + ms;
      while (play.now < until) {
        play.feed({ type: "opened" });
        play.pass(lives);
        play.fail(lost());
        play.next();
        requests += 1;
      }
      return requests;
    };
    count(flapping, 100, 60_000);
    expect(count(flapping, 100, 540_000)).toBeLessThanOrEqual(109);
    expect(count(flapping, 100, 60_000)).toBeLessThanOrEqual(3);
    const killed = Play.synced();
    expect(count(killed, 60_000, 3_600_000)).toBeGreaterThanOrEqual(59);
  });
});

describe("word that the network, or a sign-in, is back", () => {
  test.each<[string, Error]>([
    ["a lost connection", lost()],
    ["no answer in time", new TimeoutError(1)],
    ["a sign-in that is missing", refused(401, "Unauthorized")],
  ])("ends the pause after %s", (_, error) => {
    const play = Play.synced();
    play.random = 0.9;
    play.fail(error);
    expect(play.pause).toBeGreaterThan(0);
    expect(play.feed({ type: "reachable" })).toEqual([expect.objectContaining({ do: "watch", version: "100" })]);
  });

  test.each<[string, Error]>([
    ["a server that asked to wait", refused(429, "TooManyRequests", 3)],
    ["a refusal", refused(403, "Forbidden")],
  ])("changes nothing after %s", (_, error) => {
    const play = Play.synced();
    play.fail(error);
    expect(play.feed({ type: "reachable" })).toEqual([]);
    expect(play.pause).toBeGreaterThan(0);
  });

  test("changes nothing while all is well", () => {
    const play = Play.synced();
    expect(play.feed({ type: "reachable" })).toEqual([]);
  });
});

describe("refusals", () => {
  test("no rights, no resource: reported, and asked again after 5 s to 60 s", () => {
    for (const error of [refused(403, "Forbidden"), refused(404, "NotFound"), refused(405, "MethodNotAllowed")]) {
      const play = new Play();
      const pauses = Array.from({ length: 6 }, () => {
        play.fail(error);
        expect(play.state).toMatchObject({ at: "recovering", course: { error } });
        const { pause } = play;
        play.next();
        return pause;
      });
      expect(pauses).toEqual([5_000, 10_000, 20_000, 30_000, 30_000, 30_000]);
    }
  });

  test("a resource that comes later is picked up", () => {
    const play = new Play();
    play.fail(refused(404, "NotFound"));
    expect(play.next()).toEqual(asWatch);
    play.feed({ type: "opened" });
    expect(play.feed(bookmark("7", true))).toContainEqual({ do: "synced", version: "7" });
    expect(play.state.course).toMatchObject({ error: undefined, notFound: 0 });
  });

  test("one that was there, and three times in a row is not, is gone", () => {
    const play = Play.synced();
    play.pass(20_000);
    play.fail(refused(404, "NotFound"));
    play.next();
    play.fail(refused(404, "NotFound"));
    expect(play.state.at).toBe("recovering");
    play.next();
    play.fail(refused(404, "NotFound"));
    expect(play.state.at).toBe("gone");
    expect(play.feed({ type: "tick" })).toEqual([]);
  });

  test("what would be as wrong each time ends it", () => {
    const play = new Play();
    play.fail(new InputError("fieldSelector", "wrong"));
    expect(play.state).toMatchObject({ at: "stopped", course: { error: { name: "InputError" } } });
  });

  test("a busy server is never asked before its Retry-After", () => {
    const play = Play.resumed();
    play.fail(refused(429, "TooManyRequests", 20));
    expect(play.pause).toBeGreaterThanOrEqual(20_000);
    play.next();
    play.fail(refused(503, "ServiceUnavailable", 40));
    expect(play.pause).toBeGreaterThanOrEqual(40_000);
  });
});

test("whatever happens, it waits for a request, for time, or is over; and stop ends it", () => {
  const input: fc.Arbitrary<Input> = fc.oneof(
    fc.constantFrom<Input>(
      { type: "opened" },
      { type: "ended" },
      { type: "tick" },
      { type: "reachable" },
      { type: "taken" },
    ),
    fc.nat(200).map((version) => changed(String(version))),
    fc.tuple(fc.nat(200), fc.boolean()).map(([version, end]) => bookmark(String(version), end)),
    fc.tuple(fc.nat(200), fc.boolean()).map(([version, more]) => page(String(version), more ? "t" : undefined, "x")),
    fc.nat(200).map((version): Input => ({ type: "checked", version: String(version) })),
    fc
      .constantFrom(
        lost(),
        new TimeoutError(1),
        refused(410, "Gone"),
        refused(429, "TooManyRequests", 3),
        refused(500, "InternalError"),
        refused(403, "Forbidden"),
        refused(404, "NotFound"),
        refused(400, "BadRequest"),
        refused(504, "Timeout", 1, "ResourceVersionTooLarge"),
      )
      .map((error): Input => ({ type: "failed", error })),
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(input, fc.nat(100_000), fc.double({ min: 0, max: 0.99, noNaN: true })), { maxLength: 60 }),
      (steps) => {
        const play = new Play();
        let asked = 1;
        let init = 0;
        for (const [given, ms, random] of steps) {
          play.random = random;
          // Only a request that runs has something to say.
          if (play.state.at === "recovering") asked = 0;
          const sensible =
            play.state.at === "listing" || play.state.at === "streaming" || /tick|reach/.test(given.type);
          if (!sensible) continue;
          if (given.type === "listed" && (play.state.at !== "listing" || play.state.plan.by === "watch")) continue;
          for (const effect of [...play.feed(given), ...play.pass(ms)]) {
            if (effect.do === "list" || effect.do === "watch") asked = 1;
            if (effect.do === "init") init += 1;
            if (effect.do === "synced") expect(init).toBeGreaterThan(0);
          }
          const { at } = play.state;
          if (at === "recovering") expect(wakeAt(play.state)).toBeLessThanOrEqual(play.now + 66_000);
          else if (at !== "gone" && at !== "stopped") expect(asked).toBe(1);
          if (at === "streaming") expect(play.state.course.version).toBeDefined();
        }
        play.feed({ type: "stop" });
        expect(["gone", "stopped"]).toContain(play.state.at);
      },
    ),
    { numRuns: 500 },
  );
});
