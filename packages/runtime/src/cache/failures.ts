import { InputError, whatItIs } from "@kubewright/core";
import type { Held } from "../share/held.ts";
import type { InformerFailure } from "./informer-event.ts";
import type { IndexFunction } from "./informer-options.ts";
import type { AnyObject } from "../watch/any-object.ts";

/** Takes what a function of the user's threw. Must not throw. */
export type Report = (error: unknown, failure: InformerFailure<AnyObject>) => void;

/** Reports to `onError`; without one, and what that throws itself, to the console. `informer` says which one it is. */
export function reporter(informer: () => string, onError: Report | undefined): Report {
  return (error, failure) => {
    const onWhat = `kubewright: the informer of ${informer()}: ${describe(failure)}`;
    if (onError === undefined) {
      console.error(`${onWhat}:`, error);
      return;
    }
    try {
      onError(error, failure);
    } catch (another) {
      console.error(`${onWhat}, and so did onError:`, error, another);
    }
  };
}

function describe(failure: InformerFailure<AnyObject>): string {
  if (failure.in === "index") return `the index ${JSON.stringify(failure.index)} failed on ${nameOf(failure.object)}`;
  return `a handler failed on ${failure.event.type} ${nameOf(failure.event.object)}`;
}

function nameOf({ metadata: { namespace, name } }: AnyObject): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** An index function that never throws; what it gets wrong is reported once the cache is whole again. */
export function safeIndex(
  name: string,
  index: IndexFunction<AnyObject>,
  report: Report,
): (held: Held<AnyObject>) => readonly string[] {
  return ({ key, value }) => {
    const fail = (problem: string, cause?: unknown): readonly string[] => {
      const error = new InputError(`index.${name}`, `it ${problem} for ${key}, which the index leaves out`, { cause });
      queueMicrotask(() => report(error, { in: "index", index: name, object: value }));
      return [];
    };
    let given: unknown;
    try {
      given = index(value);
    } catch (cause) {
      return fail("threw", cause);
    }
    if (given === undefined) return [];
    if (!Array.isArray(given)) return fail(`gave ${whatItIs(given)} instead of a list of texts`);
    const values = given.filter((one) => one !== undefined) as unknown[];
    const wrong = values.find((one) => typeof one !== "string");
    return wrong === undefined ? (values as string[]) : fail(`gave a list with ${whatItIs(wrong)} instead of text`);
  };
}
