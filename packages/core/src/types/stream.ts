/**
 * A stream of values, iterable once. Nothing is sent before the first value is asked for. Leaving the loop, `close()`, or the
 * call's signal each close the connection.
 */
export interface Stream<T> extends AsyncIterable<T>, AsyncDisposable {
  [Symbol.asyncIterator](): AsyncIterator<T, undefined, undefined>;
  /** Ends the stream and closes its connection; an iteration that is waiting then ends. Harmless when it has ended. */
  close(): Promise<void>;
}
