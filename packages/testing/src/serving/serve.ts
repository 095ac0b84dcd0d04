import { authenticate } from "../access/authenticate.ts";
import { answerJson } from "../answers/answer-json.ts";
import { documentAt } from "../discovery/documents.ts";
import { mostBodyBytes, type Serve, type ServerAnswer, type ServerRequest } from "../exchange/exchange.ts";
import { jsonBytes, jsonType } from "../exchange/media-type.ts";
import { entityTooLarge, internalError, Refusal } from "../exchange/refusal.ts";
import { readCall } from "../request/read-call.ts";
import type { ServerState } from "../state/server-state.ts";
import { carryOut } from "./carry-out.ts";
import type { RequestLog, RequestNote } from "./request-log.ts";
import { createWarnings } from "./warnings.ts";

/** The server over a state: who asks, what is asked, may they, do it, answer. */
export function createServe(state: ServerState, log: RequestLog): Serve {
  return async (request) => {
    const warnings = createWarnings();
    const note = log.note(request);
    const answered = await answer(request, state, { warn: warnings.add, note }).catch(refused);
    note.answered(answered.status);
    return finished(warnings.on(answered), request);
  };
}

/** What holds for every answer: nobody keeps it unless it says so, and HEAD gets no body. */
function finished({ status, headers, body }: ServerAnswer, { method }: ServerRequest): ServerAnswer {
  return {
    status,
    headers: { "cache-control": ["no-cache, private"], ...headers },
    body: method === "HEAD" ? new Uint8Array() : body,
  };
}

/** What is heard of a request while it is answered. */
interface Heard {
  readonly warn: (text: string) => void;
  readonly note: RequestNote;
}

async function answer(request: ServerRequest, state: ServerState, { warn, note }: Heard): Promise<ServerAnswer> {
  const user = authenticate(request);
  const call = readCall(request, { served: state.served, user, warn });
  if (call === undefined) return (await documentAt(request, state)) ?? pageNotFound;
  note.asked(call);
  if (request.body.length > mostBodyBytes) throw entityTooLarge(mostBodyBytes);
  return answerJson(await carryOut(call, state), call);
}

function refused(error: unknown): ServerAnswer {
  const { status, headers } = error instanceof Refusal ? error : internalError(String(error));
  return { status: status.code, headers: { "content-type": [jsonType], ...headers }, body: jsonBytes(status) };
}

const pageNotFound: ServerAnswer = {
  status: 404,
  headers: { "content-type": ["text/plain; charset=utf-8"], "x-content-type-options": ["nosniff"] },
  body: new TextEncoder().encode("404 page not found\n"),
};
