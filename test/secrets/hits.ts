import { secretsIn } from "../../tools/vitest/secrets-in.ts";
import { type Made, whileLookingInside } from "./made-recorder.ts";
import { viewsOf } from "./views.ts";

/** Of each error that shows a secret: which one it is, and where the secret stands. */
export function hitsInErrors(errors: readonly Error[], known: readonly string[]): readonly string[] {
  return errors.flatMap((error) => {
    const { request } = error as { readonly request?: { readonly verb: string; readonly path: string } };
    const named = request === undefined ? error.name : `${error.name} (${request.verb} ${request.path})`;
    // The path itself may be what holds the secret.
    return hitsIn(secretsIn(named, known) === undefined ? named : error.name, error, known);
  });
}

/** Of each thing that shows a secret to whoever inspects it: what it calls itself, and where the secret stands. */
export function hitsInMade(made: readonly Made[], known: readonly string[]): readonly string[] {
  return made.flatMap(({ name, value }) => {
    const shown = hitsIn(`a ${name}`, value, known, 10);
    return shown.length > 0 ? shown : whileLookingInside(() => hitsIn(`inside, a ${name}`, value, known, 10));
  });
}

function hitsIn(name: string, value: object, known: readonly string[], depth?: number): readonly string[] {
  for (const { how, text } of viewsOf(value, depth)) {
    const found = secretsIn(text, known);
    if (found === undefined) continue;
    return [`${name} holds ${found.what.join(", ")}: ${how}, after ${JSON.stringify(found.before)}`];
  }
  return [];
}
