import { authenticate } from "../access/authenticate.ts";
import { answerJson } from "../answers/answer-json.ts";
import { documentAt } from "../discovery/documents.ts";
import type { Serve, ServerAnswer, ServerRequest } from "../exchange/exchange.ts";
import { jsonBytes, jsonType } from "../exchange/media-type.ts";
import { internalError, Refusal } from "../exchange/refusal.ts";
import { readCall } from "../request/read-call.ts";
import type { ServerState } from "../state/server-state.ts";
import { carryOut } from "./carry-out.ts";
import { createWarnings } from "./warnings.ts";

/** The server over a state: who asks, what is asked, may they, do it, answer. */
export function createServe(state: ServerState): Serve {
  return async (request) => {
    const warnings = createWarnings();
    try {
      return warnings.on(await answer(request, state, warnings.add));
    } catch (error) {
      return warnings.on(refused(error instanceof Refusal ? error : internalError(String(error))));
    }
  };
}

async function answer(request: ServerRequest, state: ServerState, warn: (text: string) => void): Promise<ServerAnswer> {
  const user = authenticate(request);
  const call = readCall(request, { served: state.served, user, warn });
  if (call === undefined) return (await documentAt(request, state)) ?? pageNotFound;
  return answerJson(await carryOut(call, state), call);
}

function refused({ status, headers }: Refusal): ServerAnswer {
  return { status: status.code, headers: { "content-type": [jsonType], ...headers }, body: jsonBytes(status) };
}

const pageNotFound: ServerAnswer = {
  status: 404,
  headers: { "content-type": ["text/plain; charset=utf-8"], "x-content-type-options": ["nosniff"] },
  body: new TextEncoder().encode("404 page not found\n"),
};
