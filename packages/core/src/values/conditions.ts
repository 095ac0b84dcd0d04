import { anObject } from "../input/plain-object.ts";

/** One entry of `status.conditions`, as far as all kinds are alike. */
export interface ObjectCondition {
  /** What it is about, such as `Available`. */
  readonly type: string;
  /** `"True"`, `"False"` or `"Unknown"`. */
  readonly status: string;
  /** Why it is so, in one word for programs. */
  readonly reason?: string | undefined;
  /** Why it is so, for people. */
  readonly message?: string | undefined;
  /** When `status` last changed, RFC 3339. */
  readonly lastTransitionTime?: string | undefined;
  /** The `metadata.generation` that it speaks of. */
  readonly observedGeneration?: number | undefined;
}

type ItemOf<L> = NonNullable<L> extends readonly (infer C)[] ? C : ObjectCondition;

/** The type of an object's conditions; {@link ObjectCondition} where its type does not tell. */
export type ConditionOf<T> = T extends { readonly status?: infer S }
  ? NonNullable<S> extends { readonly conditions?: infer L }
    ? ItemOf<L>
    : ObjectCondition
  : ObjectCondition;

/** The condition of that type in `status.conditions`, or undefined. Whether it is met stands in its `status`. */
export function findCondition<T extends object>(object: T, type: string): ConditionOf<T> | undefined {
  const { status } = anObject(object, "object") as { readonly status?: { readonly conditions?: unknown } | null };
  const conditions: unknown = status?.conditions;
  if (!Array.isArray(conditions)) return undefined;
  return (conditions as ConditionOf<T>[]).find((condition) => (condition as ObjectCondition | null)?.type === type);
}
