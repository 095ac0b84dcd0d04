import type { Clock } from "@kubewright/core";
import { collectionPath, type Encoding, encodings } from "../recording.ts";
import { type Listed, planList, readList } from "./list.ts";
import { queryOf } from "./query.ts";
import { type Shapes, shapesOf } from "./shapes.ts";
import { notFound, pageNotFound, type Refusal } from "./status.ts";
import { beginWatch, type WatchStream } from "./watch.ts";
import type { World } from "./world.ts";

/** An answer whose body may go on. */
export interface ServerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The whole body, or the stream of a watch. */
  readonly body: Uint8Array | WatchStream;
}

/** One API server before the world. */
export interface ApiServer {
  /** The newest revision that it has seen. */
  readonly seen: number;
  /** Answers a GET; where it has to wait for a version, later. `query` has no `?`. */
  answer(path: string, query: string, accepts: Encoding): Promise<ServerAnswer>;
  /** A refusal as an answer. */
  refuse(refusal: Refusal, accepts: Encoding): ServerAnswer;
  /** It sees changes so much later from now on; 0 for at once. */
  lag(ms: number): void;
  /** Its watch cache forgets what came before now; who watches already goes on. */
  forget(): void;
  /** Every stream ends; its watch cache begins anew. */
  restart(): void;
}

/** How long a list waits for a version that is still to come. */
const freshWaitMs = 3000;

export interface ApiServerOptions {
  readonly world: World;
  readonly clock: Clock;
  /** From which revision on its watch cache knows every change. Default: where the world stands. */
  readonly cacheSince?: number;
}

export function createApiServer({ world, clock, cacheSince }: ApiServerOptions): ApiServer {
  const { about } = world;
  const { cached } = about;
  const [json, protobuf] = encodings.map((accepts) => shapesOf(about, accepts)) as [Shapes, Shapes];
  const shapesFor = (accepts: Encoding): Shapes => (accepts === "json" ? json : protobuf);
  const path = collectionPath(about);
  const streams = new Set<WatchStream>();
  let seen = world.revision;
  let since = cacheSince ?? seen;
  let lagMs = 0;
  /** Who waits until the server has seen a revision. */
  const waiting = new Set<{ readonly revision: number; readonly done: () => void }>();

  const see = (revision: number): void => {
    seen = Math.min(Math.max(seen, revision), world.revision);
    for (const one of waiting) if (one.revision <= seen) one.done();
    for (const stream of streams) stream.advance(seen);
  };
  world.listen(() => {
    const { revision, restores } = world;
    if (lagMs === 0) see(revision);
    else clock.after(lagMs, () => world.restores === restores && see(revision));
  });

  const lister = {
    cached,
    stateAt: world.stateAt,
    get compacted() {
      return world.compacted;
    },
    get newest() {
      return world.revision;
    },
    get seen() {
      return seen;
    },
  };

  function untilSeen(revision: number): Promise<void> {
    if (revision <= seen) return Promise.resolve();
    return new Promise((resolve) => {
      const one = { revision, done: (): void => end() };
      const end = (): void => {
        cancel();
        waiting.delete(one);
        resolve();
      };
      const cancel = clock.after(freshWaitMs, end);
      waiting.add(one);
    });
  }

  async function list(query: ReturnType<typeof queryOf>): Promise<Listed | Refusal> {
    const plan = planList(query, lister);
    if ("says" in plan) return plan;
    if (cached) await untilSeen(plan.wait);
    const listed = readList(plan, query, lister);
    // Whoever asks for the newest state is told it, whatever was asked for before.
    if (!("says" in listed) && plan.at === "newest") world.history.quorumList(String(listed.version));
    return listed;
  }

  return {
    get seen() {
      return cached ? seen : world.revision;
    },
    refuse: (refusal, accepts) => refused(refusal, shapesFor(accepts)),
    async answer(at, text, accepts) {
      const shapes = shapesFor(accepts);
      if (at !== path) return refused(about.group === "" ? notFound : pageNotFound, shapes);
      const query = queryOf(text);
      if (query.watch) {
        // A collection's newest state must have arrived first.
        const wait = query.version === undefined ? world.revision : 0;
        if (cached) await untilSeen(wait);
        const now = cached ? seen : world.revision;
        const stream = beginWatch(query, { world, shapes, clock, seen: now, since, wait });
        if ("says" in stream) return refused(stream, shapes);
        streams.add(stream);
        void stream.ended.then(() => streams.delete(stream));
        return { status: 200, headers: headersOf(shapes.watchType), body: stream };
      }
      const listed = await list(query);
      if ("says" in listed) return refused(listed, shapes);
      return { status: 200, headers: headersOf(shapes.listType), body: shapes.list(listed.items, listed) };
    },
    lag(ms) {
      lagMs = ms;
      if (ms === 0) see(world.revision);
    },
    forget() {
      since = seen;
    },
    restart() {
      for (const stream of streams) stream.end();
      seen = world.revision;
      since = seen;
    },
  };
}

function headersOf(type: string): Readonly<Record<string, string>> {
  return { "content-type": type, "cache-control": "no-cache, private" };
}

function refused({ status, retryAfter, says }: Refusal, shapes: Shapes): ServerAnswer {
  const isPage = typeof says === "string";
  const more = retryAfter === undefined ? {} : { "retry-after": String(retryAfter) };
  return {
    status,
    headers: { ...headersOf(isPage ? "text/plain; charset=utf-8" : shapes.statusType), ...more },
    body: isPage ? Buffer.from(says) : shapes.status(says),
  };
}
