import type { Clock } from "@kubewright/core";
import type { ServerAnswer } from "../exchange/exchange.ts";
import type { Call } from "../request/call.ts";
import type { ApiObject } from "../store/api-object.ts";
import type { Outcome, WatchOutcome } from "../verbs/outcome.ts";
import { asItIs } from "./as-it-is.ts";
import { asMetadata, asMetadataList } from "./as-metadata.ts";
import { compressed } from "./compressed.ts";
import type { AnswerEncoding, Encodable, Writer } from "./encoding.ts";
import type { Form } from "./negotiate.ts";
import type { Representation } from "./representation.ts";
import type { SharedEvents } from "./shared-events.ts";
import { asTable } from "./table/as-table.ts";

/** What answers need of the server. */
export interface AnswerContext {
  readonly clock: Clock;
  readonly shared: SharedEvents;
}

/** An outcome in the form that was asked for. @throws Refusal where that has no place for it */
export async function answer(
  outcome: Outcome,
  call: Call,
  form: Form,
  { clock, shared }: AnswerContext,
): Promise<ServerAnswer> {
  const { encoding, pretty } = form;
  const shown = representation(call, form, clock);
  const writer = await encoding.writer(pretty && outcome.kind !== "watch");
  const whole = (status: number, body: ServerAnswer["body"]): ServerAnswer =>
    compressed({ status, headers: { "content-type": [encoding.mediaType] }, body }, call.request);
  switch (outcome.kind) {
    case "object":
      return whole(outcome.status, await writer.object(shown.object(outcome.object)));
    case "list":
      return whole(200, await writer.list(shown.list(outcome.list)));
    case "nothing":
      return { status: 204, headers: {}, body: new Uint8Array() };
    case "whole":
      return outcome.answer;
    case "status":
      return whole(outcome.status.code ?? 200, await writer.object(outcome.status as Encodable));
    default: {
      const events = encoded(outcome.events, { shown, writer, encoding, shared });
      return { status: 200, headers: { "content-type": [encoding.watchType ?? ""] }, body: events };
    }
  }
}

function representation(call: Call, { as }: Form, clock: Clock): Representation {
  const { resource } = call;
  if (as === undefined) return asItIs(resource);
  switch (as.kind) {
    case "Table":
      return asTable(call, as.version, clock);
    case "PartialObjectMetadata":
      return asMetadata(resource, as.version);
    default:
      return asMetadataList(resource, as.version);
  }
}

/** How the events of a watch are written. */
interface EventForm {
  readonly shown: Representation;
  readonly writer: Writer;
  readonly encoding: AnswerEncoding;
  readonly shared: SharedEvents;
}

async function* encoded(
  events: AsyncIterable<WatchOutcome>,
  { shown, writer, encoding, shared }: EventForm,
): AsyncGenerator<Uint8Array, undefined> {
  const next = shown.events();
  for await (const { type, object } of events) {
    if (type === "ERROR") {
      yield writer.event(type, object as Encodable);
      continue;
    }
    if (next === undefined) return;
    const event = next();
    yield shared.get(object, `${type} ${encoding.mediaType} ${event.key}`, () =>
      writer.event(type, event.object(object as ApiObject)),
    );
  }
}
