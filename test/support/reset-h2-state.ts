// What a test and reset-h2-worker.ts tell each other while the test's own loop stands still: indices into a shared Int32Array.

/** How many requests for /reset have come. */
export const arrived = 0;
/** Set by the test: the answers may go, and the reset behind them. */
export const goOn = 1;
/** Set by the worker: the connection is reset. */
export const broken = 2;
