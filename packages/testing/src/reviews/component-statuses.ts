import { notFound } from "../exchange/refusal.ts";
import type { Call } from "../request/call.ts";
import type { Outcome } from "../verbs/outcome.ts";

/** The parts of the control plane beside the API server, of which there are none here. @throws Refusal for one by name */
export function componentStatuses({ verb, name = "" }: Call): Outcome {
  if (verb === "get") throw notFound({ group: "", name: "componentstatus" }, name);
  return { kind: "list", list: { objects: [], resourceVersion: "", continue: undefined, remaining: undefined } };
}
