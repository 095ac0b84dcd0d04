import { finished } from "../objects/draft.ts";
import { timeText } from "../objects/system-metadata.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import type { Outcome } from "../verbs/outcome.ts";
import { readReview } from "../verbs/read-review.ts";
import { userInfo } from "./user-info.ts";

/** Who asks. k8s.io/kubernetes pkg/registry/authentication/selfsubjectreview */
export function selfSubjectReview(call: Call, state: ServerState): Outcome {
  const { apiVersion, kind } = readReview(call, state);
  const metadata = { creationTimestamp: timeText(state.clock) };
  const object = finished({ apiVersion, kind, metadata, status: { userInfo: userInfo(call.user) } });
  return { kind: "object", status: 201, object };
}
