import type { ApiObject } from "../store/api-object.ts";

/** An object on its way into the store; it belongs to the call that makes it, and may be changed in place. */
export interface Draft {
  apiVersion: string;
  kind: string;
  metadata: DraftMetadata;
  [field: string]: unknown;
}

/** Its metadata. */
export interface DraftMetadata {
  name?: string;
  generateName?: string;
  namespace?: string;
  uid?: string;
  resourceVersion?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  finalizers?: string[];
  ownerReferences?: Record<string, unknown>[];
  [field: string]: unknown;
}

/** An object to be changed; the store's own stays as it is. */
export function draftOf(object: ApiObject): Draft {
  return structuredClone(object) as unknown as Draft;
}

/** A draft as it is kept. */
export function finished(draft: Draft): ApiObject {
  return draft as unknown as ApiObject;
}

/** What stands at a path such as `metadata.annotations`; undefined when a part of it is missing. */
export function valueAt(object: object, path: string): unknown {
  let value: unknown = object;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value;
}

/** Puts a value at a path, or takes it away for undefined; parts that are missing are made. */
export function setAt(object: object, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop()!;
  let at = object as Record<string, unknown>;
  for (const key of keys) {
    if (typeof at[key] !== "object" || at[key] === null) {
      if (value === undefined) return;
      at[key] = {};
    }
    at = at[key] as Record<string, unknown>;
  }
  if (value === undefined) delete at[last];
  else at[last] = value;
}
