import type { Answer, Player, Request, Sequence, WatchEvent } from "../exchange.ts";
import { chanceOf } from "../play.ts";

/**
 * Lets a sequence go through answers that are known, as they were compared, with nobody behind them. So its requests are the same each
 * time, and an answer may be kept as the change from what was sent. `answerTo` is asked for what comes next: an answer for a request;
 * without one an event of a watch, "nothing" in its place, or whether it ended.
 */
export async function rehearse(
  sequence: Sequence,
  seed: number,
  answerTo: (request: Request | undefined) => unknown,
): Promise<void> {
  const player: Player = {
    send: (request) => Promise.resolve(asAnswer(answerTo(request))),
    watch(request) {
      answerTo({ method: "GET", ...request });
      return Promise.resolve({
        next(count) {
          const events = Array.from({ length: count }, () => structuredClone(answerTo(undefined)));
          return Promise.resolve(events.filter((event) => event !== "nothing") as WatchEvent[]);
        },
        ended: () => Promise.resolve((answerTo(undefined) as { ended: boolean }).ended),
        close: () => undefined,
      });
    },
  };
  await sequence(player, chanceOf(seed), "NAMESPACE");
}

function asAnswer(compared: unknown): Answer {
  const { status, body, ...headers } = structuredClone(compared) as Answer & Record<string, string>;
  return { status, headers: headers as Record<string, string>, body };
}
