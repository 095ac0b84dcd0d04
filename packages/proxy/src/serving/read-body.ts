import type { IncomingMessage } from "node:http";
import type { BodyStream, Clock } from "@kubewright/core";
import type { Limits } from "../guard/limits.ts";
import { Refusal } from "../request/refusal.ts";

/** How large a body may be, and how long it may take. */
export type BodyBounds = Pick<Limits, "bodyBytes" | "bodyMs">;

/** Up to so many bytes a body waits until it is there whole: it can then be sent once more, with renewed credentials for one. */
const wholeBytes = 64 * 1024;

/**
 * The body of a request, to be sent on: a large one that says its size as it comes. @throws Refusal for one that is too large; for a whole one
 * also where it is too slow or breaks off, which else its chunks do
 */
export async function bodyToSend(
  request: IncomingMessage,
  clock: Clock,
  bounds: BodyBounds,
): Promise<Uint8Array | BodyStream | undefined> {
  const length = Number(request.headers["content-length"] ?? "0");
  if (length <= wholeBytes) return readBody(request, clock, bounds);
  checkUnread(request);
  if (length > bounds.bodyBytes) throw tooLarge(bounds.bodyBytes);
  return { length, chunks: arriving(request, clock, bounds) };
}

/** What comes of a body; the page sends no faster than it is taken. */
async function* arriving(request: IncomingMessage, clock: Clock, { bodyMs }: BodyBounds): AsyncGenerator<Uint8Array> {
  if (request.destroyed) throw brokenOff();
  const waiting: Buffer[] = [];
  let over: Refusal | "whole" | undefined;
  let wake = (): void => {};
  const end = (how: Refusal | "whole"): void => {
    over ??= how;
    wake();
  };
  const take = (chunk: Buffer): void => {
    waiting.push(chunk);
    request.pause();
    wake();
  };
  const ended = (): void => end("whole");
  const broken = (): void => end(brokenOff());
  const callOff = clock.after(bodyMs, () => end(tooSlow(bodyMs)));
  request.on("data", take).on("end", ended).on("close", broken);
  try {
    for (;;) {
      const chunk = waiting.shift();
      if (chunk !== undefined) yield chunk;
      else if (over === "whole") return;
      else if (over !== undefined) throw over;
      else {
        request.resume();
        await new Promise<void>((resolve) => (wake = resolve));
      }
    }
  } finally {
    callOff();
    request.off("data", take).off("end", ended).off("close", broken);
    // What still comes is for nobody.
    request.resume();
  }
}

/** The whole body of a request; undefined for none. @throws Refusal for one that is too large, too slow or broken off */
export async function readBody(
  request: IncomingMessage,
  clock: Clock,
  { bodyBytes, bodyMs }: BodyBounds,
): Promise<Uint8Array | undefined> {
  const { "transfer-encoding": encoding, "content-length": declared = "0" } = request.headers;
  if (encoding === undefined && declared === "0") return undefined;
  checkUnread(request);
  if (Number(declared) > bodyBytes) throw tooLarge(bodyBytes);
  const chunks: Buffer[] = [];
  let length = 0;
  await new Promise<void>((resolve, reject) => {
    const callOff = clock.after(bodyMs, () => end(tooSlow(bodyMs)));
    const end = (refusal?: Refusal): void => {
      callOff();
      request.off("data", take).off("end", ended).off("close", broken);
      if (refusal === undefined) resolve();
      else reject(refusal);
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > bodyBytes) end(tooLarge(bodyBytes));
      else chunks.push(chunk);
    };
    const ended = (): void => end();
    const broken = (): void => end(brokenOff());
    request.on("data", take).on("end", ended).on("close", broken);
  });
  return length === 0 ? undefined : Buffer.concat(chunks);
}

// A framework's parser that came first has it now, in a form that need not be what was sent.
function checkUnread(request: IncomingMessage): void {
  if (request.readableDidRead)
    throw new Refusal(500, "the body was read before the proxy saw it: the proxy must come before what parses bodies");
}

function tooSlow(ms: number): Refusal {
  return new Refusal(408, `the body did not come within ${ms} ms`);
}

function brokenOff(): Refusal {
  return new Refusal(400, "the body broke off");
}

function tooLarge(bytes: number): Refusal {
  return new Refusal(413, `the body is larger than ${bytes} bytes`);
}

/** What may still come of a body that nobody wants. */
const rest = { bytes: 1024 * 1024, ms: 5000 } as const;

/** Lets the rest of a refused body come, for whoever still sends does not hear the answer; breaks the connection when it does not end. */
export function discardBody(request: IncomingMessage, clock: Clock): void {
  if (request.complete || request.destroyed) return;
  let left: number = rest.bytes;
  const cut = (): void => void request.destroy();
  const callOff = clock.after(rest.ms, cut);
  request.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) cut();
  });
  request.once("close", callOff).once("end", callOff);
}
