import type { Fields } from "@kubewright/core";
import { type Union, valueKinds } from "../schema/message.ts";
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
  switch (kind) {
    case valueKinds.message:
      return emptyMessage(plan!);
    case valueKinds.string:
    case valueKinds.bytes:
      return "";
    case valueKinds.quantity:
      return "0";
    case valueKinds.bool:
      return false;
    case valueKinds.int32:
    case valueKinds.int64:
    case valueKinds.double:
    case valueKinds.intOrString:
      return 0;
    default:
      return null;
  }
}

/** What a message is in JSON that is there what one of its fields is. The table names those fields. */
export function unite(union: Union, fields: Fields): unknown {
  if (union === "list") return fields["items"] ?? [];
  if (union === "orArray") return fields["jSONSchemas"] ?? fields["schema"] ?? null;
  if (union === "orBool") return fields["schema"] ?? fields["allows"] ?? false;
  return fields["property"] ?? fields["schema"] ?? null;
}
