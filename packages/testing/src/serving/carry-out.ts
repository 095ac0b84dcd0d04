import type { Call, CallVerb } from "../request/call.ts";
import { reviewOf } from "../reviews/reviews.ts";
import type { ServerState } from "../state/server-state.ts";
import { subresourceOf } from "../subresources/subresources.ts";
import { create } from "../verbs/create.ts";
import { deleteCollection } from "../verbs/delete-collection.ts";
import { deleteOne } from "../verbs/delete.ts";
import { get } from "../verbs/get.ts";
import { list } from "../verbs/list.ts";
import type { Outcome } from "../verbs/outcome.ts";
import { patch } from "../verbs/patch.ts";
import { servedOutcome } from "../verbs/served-outcome.ts";
import { update } from "../verbs/update.ts";
import { watch } from "../verbs/watch.ts";

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
export async function carryOut(call: Call, state: ServerState): Promise<Outcome> {
  const act = subresourceOf(call) ?? reviewOf(call) ?? verbs[call.verb];
  return servedOutcome(await act(call, state), call.resource);
}
