import type { Store } from "@kubewright/browser";
import { useStore } from "@kubewright/browser/react";

const listeners = new Set<(now: number) => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let current = wholeSecond();

const clock: Store<number> = {
  getSnapshot: () => (timer === undefined ? (current = wholeSecond()) : current),
  subscribe(listener) {
    listeners.add(listener);
    timer ??= setInterval(() => {
      current = wholeSecond();
      for (const one of listeners) one(current);
    }, 1000);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  },
};

function wholeSecond(): number {
  return Math.floor(Date.now() / 1000) * 1000;
}

/** The time, which moves on every second: for ages. */
export function useNow(): number {
  return useStore(clock);
}
