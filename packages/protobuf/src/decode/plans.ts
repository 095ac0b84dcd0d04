import { BeyondSchema, type Wanted } from "@kubewright/core";
import type { Schema } from "../schema/schema.ts";
import { narrowed } from "./narrow.ts";
import { createPlanOf, type Plan } from "./plan.ts";

/** The plans of a schema. */
export interface Plans {
  /** The plan of a kind; without an apiVersion it is one of v1. @throws BeyondSchema for one that is not known */
  whole(apiVersion: string, kind: string): Plan;
  /** The plan of the same object when not all of it is wanted. */
  wanted(plan: Plan, wanted: Wanted): Plan;
}

/** For so many masks, narrowed plans are kept. */
const most = 64;

export function plansOf(schema: Schema): Plans {
  const planOf = createPlanOf();
  // Objects of later requests then have the same shapes.
  const narrow = new Map<string, Map<Plan, Plan>>();

  return {
    whole(apiVersion, kind) {
      const message = schema.kind(apiVersion || "v1", kind);
      if (message === undefined) throw new BeyondSchema(`the kind ${shown(kind)} of ${shown(apiVersion)}`);
      return planOf(message, kind);
    },
    wanted(plan, wanted) {
      if (wanted.managedFields && wanted.select === undefined) return plan;
      const key = JSON.stringify([wanted.managedFields, wanted.select]);
      let plans = narrow.get(key);
      if (plans === undefined) {
        if (narrow.size === most) narrow.clear();
        narrow.set(key, (plans = new Map()));
      }
      let found = plans.get(plan);
      if (found === undefined) plans.set(plan, (found = narrowed(plan, wanted)));
      return found;
    },
  };
}

/** Names are shown, anything else could be data of a damaged body. */
function shown(name: string): string {
  return /^[\w./-]{1,100}$/.test(name) ? name : "?";
}
