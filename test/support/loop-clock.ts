/** A clock of this process alone: of a pause in which its loop, or the whole machine, stood still, it counts a tenth of a second at most. */
export interface LoopClock extends Disposable {
  /** Since it was started. */
  readonly ms: number;
}

export function startLoopClock(): LoopClock {
  let counted = 0;
  let last = performance.now();
  const ticker = setInterval(() => {
    const now = performance.now();
    counted += Math.min(now - last, 100);
    last = now;
  }, 20);
  return {
    get ms() {
      return counted;
    },
    [Symbol.dispose]: () => clearInterval(ticker),
  };
}
