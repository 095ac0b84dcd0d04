import type { Clock } from "@kubewright/core";
import { shownAt } from "../recording.ts";
import type { Query } from "./query.ts";
import type { Shapes } from "./shapes.ts";
import {
  forbiddenMatch,
  noVersion,
  olderThanCache,
  type Refusal,
  refusal,
  tooLarge,
  tooOldForWatch,
} from "./status.ts";
import type { Change, World } from "./world.ts";

/** The body of a watch: lines, or frames, that wait to be taken. */
export interface WatchStream {
  /** The next ones as soon as there are any; undefined after the last. */
  take(): Promise<readonly Uint8Array[] | undefined>;
  /** The server has seen the world up to here. */
  advance(revision: number): void;
  /** Nothing more comes. Harmless when it has ended. */
  end(): void;
  readonly ended: Promise<void>;
}

/** Where a watch begins. */
export interface WatchGround {
  readonly world: World;
  readonly shapes: Shapes;
  readonly clock: Clock;
  /** The newest revision that the server has seen. */
  readonly seen: number;
  /** What it must have seen; it has waited for it. */
  readonly wait: number;
  /** From where on its watch cache, if it has one, knows every change. */
  readonly since: number;
}

const bookmarkMs = 60_000;
/** The last bookmark comes so long before the end. */
const lastBookmarkMs = 2000;

/** Begins a watch. */
export function beginWatch(
  query: Query,
  { world, shapes, clock, seen, wait, since }: WatchGround,
): WatchStream | Refusal {
  const { version, match, timeoutSeconds } = query;
  const { cached } = world.about;
  if (query.initialEvents && match !== "NotOlderThan") {
    return forbiddenMatch("sendInitialEvents requires setting resourceVersionMatch to NotOlderThan");
  }
  if (!query.initialEvents && match !== undefined) {
    return forbiddenMatch("resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided");
  }
  if (version !== undefined && !/^\d+$/.test(version)) return refusal(500, noVersion(version));

  const lines: Uint8Array[] = [];
  let waiter: (() => void) | undefined;
  let over = false;
  let told = (): void => {};
  const ended = new Promise<void>((resolve) => (told = resolve));
  const cancels: (() => void)[] = [];
  let position = seen;

  const wake = (): void => {
    waiter?.();
    waiter = undefined;
  };
  const say = (line: Uint8Array): void => {
    lines.push(line);
    wake();
  };
  const end = (): void => {
    over = true;
    for (const cancel of cancels) cancel();
    wake();
    told();
  };
  const tell = (change: Change): void => {
    const { before, after, last, revision } = change;
    const [was, is] = [before, after].map((held) => held !== undefined && query.matches(held));
    if (after !== undefined && is === true) say(shapes.event(was === true ? "MODIFIED" : "ADDED", after));
    else if (before !== undefined && was === true)
      say(shapes.event("DELETED", last ?? shownAt(before, String(before.revision), String(revision))));
  };
  const advance = (revision: number): void => {
    if (over) return;
    for (const change of world.changesSince(position, revision)) tell(change);
    position = Math.max(position, revision);
  };

  const fail = ({ says }: Refusal): void => {
    if (typeof says !== "string") say(shapes.error(says));
    end();
  };
  const asked = Number(version ?? 0);
  if (wait > seen) {
    fail(tooLarge(wait, seen, cached));
  } else if (query.initialEvents || asked === 0) {
    // Without a version, and at 0, the state comes first, and whoever takes bookmarks is told where it ends.
    if (version === undefined) world.history.quorumList(String(position));
    for (const held of world.stateAt(position)) if (query.matches(held)) say(shapes.event("ADDED", held));
    if (query.bookmarks) say(shapes.bookmark(position, true));
  } else if (cached ? asked < since : asked + 1 < world.compacted) {
    fail(cached ? olderThanCache(asked, since) : tooOldForWatch);
  } else {
    position = asked;
    advance(seen);
  }

  if (!over && timeoutSeconds !== undefined) cancels.push(clock.after(timeoutSeconds * 1000, end));
  if (!over && query.bookmarks && cached) {
    const endsAt = timeoutSeconds === undefined ? Infinity : clock.now() + timeoutSeconds * 1000;
    const next = (): void => {
      const last = endsAt - lastBookmarkMs - clock.now();
      const wait = last > 0 ? Math.min(bookmarkMs, last) : bookmarkMs;
      cancels.push(
        clock.after(wait, () => {
          // A watch of the future has nothing to say.
          if (position > 0 && position <= world.revision) say(shapes.bookmark(position, false));
          next();
        }),
      );
    };
    next();
  }

  return {
    advance,
    end,
    ended,
    async take() {
      while (lines.length === 0 && !over) await new Promise<void>((resolve) => (waiter = resolve));
      return lines.length === 0 ? undefined : lines.splice(0);
    },
  };
}
