import type { KubernetesObject } from "../types/object.ts";
import { isDefinition } from "./definition-served.ts";

// What others stand on comes first, and must be there to stay; the rest keeps its order.
const ranks: readonly ((object: KubernetesObject) => boolean)[] = [
  ({ apiVersion, kind }) => kind === "Namespace" && apiVersion === "v1",
  isDefinition,
];

/** The rank of what nothing stands on. */
export const lastRank: number = ranks.length;

/** 0 for what comes first. */
export function rankOf(object: KubernetesObject): number {
  const index = ranks.findIndex((belongs) => belongs(object));
  return index === -1 ? lastRank : index;
}
