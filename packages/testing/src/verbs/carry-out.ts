import type { Outcome } from "../answers/outcome.ts";
import { methodNotAllowed } from "../answers/refusal.ts";
import type { Call, CallVerb } from "../request/call.ts";
import type { ServerState } from "../serving/state.ts";
import { create } from "./create.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { watch } from "./watch.ts";

type Verb = (call: Call, state: ServerState) => Promise<Outcome> | Outcome;

const verbs: Partial<Readonly<Record<CallVerb, Verb>>> = { get, list, watch, create };

/** Does what a call asks for. @throws Refusal */
export function carryOut(call: Call, state: ServerState): Promise<Outcome> | Outcome {
  const verb = verbs[call.verb];
  if (verb === undefined) throw methodNotAllowed({ group: call.resource.group, name: call.resource.plural }, call.verb);
  return verb(call, state);
}
