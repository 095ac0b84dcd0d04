import { apiVersionOf } from "../knowledge/api-version.ts";
import type { Call } from "../request/call.ts";
import type { ServerAnswer } from "../exchange/exchange.ts";
import { jsonBytes, jsonType } from "../exchange/media-type.ts";
import type { ListOutcome, Outcome, WatchOutcome } from "../verbs/outcome.ts";

/** An outcome as JSON. */
export function answerJson(outcome: Outcome, call: Call): ServerAnswer {
  const headers = { "content-type": [jsonType] };
  switch (outcome.kind) {
    case "object":
      return { status: outcome.status, headers, body: jsonBytes(outcome.object) };
    case "list":
      return { status: 200, headers, body: jsonBytes(listBody(outcome.list, call)) };
    case "status":
      return { status: outcome.status.code ?? 200, headers, body: jsonBytes(outcome.status) };
    default:
      return { status: 200, headers, body: jsonLines(outcome.events) };
  }
}

/** Items stand in a list without what all have in common. */
function listBody(list: ListOutcome, { resource }: Call): object {
  return {
    kind: resource.listKind,
    apiVersion: apiVersionOf(resource),
    metadata: {
      resourceVersion: list.resourceVersion,
      ...(list.continue === undefined ? {} : { continue: list.continue }),
      ...(list.remaining === undefined ? {} : { remainingItemCount: list.remaining }),
    },
    items: list.objects.map(({ apiVersion: _version, kind: _kind, ...rest }) => rest),
  };
}

async function* jsonLines(events: AsyncIterable<WatchOutcome>): AsyncGenerator<Uint8Array, undefined> {
  for await (const event of events) yield jsonBytes(event);
}
