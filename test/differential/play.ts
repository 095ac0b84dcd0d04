import type { Answer, Request, Send, Sequence } from "./exchange.ts";
import { createNormaliser } from "./normalise.ts";

/** One exchange, with what cannot be compared taken out of the answer. */
export interface Played {
  readonly request: Request;
  readonly answer: unknown;
}

/** Plays a sequence against a server. */
export async function play(
  sequence: Sequence,
  send: Send,
  seed: number,
  namespace: string,
): Promise<readonly Played[]> {
  const normalise = createNormaliser();
  const played: Played[] = [];
  await sequence(
    async (request): Promise<Answer> => {
      const answer = await send(request);
      played.push({ request, answer: normalise(answer) });
      return answer;
    },
    chanceOf(seed),
    namespace,
  );
  return played;
}

/** Numbers below 1 that repeat (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
