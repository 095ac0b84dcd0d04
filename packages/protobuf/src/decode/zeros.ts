import type { Fields } from "@kubewright/core";
import { type Union, valueKinds } from "../schema/message.ts";
import { zeroOfKind } from "../schema/zero-of-kind.ts";
import type { Absent, Plan, PlannedField } from "./plan.ts";

/** Puts what JSON always has where the wire had nothing. */
export function fillIn(object: Fields, { always }: Plan): void {
  for (const [key, zero] of always) if (!Object.hasOwn(object, key)) object[key] = made(zero);
}

function made(zero: Absent): unknown {
  if (typeof zero !== "object" || zero === null) return zero;
  return "Make" in zero ? emptyMessage(zero) : [];
}

function emptyMessage(plan: Plan): unknown {
  const object = new plan.Make();
  fillIn(object, plan);
  return plan.union === undefined ? object : unite(plan.union, object);
}

/** What the entry of a map has that has no value. */
export function zeroEntry({ kind, plan }: PlannedField): unknown {
  if (kind === valueKinds.message) return emptyMessage(plan!);
  return kind === valueKinds.bytes ? "" : zeroOfKind(kind);
}

/** What a message is in JSON that is there what one of its fields is. The table names those fields. */
export function unite(union: Union, fields: Fields): unknown {
  if (union === "list") return fields["items"] ?? [];
  if (union === "orArray") return fields["jSONSchemas"] ?? fields["schema"] ?? null;
  if (union === "orBool") return fields["schema"] ?? fields["allows"] ?? false;
  return fields["property"] ?? fields["schema"] ?? null;
}
