import type { Clock } from "@kubewright/core";
import type { SeededRandom } from "./seeded-random.ts";

/** How likely a request is to break, over time: spells of calm, of trouble, and of outage. */
export interface Weather {
  /** From 0 to 1. */
  now(): number;
  /** Nothing breaks for so long. */
  pause(ms: number): void;
  /** Nothing breaks any more. */
  clear(): void;
}

/** Makes one; each spell is told. */
export function createWeather(clock: Clock, random: SeededRandom, tell: (what: string) => void): Weather {
  let bad = 0;
  let until = 0;
  let cleared = false;
  return {
    now() {
      if (cleared) return 0;
      const now = clock.now();
      if (now >= until) {
        bad = random.pick([0, 0.1, 0.3, 0.6, 0.9, 1]);
        until = now + random.below(random.pick([5000, 30_000, 180_000]));
        tell(`${Math.round(bad * 100)} % of all requests break`);
      }
      return bad;
    },
    pause(ms) {
      bad = 0;
      until = clock.now() + ms;
    },
    clear() {
      cleared = true;
    },
  };
}
