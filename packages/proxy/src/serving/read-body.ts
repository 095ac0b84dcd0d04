import type { IncomingMessage } from "node:http";
import type { Clock } from "@kubewright/core";
import type { Limits } from "../guard/limits.ts";
import { Refusal } from "../request/refusal.ts";

/** How large a body may be, and how long it may take. */
export type BodyBounds = Pick<Limits, "bodyBytes" | "bodyMs">;

/** The whole body of a request; undefined for none. @throws Refusal for one that is too large, too slow or broken off */
export async function readBody(
  request: IncomingMessage,
  clock: Clock,
  { bodyBytes, bodyMs }: BodyBounds,
): Promise<Uint8Array | undefined> {
  const { "transfer-encoding": encoding, "content-length": declared = "0" } = request.headers;
  if (encoding === undefined && declared === "0") return undefined;
  // A framework's parser that came first has it now, in a form that need not be what was sent.
  if (request.readableDidRead)
    throw new Refusal(500, "the body was read before the proxy saw it: the proxy must come before what parses bodies");
  if (Number(declared) > bodyBytes) throw tooLarge(bodyBytes);
  const chunks: Buffer[] = [];
  let length = 0;
  await new Promise<void>((resolve, reject) => {
    const callOff = clock.after(bodyMs, () => end(new Refusal(408, `the body did not come within ${bodyMs} ms`)));
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
    const broken = (): void => end(new Refusal(400, "the body broke off"));
    request.on("data", take).on("end", ended).on("close", broken);
  });
  return length === 0 ? undefined : Buffer.concat(chunks);
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
