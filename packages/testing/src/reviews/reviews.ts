import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import { bindPod } from "../verbs/bind-pod.ts";
import type { Outcome } from "../verbs/outcome.ts";

/** Answers for a resource that keeps nothing. @throws Refusal */
export type Review = (call: Call, state: ServerState) => Promise<Outcome> | Outcome;

/** By group and plural, such as `authentication.k8s.io/selfsubjectreviews`. */
const reviews: Readonly<Record<string, Review>> = { bindings: bindPod };

/** What answers for a resource; undefined for one that is kept. */
export function reviewOf({ resource: { group, plural } }: Call): Review | undefined {
  return reviews[group === "" ? plural : `${group}/${plural}`];
}
