import type { ObjectCondition } from "../conditions.ts";

/** Any object whose readiness can be asked. */
export interface ReadableObject {
  /** Group and version; says, with `kind`, which rule applies. */
  readonly apiVersion?: string | undefined;
  /** The kind; says, with `apiVersion`, which rule applies. */
  readonly kind?: string | undefined;
  /** The generation, which the status must have reached, and whether the object is being deleted. */
  readonly metadata?:
    | { readonly generation?: number | undefined; readonly deletionTimestamp?: string | undefined }
    | undefined;
}

/** What rules read. Fields that a server leaves out are undefined, and count as 0 where a number is meant. */
export interface Fields extends ReadableObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly paused?: boolean;
    readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number } };
    readonly completions?: number;
    readonly suspend?: boolean;
    readonly type?: string;
    readonly clusterIP?: string;
    readonly externalIPs?: readonly string[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly reason?: string;
    readonly message?: string;
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly readyReplicas?: number;
    readonly availableReplicas?: number;
    readonly desiredNumberScheduled?: number;
    readonly updatedNumberScheduled?: number;
    readonly numberAvailable?: number;
    readonly succeeded?: number;
    readonly active?: number;
    readonly failed?: number;
    readonly loadBalancer?: { readonly ingress?: readonly unknown[] };
  };
}

/** Why an object is not as it should be. */
export interface Shortfall {
  /** For people, of one line: what is missing, in the API's own words where it says so. */
  readonly why: string;
  /** Whether waiting is in vain: without a change by somebody it stays so. */
  readonly final: boolean;
}

/** What a kind falls short of; undefined when it does what it is there for. */
export type Rule = (
  object: Fields,
  spec: NonNullable<Fields["spec"]>,
  status: NonNullable<Fields["status"]>,
) => Shortfall | undefined;

/** It may still come. */
export function notYet(why: string): Shortfall {
  return { why, final: false };
}

/** It cannot come any more. */
export function never(why: string): Shortfall {
  return { why, final: true };
}

/** What the API says of a state: `Reason: message`, either alone, or nothing. */
export function said({ reason, message }: Pick<ObjectCondition, "reason" | "message">): string {
  return [reason, message].filter(Boolean).join(": ");
}

/** The same behind something: with a colon before it, or nothing. */
export function saying(state: Pick<ObjectCondition, "reason" | "message">): string {
  const text = said(state);
  return text && `: ${text}`;
}
