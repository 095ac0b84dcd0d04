import { KubeError } from "./kube-error.ts";
import type { KubernetesObject, Stored } from "../types/object.ts";

/** Some objects of an applyAll failed; the others are applied. */
export class ApplyAllError extends KubeError {
  override readonly name = "ApplyAllError";
  // Private, so that whoever logs the error does not log the objects: Secrets may be among them.
  readonly #applied: readonly Stored<KubernetesObject>[];
  readonly #failures: readonly { readonly object: KubernetesObject; readonly error: unknown }[];

  constructor(
    applied: readonly Stored<KubernetesObject>[],
    failures: readonly { readonly object: KubernetesObject; readonly error: unknown }[],
  ) {
    const list = failures.map(
      ({ object, error }) => `${label(object)}: ${error instanceof Error ? error.message : String(error)}`,
    );
    super(
      `ApplyFailed: ${failures.length} of ${failures.length + applied.length} objects were not applied: ${list.join("; ")}`,
      {
        cause: failures[0]?.error,
      },
    );
    this.#applied = applied;
    this.#failures = failures;
  }

  /** What the server stored. */
  get applied(): readonly Stored<KubernetesObject>[] {
    return this.#applied;
  }

  /** What failed, and why. */
  get failures(): readonly { readonly object: KubernetesObject; readonly error: unknown }[] {
    return this.#failures;
  }
}

function label({ apiVersion, kind, metadata }: KubernetesObject): string {
  // One that was refused for what it is may hold anything.
  const said = (value: unknown): string => (typeof value === "string" ? value : "?");
  const namespace = metadata?.namespace === undefined ? "" : `${said(metadata.namespace)}/`;
  return `${said(kind)} ${namespace}${said(metadata?.name)} (${said(apiVersion)})`;
}
