import type { Duplex } from "node:stream";
import { isStatusError, type MessageSocket, openUpgrade, type RawRequest, type SocketEnd } from "@kubewright/core";
import { Refusal } from "../request/refusal.ts";
import type { AdmittedUpgrade } from "./admit.ts";
import { answerHeaders, answerUpgrade } from "./answer.ts";
import { errorAnswer } from "./error-answer.ts";
import { failureOf } from "./failure-of.ts";
import type { Settings } from "./settings.ts";

/** A page's connection that asked for an upgrade. */
export interface UpgradingPage {
  readonly stream: Duplex;
  /** What came behind its request already. */
  readonly head: Uint8Array;
}

/** What a page is told where the far side does not close in order; RFC 6455, 7.4.1. */
const codes = { leaving: 1001, notWelcome: 1008, broken: 1011 } as const;

/**
 * Asks the API server for an upgrade, and relays whole messages both ways until either side closes. Ends with `ending`; its reason is a
 * Refusal, which the page is told.
 *
 * @throws Refusal where the API server did not accept and gave no answer of its own
 */
export async function relayUpgrade(
  { connection, clock, limits }: Pick<Settings, "connection" | "clock" | "limits">,
  { path, query, offer }: AdmittedUpgrade,
  call: Pick<RawRequest, "impersonate" | "token">,
  { stream, head }: UpgradingPage,
  ending: AbortController,
): Promise<void> {
  const { signal } = ending;
  const { acceptUpgrade } = await import("@kubewright/node/websocket");
  const left = (): void => ending.abort(new Refusal(408, "the page's connection broke off"));
  stream.once("close", left);
  let far: MessageSocket;
  try {
    // The API server has nothing in JSON of a connection, and answers 406 to who wants that.
    const request: RawRequest = {
      path,
      query,
      headers: { accept: "*/*" },
      timeoutMs: limits.answerMs,
      signal,
      ...call,
    };
    far = await openUpgrade(connection, request, offer.offered);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (!isStatusError(error) || (error.statusCode === 401 && call.token === undefined)) throw failureOf(error);
    answerUpgrade(stream, errorAnswer(error));
    return;
  } finally {
    stream.off("close", left);
  }
  if (stream.destroyed) {
    await far.close();
    return;
  }
  const stalled = new AbortController();
  const page = acceptUpgrade(offer, {
    stream,
    head,
    protocol: far.protocol,
    headers: answerHeaders,
    signal: stalled.signal,
  });
  const giveUp = (): void => stalled.abort(new Refusal(408, `the page took nothing for ${limits.stallMs} ms`));
  /** A page that takes nothing of what waits for it is given up. */
  const toPage = async (message: Uint8Array, kind?: "text"): Promise<void> => {
    const callOff = clock.after(limits.stallMs, giveUp);
    await page.send(message, kind).finally(callOff);
  };
  const down = relay(far, toPage).then(
    (end) => page.close(end),
    () => page.close(endOf(signal.reason)),
  );
  const up = relay(page, (message, kind) => far.send(message, kind)).then(
    (end) => far.close(end),
    // A page that is gone must not seem to have ended in order.
    left,
  );
  await Promise.all([down, up]);
}

/** Passes on what one end sends; gives how it closed. Rejects where its connection broke, or the other end takes no more. */
async function relay(
  from: MessageSocket,
  send: (message: Uint8Array, kind?: "text") => Promise<void>,
): Promise<SocketEnd> {
  // By hand: leaving a loop would close this end in order, though the other one broke.
  const messages = from.messages[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await messages.next();
    if (done === true) return from.closed;
    await send(value, from.isText?.(value) === true ? "text" : undefined);
  }
}

/** How a page is told of an end that was none in order, by its reason. */
function endOf(reason: unknown): SocketEnd {
  if (!(reason instanceof Refusal)) return { code: codes.broken, reason: "the connection to the API server broke off" };
  // A close frame holds 123 bytes of text.
  const text = Array.from(reason.message)
    .filter((character) => character <= "~")
    .join("")
    .slice(0, 123);
  return { code: reason.code === 503 ? codes.leaving : codes.notWelcome, reason: text };
}
