import { answerJson } from "../answers/answer-json.ts";
import { jsonBytes, jsonType } from "../answers/media-type.ts";
import type { Outcome } from "../answers/outcome.ts";
import { internalError, Refusal } from "../answers/refusal.ts";
import type { Call } from "../request/call.ts";
import { readCall } from "../request/read-call.ts";
import { carryOut } from "../verbs/carry-out.ts";
import type { Serve, ServerAnswer, ServerRequest } from "./exchange.ts";
import type { ServerState } from "./state.ts";

/** The server over a state: who asks, what is asked, may they, do it, answer. */
export function createServe(state: ServerState): Serve {
  return async (request) => {
    try {
      return await answer(request, state);
    } catch (error) {
      return refused(error instanceof Refusal ? error : internalError(String(error)));
    }
  };
}

async function answer(request: ServerRequest, state: ServerState): Promise<ServerAnswer> {
  const call = readCall(request, state.served);
  if (call === undefined) return pageNotFound;
  const outcome: Outcome = await carryOut(call, state);
  return shown(outcome, call);
}

function shown(outcome: Outcome, call: Call): ServerAnswer {
  return answerJson(outcome, call);
}

function refused({ status, headers }: Refusal): ServerAnswer {
  return { status: status.code, headers: { "content-type": [jsonType], ...headers }, body: jsonBytes(status) };
}

const pageNotFound: ServerAnswer = {
  status: 404,
  headers: { "content-type": ["text/plain; charset=utf-8"], "x-content-type-options": ["nosniff"] },
  body: new TextEncoder().encode("404 page not found\n"),
};
