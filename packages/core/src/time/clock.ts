/** Where time and chance come from: every wait of the client goes through one, so that tests can make hours pass at once. */
export interface Clock {
  /** Milliseconds since some fixed moment; never goes back. */
  now(): number;
  /** Milliseconds since 1970 by the wall clock, which may be set anew at any time: only for what people and servers write down. */
  wallNow(): number;
  /** Calls `act` once after `ms` milliseconds, however many; gives what calls it off. */
  after(ms: number, act: () => void): () => void;
  /** At least 0 and below 1. */
  random(): number;
}

/** 24 days in milliseconds: setTimeout holds 31 bits and takes a longer wait for none at all. */
const longestWait = 2 ** 31 - 1;

/** The platform's own time. */
export const systemClock: Clock = {
  now: () => performance.now(),
  wallNow: () => Date.now(),
  after(ms, act) {
    let timer: ReturnType<typeof setTimeout>;
    const wait = (left: number): void => {
      timer = left > longestWait ? setTimeout(wait, longestWait, left - longestWait) : setTimeout(act, left);
    };
    wait(ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
