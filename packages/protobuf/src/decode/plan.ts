import type { Mask } from "@kubewright/core";
import {
  type Field,
  type Message,
  type TypeMeta,
  type Union,
  type ValueKind,
  valueKinds,
  type Zero,
} from "../schema/message.ts";
import { wireType } from "../schema/read-message.ts";
import { type Make, shapeOf } from "./shape.ts";

/** How a field is read. */
export const ways = { value: 0, list: 1, map: 2, inline: 3, lazy: 4, masked: 5, skip: 6 } as const;

export type Way = (typeof ways)[keyof typeof ways];

/** A message as the decoder needs it. */
export interface Plan {
  /** The kind, or the field that holds the message, for errors. */
  readonly name: string;
  readonly Make: Make;
  readonly union: Union | undefined;
  /** By number, with holes. */
  readonly fields: readonly (PlannedField | undefined)[];
  /** What JSON has where the wire has nothing, inlined messages' too. A plan stands for a message without fields. */
  readonly always: readonly (readonly [key: string, zero: Absent])[];
  /** The bits of all fields that have one. */
  readonly expected: number;
  /** Whether a number that it does not have is beyond the schema; if not, what the number stands for is not wanted. */
  readonly strict: boolean;
}

export type Absent = null | string | number | boolean | readonly [] | Plan;

/** A field as the decoder needs it. */
export interface PlannedField {
  readonly tag: number;
  readonly key: string;
  readonly kind: ValueKind;
  readonly way: Way;
  readonly holds: Field["holds"];
  /** Whether a zero stays. */
  readonly keepsZero: boolean;
  /** One of 31 for a field that JSON always has, else 0: a message that had them all need not be looked through for them. */
  readonly bit: number;
  /** Of values of kind `message`. */
  readonly plan: Plan | undefined;
  /** What stays of what is decoded, where it cannot be told while that is done. */
  readonly mask: Mask | undefined;
  /** Makes its maps. */
  readonly Make: Make;
  /** How a value begins in an entry of its maps. */
  readonly valueTag: number;
  /** The text that it had last: often the next one too. */
  lastText: string;
}

/** Finds the plan of a message, `name` is for errors; or of those of its objects that say what they are, which the wire does not. */
export type PlanOf = (message: Message, name: string, typeMeta?: TypeMeta) => Plan;

/** Makes plans of whole messages, each once. */
export function createPlanOf(): PlanOf {
  const plans = new Map<Message | TypeMeta, Plan>();
  return function planOf(message, name, typeMeta) {
    const known = plans.get(typeMeta ?? message);
    if (known !== undefined) return known;
    const plan = { name, Make: shapeOf(), union: message.union, fields: [], always: [], expected: 0, strict: true };
    // Before its fields: messages hold themselves.
    plans.set(typeMeta ?? message, plan);
    return Object.assign(plan, plannedFields(message, typeMeta, planOf));
  };
}

/** A bit that no field has: a message of which it is expected is looked through each time. */
export const never: number = -(2 ** 31);

function plannedFields(
  message: Message,
  typeMeta: TypeMeta | undefined,
  planOf: PlanOf,
): Pick<Plan, "fields" | "always" | "expected"> {
  const zeros = message.always.map(([key, zero]) => [key, isMessage(zero) ? planOf(zero, key) : zero] as const);
  const always = typeMeta === undefined ? zeros : [...Object.entries(typeMeta), ...zeros];
  let expected = typeMeta === undefined ? 0 : never;
  let next = 1;
  const takeBit = (): number => {
    const bit = next;
    next = bit === 2 ** 30 ? 0 : bit * 2;
    expected |= bit === 0 ? never : bit;
    return bit;
  };
  const isAlways = ({ key, inline, message: inner }: Field): boolean =>
    inline ? inner!.always.length > 0 : zeros.some(([name]) => name === key);
  const fields = message.fields.map((field) => field && plannedField(field, isAlways(field) ? takeBit() : 0, planOf));
  return { fields, always, expected };
}

function isMessage(zero: Zero): zero is Message {
  return typeof zero === "object" && zero !== null && "fields" in zero;
}

function plannedField(field: Field, bit: number, planOf: PlanOf): PlannedField {
  const { tag, key, kind, message, typeMeta } = field;
  return {
    tag,
    key,
    kind,
    way: wayOf(field),
    holds: field.holds,
    keepsZero: field.pointer || !field.omitEmpty || (kind >= valueKinds.message && !field.omitZero),
    bit,
    plan: message && planOf(message, key, typeMeta),
    mask: undefined,
    Make: shapeOf(),
    valueTag: 2 * 8 + wireType(kind),
    lastText: "",
  };
}

function wayOf({ kind, holds, inline }: Field): Way {
  if (inline) return ways.inline;
  if (holds === "list") return ways.list;
  if (holds === "map") return ways.map;
  return kind === valueKinds.fieldsV1 ? ways.lazy : ways.value;
}
