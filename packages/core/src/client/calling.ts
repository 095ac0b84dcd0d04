import { duringCall } from "../errors/input-error.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import { resourcePath } from "../request/path.ts";
import type { Target } from "./target.ts";

/** Makes a call. An InputError of it names verb and path, as every other error does. */
export async function naming<T>(call: () => RequestInfo, make: () => Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    throw duringCall(error, call());
  }
}

/** Makes a call on `subject`: a name, an object that says its own, or undefined for the collection. */
export function calling<T>(target: Target, verb: string, subject: unknown, make: () => Promise<T>): Promise<T> {
  return naming(() => callOf(target, verb, subject), make);
}

/** The call as an error names it, with as much of the path as the input allows: what is wrong in it, the error says. */
export function callOf({ resource, namespace, subresource }: Target, verb: string, subject: unknown): RequestInfo {
  const attempts = [
    () => resourcePath(resource, namespace, nameIn(subject), subresource),
    () => resourcePath(resource, namespace),
    () => resourcePath(resource, undefined),
  ];
  for (const attempt of attempts) {
    try {
      return { verb, path: attempt() };
    } catch {
      // The next one knows less.
    }
  }
  return { verb, path: "/" };
}

function nameIn(subject: unknown): string | undefined {
  if (typeof subject === "string") return subject;
  const { metadata } = Object(subject) as { readonly metadata?: { readonly name?: string } };
  return metadata?.name;
}
