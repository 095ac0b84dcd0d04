import type { Player, Request, Sequence, Server, WatchEvent } from "./exchange.ts";
import { createNormaliser, type Normaliser } from "./normalise.ts";

/** One exchange, or one event of a watch, with what cannot be compared taken out of what came. */
export interface Played {
  /** Missing for an event. */
  readonly request?: Request;
  readonly answer: unknown;
}

/** Plays a sequence against a server, in a namespace that it makes. */
export async function play(
  sequence: Sequence,
  server: Server,
  seed: number,
  namespace: string,
): Promise<readonly Played[]> {
  const played: Played[] = [];
  const within = `/api/v1/namespaces/${namespace}`;
  await server.send({ method: "POST", path: "/api/v1/namespaces", body: { metadata: { name: namespace } } });
  await server.send({ method: "POST", path: `${within}/serviceaccounts`, body: { metadata: { name: "default" } } });
  const player = playerOf(server, createNormaliser(namespace), (one) => played.push(one));
  try {
    await sequence(player, chanceOf(seed), namespace);
  } finally {
    // A server that lives on has few addresses.
    await server.send({ method: "DELETE", path: `${within}/services` });
  }
  return played;
}

function playerOf(server: Server, normaliser: Normaliser, keep: (played: Played) => void): Player {
  return {
    async send(request) {
      const answer = await server.send(request);
      keep({ request, answer: normaliser.answer(answer, request.body) });
      return answer;
    },
    async watch(request) {
      const { answer, watching } = await server.watch(request);
      keep({ request: { method: "GET", ...request }, answer: normaliser.answer(answer) });
      return {
        ...watching,
        async next(count): Promise<readonly WatchEvent[]> {
          const events = await watching.next(count);
          // What does not come is a difference too.
          for (let i = 0; i < count; i++) keep({ answer: normaliser.event(events[i]) });
          return events;
        },
        async ended() {
          const ended = await watching.ended();
          keep({ answer: { ended } });
          return ended;
        },
      };
    },
  };
}

/** Numbers below 1 that repeat (mulberry32). */
export function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
