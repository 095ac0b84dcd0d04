import { inspect } from "node:util";

/** One way in which a value comes to light, and what can then be read. */
export interface View {
  readonly how: string;
  readonly text: string;
}

/** A value in every way that a program could print it: an error with its stack and causes, an object with all it hides. */
export function* viewsOf(value: unknown, depth = Infinity): Generator<View, void> {
  const hidden = { depth, showHidden: true, maxArrayLength: null, maxStringLength: null } as const;
  yield { how: "inspected", text: inspect(value, hidden) };
  yield { how: "inspected past its own words", text: inspect(value, { ...hidden, customInspect: false }) };
  yield { how: "inspected as consoles do", text: inspect(value) };
  yield { how: "as text", text: asText(value) };
  yield { how: "as JSON", text: asJson(value) };
  if (!(value instanceof Error)) return;
  yield { how: "message", text: value.message };
  yield { how: "stack", text: value.stack ?? "" };
  if (value.cause !== undefined) yield* within("cause", value.cause, depth);
  if (value instanceof AggregateError) for (const error of value.errors) yield* within("errors", error, depth);
}

function* within(place: string, value: unknown, depth: number): Generator<View, void> {
  for (const { how, text } of viewsOf(value, depth)) yield { how: `${place}, ${how}`, text };
}

/** What tells one error from another, at little cost. */
export function sayingOf(error: Error): string {
  let saying = "";
  for (let one: unknown = error; one instanceof Error; one = one.cause) saying += `${asText(one)} ${asJson(one)}\n`;
  return saying;
}

function asText(value: unknown): string {
  try {
    return String(value);
  } catch {
    // An object without a prototype.
    return "";
  }
}

function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    // It contains itself, or a bigint: JSON does not show it.
    return "";
  }
}
