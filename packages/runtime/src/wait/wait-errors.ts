import { KubeError, type KubeErrorOptions, type KubernetesObject, type Stored, TimeoutError } from "@kubewright/core";

/** What a wait that ends without what it waited for knows. */
export interface WaitReport {
  /** What did not happen, such as `Pod "web-0" did not become ready`. */
  readonly what: string;
  /** Why, in a line of English. */
  readonly why: string;
  /** The last state that was seen. */
  readonly object: Stored<KubernetesObject> | undefined;
}

/** What `waitFor` waited for cannot come any more: the rollout's deadline has passed, the Job has failed, the pod has ended. */
export class WaitError extends KubeError {
  override readonly name = "WaitError";
  /** Why, in a line of English. */
  readonly why: string;
  // Private, so that whoever logs the error does not log the object: it may be a Secret.
  readonly #object: Stored<KubernetesObject> | undefined;

  constructor({ what, why, object }: WaitReport, options?: KubeErrorOptions) {
    super(`WaitFailed: ${what}: ${why}`, options);
    this.why = why;
    this.#object = object;
  }

  /** The last state that was seen. */
  get object(): Stored<KubernetesObject> | undefined {
    return this.#object;
  }
}

/** What `waitFor` waited for did not come in time. A TimeoutError, by its name too. */
export class WaitTimeoutError extends TimeoutError {
  /** Why it is not there yet, in a line of English. */
  readonly why: string;
  readonly #object: Stored<KubernetesObject> | undefined;

  constructor(timeoutMs: number, { what, why, object }: WaitReport, options?: KubeErrorOptions) {
    super(timeoutMs, { ...options, what, why });
    this.why = why;
    this.#object = object;
  }

  /** The last state that was seen; undefined if the object was never there. */
  get object(): Stored<KubernetesObject> | undefined {
    return this.#object;
  }
}
