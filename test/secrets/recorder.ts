import { sayingOf } from "./views.ts";

/** What is taken down while tests run, and handed out for a look. */
export interface Recorder<T> {
  /** What was taken down since the last call. */
  take(): readonly T[];
}

// Some tests make ten thousands, and some of these look at how much memory they need.
const mostErrors = 200;

/**
 * Takes down every error that is made of `type` or of a class below it; of those that say the same, one. Between the class and its
 * parent comes one more: `super()` looks its target up when it is called.
 */
export function recordErrors(type: new (...args: never[]) => Error): Recorder<Error> {
  const different = new Map<string, Error>();
  let made: Error[] = [];
  const sort = (): void => {
    for (const error of made) different.set(sayingOf(error), error);
    made = [];
  };
  const Parent = Object.getPrototypeOf(type) as ErrorConstructor;
  class RecordedError extends Parent {
    constructor(message?: string, options?: ErrorOptions) {
      super(message, options);
      // The newest is not ready yet.
      if (made.length === mostErrors) sort();
      made.push(this);
    }
  }
  Object.setPrototypeOf(type, RecordedError);
  return {
    take() {
      sort();
      const taken = [...different.values()];
      different.clear();
      return taken;
    },
  };
}
