import type { KubernetesObject } from "../types/object.ts";

/** One object of a call for many, and why it failed. */
export interface ObjectFailure {
  /** A copy of the object as it was passed. */
  readonly object: KubernetesObject;
  /** Why it failed: any error that the call for it alone would reject with. */
  readonly error: unknown;
}

/** What failed, for a message: each object with its error. */
export function failuresText(failures: readonly ObjectFailure[]): string {
  return failures
    .map(({ object, error }) => `${label(object)}: ${error instanceof Error ? error.message : String(error)}`)
    .join("; ");
}

function label({ apiVersion, kind, metadata }: KubernetesObject): string {
  // One that was refused for what it is may hold anything.
  const said = (value: unknown): string => (typeof value === "string" ? value : "?");
  const namespace = metadata?.namespace === undefined ? "" : `${said(metadata.namespace)}/`;
  return `${said(kind)} ${namespace}${said(metadata?.name)} (${said(apiVersion)})`;
}
