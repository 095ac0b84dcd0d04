import type { Outcome } from "./outcome.ts";
import { badRequest, expired } from "../exchange/refusal.ts";
import type { Call } from "../request/call.ts";
import { readContinue, writeContinue } from "../request/continue-token.ts";
import { type ListParameters, readListParameters } from "../request/list-options.ts";
import { listedVersion } from "../request/resource-version.ts";
import { selectionOf } from "../selectors/selection.ts";
import type { ServerState } from "../state/server-state.ts";
import type { Collection } from "../store/collection.ts";
import { prefixOf } from "../store/key.ts";
import { reached } from "./reached.ts";

/** A page of a collection, or all of it. */
export async function list(call: Call, state: ServerState): Promise<Outcome> {
  const parameters = readListParameters(call.query, false);
  const selection = selectionOf(parameters, call.resource);
  const collection = state.collection(call.resource);
  const prefix = prefixOf(call.namespace);
  const { from, revision, limit } = await start(parameters, collection, state);
  const page = collection.page({ prefix, from: prefix + from, limit, matches: selection.matches, revision });
  const next = selection.single ? undefined : page.after?.slice(prefix.length);
  return {
    kind: "list",
    list: {
      objects: page.objects,
      resourceVersion: String(page.revision),
      continue: next === undefined ? undefined : writeContinue({ revision: page.revision, startKey: `/${next}\0` }),
      remaining: next !== undefined && selection.everything ? page.remaining : undefined,
    },
  };
}

interface Start {
  /** The first key, below what the list is about. */
  readonly from: string;
  /** Undefined for the newest. */
  readonly revision: number | undefined;
  readonly limit: number;
}

/** Where the page begins, and which state it shows: https://kubernetes.io/docs/reference/using-api/api-concepts/#semantics-for-get-and-list */
async function start(parameters: ListParameters, collection: Collection, state: ServerState): Promise<Start> {
  const { resourceVersion, resourceVersionMatch: match, limit } = parameters;
  if (parameters.continue !== "") {
    const token = readContinue(parameters.continue);
    if (resourceVersion !== "" && resourceVersion !== "0")
      throw badRequest("specifying resource version is not allowed when using continue");
    if (token.revision < 0) return { from: token.startKey, revision: undefined, limit };
    if (token.revision < collection.compacted) throw tooOldToContinue(token.startKey);
    return { from: token.startKey, revision: token.revision, limit };
  }
  const version = listedVersion(resourceVersion);
  // A cache answers "0" whole, whatever the limit.
  if (version === undefined) return { from: "", revision: undefined, limit: resourceVersion === "0" ? 0 : limit };
  await reached(version, state);
  if (match !== "Exact" && (match === "NotOlderThan" || limit === 0)) return { from: "", revision: undefined, limit };
  if (version < collection.compacted) throw expired("The resourceVersion for the provided list is too old.");
  return { from: "", revision: version, limit };
}

function tooOldToContinue(startKey: string): Error {
  const refusal = expired(
    "The provided continue parameter is too old to display a consistent list result. You can start a new list without " +
      "the continue parameter, or use the continue token in this response to retrieve the remainder of the results. " +
      "Continuing with the provided token results in an inconsistent list - objects that were created, modified, or " +
      "deleted between the time the first chunk was returned and now may show up in the list.",
  );
  return refusal.with({ metadata: { continue: writeContinue({ revision: -1, startKey }) } });
}
