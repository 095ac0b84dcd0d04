import type { Outcome } from "../answers/outcome.ts";
import type { Call, CallVerb } from "../request/call.ts";
import type { ServerState } from "../serving/state.ts";
import { create } from "./create.ts";
import { deleteCollection } from "./delete-collection.ts";
import { deleteOne } from "./delete.ts";
import { get } from "./get.ts";
import { list } from "./list.ts";
import { patch } from "./patch.ts";
import { update } from "./update.ts";
import { watch } from "./watch.ts";

type Verb = (call: Call, state: ServerState) => Promise<Outcome> | Outcome;

const verbs: Readonly<Record<CallVerb, Verb>> = {
  get,
  list,
  watch,
  create,
  update,
  patch,
  delete: deleteOne,
  deletecollection: deleteCollection,
};

/** Does what a call asks for. @throws Refusal */
export function carryOut(call: Call, state: ServerState): Promise<Outcome> | Outcome {
  return verbs[call.verb](call, state);
}
