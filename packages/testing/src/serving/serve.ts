import { answerObject } from "../answers/answer-object.ts";
import { answer } from "../answers/answer.ts";
import type { AnswerEncoding, Encodable } from "../answers/encoding.ts";
import { createEncodings } from "../answers/encodings.ts";
import { checkProduced, type Form, mediaTypes, negotiate, shapesOf, watchTypes } from "../answers/negotiate.ts";
import { SharedEvents } from "../answers/shared-events.ts";
import { documentAt } from "../discovery/documents.ts";
import { BrokenConnection } from "../exchange/broken-connection.ts";
import { mostBodyBytes, type Serve, type ServerAnswer, type ServerRequest } from "../exchange/exchange.ts";
import type { LoadProtobuf } from "../exchange/protobuf-codec.ts";
import { entityTooLarge, internalError, Refusal } from "../exchange/refusal.ts";
import type { Exchange, Injection } from "../faults/injection.ts";
import type { Call } from "../request/call.ts";
import { readCall } from "../request/read-call.ts";
import type { ServerState } from "../state/server-state.ts";
import { admitted } from "./admitted.ts";
import { carryOut } from "./carry-out.ts";
import type { RequestLog, RequestNote } from "./request-log.ts";
import { withJsonBody } from "./with-json-body.ts";
import { createWarnings } from "./warnings.ts";

/** What stands beside the state, and outlives it. */
interface Beside {
  readonly log: RequestLog;
  readonly injection: Injection;
  /** Undefined for a server that has no protobuf. */
  readonly protobuf: LoadProtobuf | undefined;
}

/** What a server answers with. */
interface Serving extends Beside {
  readonly state: ServerState;
  readonly encodings: readonly AnswerEncoding[];
  readonly shared: SharedEvents;
}

/** The server over a state: who asks, what is asked, may they, do it, answer. */
export function createServe(state: ServerState, beside: Beside): Serve {
  const encodings = createEncodings(beside.protobuf);
  const serving: Serving = { ...beside, state, encodings, shared: new SharedEvents() };
  const { log, injection } = beside;
  return async (given) => {
    const warnings = createWarnings();
    const exchange = injection.open(given);
    const note = log.note(given);
    try {
      const answered = await respond(exchange, serving, { warn: warnings.add, note }).catch((error: unknown) =>
        refused(error, given, encodings),
      );
      note.answered(answered.status);
      return injection.answer(exchange, finished(warnings.on(answered), given));
    } catch (error) {
      injection.close(exchange);
      throw error;
    }
  };
}

/** What holds for every answer: nobody keeps it unless it says so, and HEAD gets no body. */
function finished({ status, headers, body, upgrade }: ServerAnswer, { method }: ServerRequest): ServerAnswer {
  if (upgrade !== undefined) return { status, headers, body, upgrade };
  return {
    status,
    headers: { "cache-control": ["no-cache, private"], ...headers },
    body: method === "HEAD" ? new Uint8Array() : body,
    // As UnauthenticatedHTTP2DOSMitigation has it.
    goAway: status === 401,
  };
}

/** What is heard of a request while it is answered. */
interface Heard {
  readonly warn: (text: string) => void;
  readonly note: RequestNote;
}

async function respond(exchange: Exchange, serving: Serving, { warn, note }: Heard): Promise<ServerAnswer> {
  const { state, injection, encodings, shared, protobuf } = serving;
  const { request } = exchange;
  const asked = readCall(request, { served: state.served, user: await admitted(request, state), warn });
  if (asked !== undefined) note.asked(asked);
  exchange.call = asked;
  await injection.before(exchange);
  if (asked === undefined) return (await documentAt(request, state, encodings)) ?? pageNotFound;
  if (request.body.length > mostBodyBytes) throw entityTooLarge(mostBodyBytes);
  const connects = ["attach", "exec", "portforward", "proxy"].includes(asked.subresource?.name ?? "");
  // What is connected to says itself what it takes and gives.
  const form = connects ? { encoding: encodings[0]!, as: undefined, pretty: false } : formOf(asked, encodings);
  const call = connects ? asked : { ...asked, request: await withJsonBody(asked, protobuf) };
  const outcome = await carryOut(call, injection.stateFor(call, state));
  return answer(injection.outcome(call, outcome), call, form, { clock: state.clock, shared });
}

/** What the answer to a call is to be like. @throws Refusal, 406 */
function formOf({ verb, resource, subresource, request }: Call, encodings: readonly AnswerEncoding[]): Form {
  const watching = verb === "watch";
  const listed = watching || verb === "list";
  checkProduced(request, [...mediaTypes(encodings), ...(listed ? watchTypes(encodings) : [])]);
  return negotiate(request, { encodings, shapes: shapesOf(subresource ?? resource), watching });
}

/** @throws BrokenConnection, which is no answer */
function refused(error: unknown, request: ServerRequest, encodings: readonly AnswerEncoding[]): Promise<ServerAnswer> {
  if (error instanceof BrokenConnection) throw error;
  const { status, headers } = error instanceof Refusal ? error : internalError(String(error));
  return answerObject({ status: status.code, headers, object: status as unknown as Encodable }, request, encodings);
}

const pageNotFound: ServerAnswer = {
  status: 404,
  headers: { "content-type": ["text/plain; charset=utf-8"], "x-content-type-options": ["nosniff"] },
  body: new TextEncoder().encode("404 page not found\n"),
};
