import type { ObjectCondition } from "../conditions.ts";
import type { ReadableObject } from "./rule.ts";

interface Deletable {
  readonly metadata?: {
    readonly deletionTimestamp?: string;
    readonly deletionGracePeriodSeconds?: number;
    readonly finalizers?: readonly string[];
  };
  readonly status?: { readonly conditions?: readonly ObjectCondition[] };
}

/** Why an object has not gone. */
export function whyStillThere(object: ReadableObject): string {
  const { metadata = {}, status } = object as Deletable;
  const { deletionTimestamp, deletionGracePeriodSeconds = 0, finalizers = [] } = metadata;
  if (deletionTimestamp === undefined) return "it is not being deleted";
  // Namespaces tell what is left in them.
  const left = (status?.conditions ?? []).filter((one) => one.type.startsWith("Namespace") && one.status === "True");
  const holding = [
    ...(deletionGracePeriodSeconds > 0 ? [`it has until ${deletionTimestamp} to end`] : []),
    ...(finalizers.length > 0 ? [`it waits for its finalizers ${finalizers.join(", ")}`] : []),
    ...left.flatMap(({ message }) => message ?? []),
  ];
  return ["it is being deleted", ...holding].join("; ");
}
