import type { Fields } from "@kubewright/core";
import { valueKinds } from "../schema/message.ts";
import { endOfValue, type Input } from "./input.ts";
import { Malformed, tooLong, unknownField } from "./malformed.ts";
import { type Plan, type PlannedField, ways } from "./plan.ts";
import { readScalar } from "./read-scalar.ts";

/** Reads what is not a field of the message, or does not begin as the one of its number does. */
export function readOther(
  object: Fields,
  plan: Plan,
  field: PlannedField | undefined,
  tag: number,
  input: Input,
  end: number,
): void {
  if (field === undefined) {
    if (plan.strict) throw unknownField(tag, plan.name);
    input.skipType(tag & 7);
  } else if (field.way === ways.skip) input.skipType(tag & 7);
  else if (field.way === ways.list && field.kind <= valueKinds.double && (tag & 7) === 2) {
    const before = Object.hasOwn(object, field.key) ? (object[field.key] as readonly unknown[]) : [];
    object[field.key] = [...before, ...readPacked(field, input, endOfValue(input, end))];
  } else throw new Malformed("a field has another type than the schema says");
}

/** Numbers of a list that share one length. Servers do not write them so, but may. */
function readPacked({ kind }: PlannedField, input: Input, end: number): readonly unknown[] {
  const values: unknown[] = [];
  while (input.pos < end) values.push(readScalar(kind, input));
  if (input.pos !== end) throw tooLong();
  return values;
}
