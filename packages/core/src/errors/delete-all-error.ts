import type { KubernetesObject, Stored } from "../types/object.ts";
import type { DeleteResult } from "../types/results.ts";
import { KubeError } from "./kube-error.ts";
import { failuresText, type ObjectFailure } from "./object-failures.ts";

/** Some objects of a deleteAll failed; the others are deleted. */
export class DeleteAllError extends KubeError {
  override readonly name = "DeleteAllError";
  // Private, so that whoever logs the error does not log the objects: Secrets may be among them.
  readonly #deleted: readonly DeleteResult<Stored<KubernetesObject>>[];
  readonly #failures: readonly ObjectFailure[];

  constructor(deleted: readonly DeleteResult<Stored<KubernetesObject>>[], failures: readonly ObjectFailure[]) {
    const all = failures.length + deleted.length;
    super(`DeleteFailed: ${failures.length} of ${all} objects were not deleted: ${failuresText(failures)}`, {
      cause: failures[0]?.error,
    });
    this.#deleted = deleted;
    this.#failures = failures;
  }

  /** What the server said of those that are deleted. */
  get deleted(): readonly DeleteResult<Stored<KubernetesObject>>[] {
    return this.#deleted;
  }

  /** What failed, and why. */
  get failures(): readonly ObjectFailure[] {
    return this.#failures;
  }
}
