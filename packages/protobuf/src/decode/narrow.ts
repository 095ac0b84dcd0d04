import { type Mask, type Wanted, wantedMask } from "@kubewright/core";
import { valueKinds } from "../schema/message.ts";
import { type Absent, type Plan, type PlannedField, never, ways } from "./plan.ts";
import { shapeOf } from "./shape.ts";

const { fieldsV1, json, message, rawExtension } = valueKinds;

/** The plan of an object of which not all is wanted. */
export function narrowed(plan: Plan, wanted: Wanted): Plan {
  const mask = wantedMask(wanted);
  const selected = mask === undefined ? plan : withMask(plan, mask);
  return wanted.managedFields ? selected : withoutManagedFields(selected);
}

function withoutManagedFields(plan: Plan): Plan {
  return withFields(plan, (field) =>
    field.key === "metadata" && field.plan !== undefined
      ? { ...field, plan: withFields(field.plan, (inner) => (inner.key === "managedFields" ? skipped(inner) : inner)) }
      : field,
  );
}

function withMask(plan: Plan, mask: Mask): Plan {
  // What is one of its fields in JSON has the fields of that.
  if (plan.union !== undefined) return withFields(plan, (field) => maskedField(field, mask));
  // Of a field that the schema does not have, anything may be a part.
  const known = new Set(["apiVersion", "kind", ...keysOf(plan)]);
  const strict = [...mask.keys()].some((key) => !known.has(key));
  return masked(plan, mask, strict);
}

function keysOf({ fields }: Plan): readonly string[] {
  return fields.flatMap((field) => (field?.way === ways.inline ? keysOf(field.plan!) : (field?.key ?? [])));
}

function masked(plan: Plan, mask: Mask, strict: boolean): Plan {
  const always = plan.always.flatMap(([key, zero]): Plan["always"] => {
    const below = mask.get(key);
    if (below === undefined) return [];
    return [[key, below !== true && isPlan(zero) ? withMask(zero, below) : zero]];
  });
  const narrow = withFields(plan, (field) => {
    if (field.way === ways.inline) return { ...field, plan: masked(field.plan!, mask, strict) };
    const below = mask.get(field.key);
    if (below === undefined) return skipped(field);
    return below === true ? field : maskedField(field, below);
  });
  return { ...narrow, always, strict };
}

function maskedField(field: PlannedField, mask: Mask): PlannedField {
  const { kind, way, plan } = field;
  if (kind === message && way !== ways.map) return { ...field, plan: withMask(plan!, mask) };
  // Entries of a map are chosen by their keys, and what is in JSON has no numbers.
  const isChosenLater = way === ways.map || kind === fieldsV1 || kind === json || kind === rawExtension;
  return isChosenLater ? { ...field, way: ways.masked, mask } : field;
}

function skipped(field: PlannedField): PlannedField {
  return { ...field, way: ways.skip, bit: 0 };
}

function withFields(plan: Plan, change: (field: PlannedField) => PlannedField): Plan {
  const fields = plan.fields.map((field) => field && change(field));
  const expected = fields.reduce((bits, field) => bits | (field?.bit ?? 0), plan.expected & never);
  return { ...plan, Make: shapeOf(), fields, expected };
}

function isPlan(zero: Absent): zero is Plan {
  return typeof zero === "object" && zero !== null && "Make" in zero;
}
