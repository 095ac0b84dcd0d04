import { authenticate } from "../access/authenticate.ts";
import { answerJson } from "../answers/answer-json.ts";
import { documentAt } from "../discovery/documents.ts";
import { BrokenConnection } from "../exchange/broken-connection.ts";
import { mostBodyBytes, type Serve, type ServerAnswer, type ServerRequest } from "../exchange/exchange.ts";
import { jsonBytes, jsonType } from "../exchange/media-type.ts";
import { entityTooLarge, internalError, Refusal } from "../exchange/refusal.ts";
import type { Exchange, Injection } from "../faults/injection.ts";
import { readCall } from "../request/read-call.ts";
import type { ServerState } from "../state/server-state.ts";
import { carryOut } from "./carry-out.ts";
import type { RequestLog, RequestNote } from "./request-log.ts";
import { createWarnings } from "./warnings.ts";

/** The server over a state: who asks, what is asked, may they, do it, answer. */
export function createServe(state: ServerState, { log, injection }: Beside): Serve {
  return async (given) => {
    const warnings = createWarnings();
    const exchange = injection.open(given);
    const note = log.note(given);
    try {
      const answered = await answer(exchange, state, { warn: warnings.add, note, injection }).catch(refused);
      note.answered(answered.status);
      return injection.answer(exchange, finished(warnings.on(answered), given));
    } catch (error) {
      injection.close(exchange);
      throw error;
    }
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

/** What stands beside the state, and outlives it. */
interface Beside {
  readonly log: RequestLog;
  readonly injection: Injection;
}

/** What is heard of a request while it is answered, and what may go wrong. */
interface Heard {
  readonly warn: (text: string) => void;
  readonly note: RequestNote;
  readonly injection: Injection;
}

async function answer(exchange: Exchange, state: ServerState, { warn, note, injection }: Heard): Promise<ServerAnswer> {
  const { request } = exchange;
  const user = authenticate(request);
  const call = readCall(request, { served: state.served, user, warn });
  if (call !== undefined) note.asked(call);
  exchange.call = call;
  await injection.before(exchange);
  if (call === undefined) return (await documentAt(request, state)) ?? pageNotFound;
  if (request.body.length > mostBodyBytes) throw entityTooLarge(mostBodyBytes);
  const outcome = await carryOut(call, injection.stateFor(call, state));
  return answerJson(injection.outcome(call, outcome), call);
}

/** @throws BrokenConnection, which is no answer */
function refused(error: unknown): ServerAnswer {
  if (error instanceof BrokenConnection) throw error;
  const { status, headers } = error instanceof Refusal ? error : internalError(String(error));
  return { status: status.code, headers: { "content-type": [jsonType], ...headers }, body: jsonBytes(status) };
}

const pageNotFound: ServerAnswer = {
  status: 404,
  headers: { "content-type": ["text/plain; charset=utf-8"], "x-content-type-options": ["nosniff"] },
  body: new TextEncoder().encode("404 page not found\n"),
};
