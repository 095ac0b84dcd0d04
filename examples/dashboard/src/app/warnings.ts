import { createValue } from "../live/value.ts";

/** What the SDK or the server warned of, and nobody has put away yet: the newest last. */
export const warnings = createValue<readonly string[]>([]);

/** So many are shown; a server that warns of each request fills no page. */
const most = 3;

/** Shows a warning, once. */
export function warn(text: string): void {
  const before = warnings.getSnapshot().filter((one) => one !== text);
  warnings.set([...before, text].slice(-most));
}

/** Puts a warning away. */
export function dismiss(text: string): void {
  warnings.set(warnings.getSnapshot().filter((one) => one !== text));
}
