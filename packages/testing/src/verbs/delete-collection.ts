import type { Outcome } from "./outcome.ts";
import type { Call } from "../request/call.ts";
import type { ServerState } from "../state/server-state.ts";
import { deleteObject, warnOfPropagation } from "./delete.ts";
import { list } from "./list.ts";
import { readDeleteParameters } from "./read-delete-parameters.ts";
import { writeCall } from "./write-call.ts";

/** The end of all objects that match, or of a page of them; answers with what was there. */
export async function deleteCollection(call: Call, state: ServerState): Promise<Outcome> {
  const outcome = await list(call, state);
  if (outcome.kind !== "list") return outcome;
  const parameters = readDeleteParameters(call);
  const write = writeCall(call, state);
  warnOfPropagation(parameters, write);
  for (const object of outcome.list.objects) {
    const { namespace } = object.metadata;
    deleteObject(object, parameters, { ...write, call: { ...call, namespace } });
  }
  return outcome;
}
