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

/** What a function made. */
export interface Made {
  readonly by: string;
  readonly value: object;
}

const mostByOne = 20;

/** Takes down what functions give, or what their promises bring; the first twenty of each function. */
export class MadeRecorder implements Recorder<Made> {
  #made: Made[] = [];
  readonly #counts = new Map<string, number>();

  take(): readonly Made[] {
    const taken = this.#made;
    this.#made = [];
    this.#counts.clear();
    return taken;
  }

  /** The module, with its functions listened to: the factory of a `vi.mock` that changes nothing. */
  readonly listening = async (original: () => Promise<object>): Promise<object> => {
    const names = Object.entries(await original());
    return Object.fromEntries(
      names.map(([name, value]) => [name, typeof value === "function" ? this.#listening(name, value) : value]),
    );
  };

  #listening(by: string, work: (...args: unknown[]) => unknown): unknown {
    return new Proxy(work, {
      apply: (target, self, args) => {
        const result: unknown = Reflect.apply(target, self, args);
        // A rejection is for whoever called.
        if (result instanceof Promise)
          result.then(
            (value) => this.#note(by, value),
            () => undefined,
          );
        else this.#note(by, result);
        return result;
      },
    });
  }

  #note(by: string, value: unknown): void {
    const count = this.#counts.get(by) ?? 0;
    if (count === mostByOne || value === null || (typeof value !== "object" && typeof value !== "function")) return;
    this.#counts.set(by, count + 1);
    this.#made.push({ by, value });
  }
}
