import { objectIn } from "../validation/fields.ts";
import type { ApiObject } from "../store/api-object.ts";
import type { Collection } from "../store/collection.ts";

/**
 * The class that an annotation says is the cluster's default: of several the newest, then the first by name (GetDefaultClass in
 * k8s.io/kubernetes pkg/volume/util and plugin/pkg/admission/network).
 */
export function newestDefault(classes: Collection, annotations: readonly string[]): ApiObject | undefined {
  const isDefault = ({ metadata }: ApiObject): boolean =>
    annotations.some((name) => objectIn(metadata, "annotations")[name] === "true");
  const found = classes.page({ prefix: "", limit: 0, matches: isDefault }).objects;
  return found.toSorted(
    ({ metadata: a }, { metadata: b }) => compare(b.creationTimestamp, a.creationTimestamp) || compare(a.name, b.name),
  )[0];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
