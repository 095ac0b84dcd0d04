import { inspect } from "node:util";
import type { shownAs } from "../../packages/core/src/inspection/shown-as.ts";
import type { Recorder } from "./recorder.ts";

export type ShownAs = typeof shownAs;

/** What people can hold, or what holds a credential. */
export interface Made {
  /** What it calls itself. */
  readonly name: string;
  readonly value: object;
}

const mostOfOne = 20;
let lookingInside = false;

/** Takes down what passes `shownAs`, the first twenty of each name; of a class what its methods are called on. */
export class MadeRecorder implements Recorder<Made> {
  #names = new Map<object, string>();
  readonly #counts = new Map<string, number>();

  take(): readonly Made[] {
    const taken = [...this.#names].map(([value, name]) => ({ name, value }));
    this.#names = new Map();
    this.#counts.clear();
    return taken;
  }

  /** The function, which now notes what it is given, and lets `whileLookingInside` past what is shown. */
  readonly listening = (original: ShownAs): ShownAs =>
    new Proxy(original, {
      apply: (target, self, [value, name, fields]: Parameters<ShownAs>) => {
        const shown = Reflect.apply(target, self, [value, name, fields]) as { [inspect.custom]?: () => string };
        const text = shown[inspect.custom];
        const either = function (this: object): unknown {
          // For util.inspect, itself means: as if it had no text of its own.
          return lookingInside ? this : text?.call(this);
        };
        Object.defineProperty(shown, inspect.custom, { value: either, configurable: true });
        if (isPrototype(value)) this.#listenTo(value, name);
        else this.#note(value, name);
        return shown;
      },
    });

  #listenTo(prototype: object, name: string): void {
    for (const key of Reflect.ownKeys(prototype)) {
      const method: unknown = Object.getOwnPropertyDescriptor(prototype, key)?.value;
      if (typeof method !== "function" || key === "constructor" || key === inspect.custom) continue;
      const noting = new Proxy(method as (...args: unknown[]) => unknown, {
        apply: (target, self: object, args) => {
          this.#note(self, name);
          return Reflect.apply(target, self, args);
        },
      });
      Object.defineProperty(prototype, key, { value: noting });
    }
  }

  #note(value: object, name: string): void {
    const count = this.#counts.get(name) ?? 0;
    if (count === mostOfOne || this.#names.has(value)) return;
    this.#counts.set(name, count + 1);
    this.#names.set(value, name);
  }
}

/** Makes what has a text of its own for whoever inspects it seem to have none. */
export function whileLookingInside<T>(look: () => T): T {
  lookingInside = true;
  try {
    return look();
  } finally {
    lookingInside = false;
  }
}

function isPrototype(value: object): boolean {
  const { constructor } = value;
  return Object.hasOwn(value, "constructor") && (constructor as { readonly prototype?: unknown }).prototype === value;
}
