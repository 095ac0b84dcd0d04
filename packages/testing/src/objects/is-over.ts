import type { ApiObject } from "../store/api-object.ts";

/** Whether nothing holds any more what is being deleted. */
export function isOver({ metadata }: ApiObject): boolean {
  return (
    metadata.deletionTimestamp !== undefined &&
    (metadata.finalizers ?? []).length === 0 &&
    (metadata.deletionGracePeriodSeconds ?? 0) === 0
  );
}
