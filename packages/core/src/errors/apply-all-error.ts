import type { KubernetesObject, Stored } from "../types/object.ts";
import { KubeError } from "./kube-error.ts";

/** Some objects of an applyAll failed; the others are applied. */
export class ApplyAllError extends KubeError {
  override readonly name = "ApplyAllError";
  /** What the server stored. */
  readonly applied: readonly Stored<KubernetesObject>[];
  /** What failed, and why. */
  readonly failures: readonly { readonly object: KubernetesObject; readonly error: unknown }[];

  constructor(applied: ApplyAllError["applied"], failures: ApplyAllError["failures"]) {
    const list = failures.map(
      ({ object, error }) => `${label(object)}: ${error instanceof Error ? error.message : String(error)}`,
    );
    super(
      `ApplyFailed: ${failures.length} of ${failures.length + applied.length} objects were not applied: ${list.join("; ")}`,
      {
        cause: failures[0]?.error,
      },
    );
    this.applied = applied;
    this.failures = failures;
  }
}

function label({ apiVersion, kind, metadata }: KubernetesObject): string {
  return `${kind ?? "?"} ${metadata?.namespace === undefined ? "" : `${metadata.namespace}/`}${metadata?.name ?? "?"} (${apiVersion ?? "?"})`;
}
