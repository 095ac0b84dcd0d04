import { KubeError } from "./kube-error.ts";
import { failuresText, type ObjectFailure } from "./object-failures.ts";
import type { KubernetesObject, Stored } from "../types/object.ts";

/** Some objects of an applyAll failed; the others are applied. */
export class ApplyAllError extends KubeError {
  override readonly name = "ApplyAllError";
  // Private, so that whoever logs the error does not log the objects: Secrets may be among them.
  readonly #applied: readonly Stored<KubernetesObject>[];
  readonly #failures: readonly ObjectFailure[];

  constructor(applied: readonly Stored<KubernetesObject>[], failures: readonly ObjectFailure[]) {
    const all = failures.length + applied.length;
    super(`ApplyFailed: ${failures.length} of ${all} objects were not applied: ${failuresText(failures)}`, {
      cause: failures[0]?.error,
    });
    this.#applied = applied;
    this.#failures = failures;
  }

  /** What the server stored. */
  get applied(): readonly Stored<KubernetesObject>[] {
    return this.#applied;
  }

  /** What failed, and why. */
  get failures(): readonly ObjectFailure[] {
    return this.#failures;
  }
}
