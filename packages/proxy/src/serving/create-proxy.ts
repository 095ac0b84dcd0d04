import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { shownAs } from "@kubewright/core";
import type { Identity } from "../guard/identity.ts";
import { refusedRequest } from "../guard/refused.ts";
import { writePath } from "../request/read-path.ts";
import { Refusal } from "../request/refusal.ts";
import { createWatchStreams } from "../watch/watch-streams.ts";
import { admit, admitUpgrade } from "./admit.ts";
import { answerHeaders, answerUpgrade, answerWith, refusalAnswer } from "./answer.ts";
import { failureOf } from "./failure-of.ts";
import { passOn } from "./pass-on.ts";
import type { ProxyOptions } from "./proxy-options.ts";
import { bodyToSend, discardBody, readBody } from "./read-body.ts";
import { relayUpgrade, type UpgradingPage } from "./relay-upgrade.ts";
import { readOptions } from "./settings.ts";

/** A handler of requests, for `node:http`, Express, Fastify and Hono. */
export interface Proxy {
  /** Answers one request. What reads bodies must not come before it. */
  (request: IncomingMessage, response: ServerResponse): void;
  /** Takes what `node:http` tells by `upgrade`: what a rule names of `exec`, `attach`, `portforward` and `proxy` is relayed, message by message. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Uint8Array): void;
  /** Ends every stream and request, and takes no more. The cluster stays open. */
  close(): Promise<void>;
}

/**
 * Makes a relay between pages and a cluster: what a page of its own origin asks for below `prefix` goes on to the API server, as far as
 * hosts, origins and rules allow it. Whatever else comes is refused with a `Status`, and told to `onRefused`.
 *
 * @example
 * const proxy = createProxy({ cluster: await connect() });
 * const server = createServer(proxy).on("upgrade", proxy.upgrade).listen(8001, "127.0.0.1");
 *
 * @throws InputError for a wrong option
 */
export function createProxy(options: ProxyOptions): Proxy {
  const settings = readOptions(options);
  const { clock, limits, identities, onRefused } = settings;
  const underWay = new Set<Promise<void>>();
  const answers = new Set<AbortController>();
  const streams = createWatchStreams({
    ...settings,
    headers: answerHeaders,
    failureOf,
    refused: (request, refusal) => onRefused(refusedRequest(request, refusal)),
  });
  let isClosed = false;

  /** Acts as whoever sent a request, while they and all together are within their limits. */
  const within = async (
    request: IncomingMessage,
    what: "requests" | "streams" | "sessions",
    act: (identity: Identity) => Promise<void>,
  ): Promise<void> => {
    if (isClosed) throw closed();
    limits.inAll.begin();
    const leaveAll = limits.inAll.enter(what);
    try {
      const identity = await identities.of(request);
      const share = limits.of(identity.key);
      share.begin();
      const leave = share.enter(what);
      try {
        await act(identity);
      } finally {
        leave();
      }
    } finally {
      leaveAll();
    }
  };

  const serveStreams = async (
    request: IncomingMessage,
    response: ServerResponse,
    stream: string | undefined,
  ): Promise<void> => {
    await within(request, stream === undefined ? "streams" : "requests", async (identity) => {
      const body = await readBody(request, clock, limits);
      if (isClosed) throw closed();
      if (stream === undefined) {
        await streams.open({ request, identity }, body, response);
        return;
      }
      streams.change(identity, stream, body);
      response.writeHead(204, answerHeaders).end();
    });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const admitted = admit(settings, request);
    if (admitted.to === "streams") {
      await serveStreams(request, response, admitted.stream);
      return;
    }
    const { method, path, query, headers, streaming } = admitted;
    await within(request, streaming ? "streams" : "requests", async (identity) => {
      const body = await bodyToSend(request, clock, limits);
      const ending = new AbortController();
      const gone = (): void => ending.abort(closed());
      response.once("close", gone);
      if (response.destroyed || isClosed) gone();
      answers.add(ending);
      if (streaming) identities.keep(request, identity, ending.signal, (refusal = closed()) => ending.abort(refusal));
      // Of what is not a plain read, the page decides itself whether it is sent again.
      const replay = streaming || (method !== "GET" && method !== "HEAD") ? "never" : undefined;
      const asked = { method, path, query, headers, body, streaming, replay, ...identity.call } as const;
      try {
        await passOn(settings, { ...asked, signal: ending.signal, timeoutMs: limits.answerMs }, response);
      } finally {
        gone();
        answers.delete(ending);
        discardBody(request, clock);
      }
    });
  };

  const serveUpgrade = async (request: IncomingMessage, page: UpgradingPage): Promise<void> => {
    const admitted = await admitUpgrade(settings, request);
    await within(request, "sessions", async (identity) => {
      const ending = new AbortController();
      if (isClosed) throw closed();
      answers.add(ending);
      identities.keep(request, identity, ending.signal, (refusal = closed()) => ending.abort(refusal));
      try {
        await relayUpgrade(settings, admitted, identity.call, page, ending);
      } finally {
        ending.abort(closed());
        answers.delete(ending);
      }
    });
  };

  /** Tells of a refusal, unless whoever asked has left. */
  const refuse = (request: IncomingMessage, error: unknown, answer: (refusal: Refusal) => void): void => {
    const refusal = failureOf(error);
    try {
      onRefused(refusedRequest(request, refusal));
    } finally {
      answer(refusal);
    }
  };

  const track = (work: Promise<void>): void => {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  };

  const proxy = (request: IncomingMessage, response: ServerResponse): void => {
    const work = serve(request, response).catch((error: unknown) => {
      if (response.destroyed) return;
      refuse(request, error, (refusal) => answerWith(response, refusalAnswer(refusal)));
      discardBody(request, clock);
    });
    track(work);
  };
  return shownAs(
    Object.assign(proxy, {
      upgrade(request: IncomingMessage, stream: Duplex, head: Uint8Array): void {
        // Without a listener, a connection that breaks would end the process.
        stream.on("error", () => stream.destroy());
        const work = serveUpgrade(request, { stream, head }).catch((error: unknown) => {
          if (!stream.destroyed) refuse(request, error, (refusal) => answerUpgrade(stream, refusalAnswer(refusal)));
        });
        track(work);
      },
      async close() {
        isClosed = true;
        streams.close();
        for (const answer of answers) answer.abort(closed());
        await Promise.allSettled(underWay);
      },
    }),
    "Proxy",
    () => ({ prefix: writePath(settings.prefix) }),
  );
}

function closed(): Refusal {
  return new Refusal(503, "the proxy is closing; try again later", { retryAfterSeconds: 1 });
}
