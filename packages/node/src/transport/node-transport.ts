import { InputError, shownAs } from "@kubewright/core";
import type { ApiRequest, ApiResponse, ConnectionError, Transport } from "@kubewright/core";

import { connectTimeouts } from "../dial/connection.ts";
import type { ConnectTimeouts, Connector } from "../dial/connection.ts";
import { createPools, type Pools } from "./pools.ts";
import { dialTcp } from "../dial/dial-tcp.ts";
import type { Dial } from "../dial/dial.ts";
import { connectionError } from "./failure.ts";
import { exchangeH1 } from "./h1-exchange.ts";
import { idleTimes } from "./h1-pool.ts";
import type { IdleTimes } from "./h1-pool.ts";
import { exchangeH2 } from "./h2-exchange.ts";
import { healthTimes } from "./h2-health.ts";
import type { HealthTimes } from "./h2-health.ts";
import { prepare } from "./sending.ts";
import type { Sending } from "./sending.ts";
import { parseServerAddress } from "../dial/server-address.ts";
import { createTurns } from "./turns.ts";
import type { Enders } from "./upgrade.ts";
import { tlsAttempts } from "../dial/tls-settings.ts";
import type { RenewedTls, TlsSettings } from "../dial/tls-settings.ts";

/** Options of {@link createNodeTransport}. */
export interface NodeTransportOptions extends TlsSettings {
  /** `https://` or `http://` address of the API server; a path in it stands before every request's path. */
  readonly server: string;
  /**
   * `auto` (default): each new connection offers both and speaks what the server chooses, HTTP/2 where it can. Plain http is always
   * HTTP/1.1, and so are Bun and Deno.
   */
  readonly protocol?: "auto" | "http/1.1" | undefined;
  /**
   * How many HTTP/1.1 requests may be under way at a time, each on a connection of its own; more wait for one, in order. Watches and
   * followed logs do not count. HTTP/2 needs no such bound. Default 64.
   */
  readonly maxConnections?: number | undefined;
  /** Asks for gzip and decompresses it. Default true. */
  readonly compression?: boolean | undefined;
  /** Opens the byte streams that connections run on; a proxy's dialler goes here. Default TCP. */
  readonly dial?: Dial | undefined;
}

/**
 * The transport of Node: kept-alive connections to one server, HTTP/2 or HTTP/1.1. Requests with a credential of their own have
 * connections of their own, which show no client certificate.
 */
export interface NodeTransport extends Transport {
  /**
   * No request that begins from now on uses a connection that exists now; those under way go on to their end. What is given
   * replaces what was given before; a certificate and key of null are shown no more. Throws an InputError for bad ones, and then
   * changes nothing.
   */
  retire(renewed?: RenewedTls): void;
}

/** Bounds that tests shorten. */
export interface TransportTimes {
  readonly connect: ConnectTimeouts;
  readonly health: HealthTimes;
  readonly idle: IdleTimes;
}

/**
 * What an HTTP/2 server has certainly not processed, because it closes the connection or has too many streams, is sent again,
 * whatever it is, as often as the call's `resends` allow. A connection that ends after each refusal takes a few requests at a time,
 * so those that are left over many times wait, each for a time of its own.
 */
const firstPauseMs = 25;

/** As many as fabric8's client has under way in all (Config.java; to one host it allows 5), and far below what systems let a process open. */
const usualConnections = 64;

const usualTimes: TransportTimes = { connect: connectTimeouts, health: healthTimes, idle: idleTimes };

/**
 * Makes the transport of one server and one identity; nothing is dialled before the first request. Throws an InputError that
 * names the bad option. Requests reject with an InputError before anything is sent, with a ConnectionError, or with their
 * signal's reason.
 */
export function createNodeTransport(options: NodeTransportOptions): NodeTransport {
  return createTransport(options, usualTimes);
}

/** {@link createNodeTransport} with bounds of its own. */
export function createTransport(options: NodeTransportOptions, times: TransportTimes): NodeTransport {
  const { compression = true, protocol = "auto", dial = dialTcp, maxConnections = usualConnections } = options;
  if (protocol !== "auto" && protocol !== "http/1.1")
    throw new InputError("protocol", 'it must be "auto" or "http/1.1"');
  if (!Number.isInteger(maxConnections) || maxConnections < 1)
    throw new InputError("maxConnections", "it must be a whole number above 0");
  const address = parseServerAddress(options.server);
  let settings: TlsSettings = options;
  const connector = (shown: TlsSettings): Connector => ({
    address,
    dial,
    tls: address.secure ? tlsAttempts(shown, address) : undefined,
    timeouts: times.connect,
  });
  const withoutCertificate = (): Connector => connector({ ...settings, cert: undefined, key: undefined });
  // Shared, for the bound is the caller's, whatever pool a request goes to.
  const turns = createTurns(maxConnections);
  const pools = createPools(connector(settings), protocol, turns, times);
  /** For requests with a credential of their own. A server that ends a connection after a bad one ends no other request. */
  let bare: Pools | undefined;

  /** Upgraded connections are in no pool. */
  const enders: Enders = new Set();

  function poolsFor({ ownCredential }: ApiRequest): Pools {
    if (ownCredential !== true || pools.closedBy !== undefined) return pools;
    return (bare ??= createPools(withoutCertificate(), protocol, turns, times));
  }

  function send(request: ApiRequest): Promise<ApiResponse> {
    if (request.signal?.aborted) return Promise.reject(request.signal.reason);
    let sending: Sending;
    try {
      sending = prepare(request, address.prefix, compression);
    } catch (error) {
      return Promise.reject(error);
    }
    return request.upgrade === undefined ? attempt(sending, 0) : upgrade(sending);
  }

  async function upgrade(sending: Sending): Promise<ApiResponse> {
    const { request } = sending;
    // It brings ws along, which few programs need.
    const { sendUpgrade } = await import("./upgrade.ts");
    request.signal?.throwIfAborted();
    const { closedBy } = pools;
    if (closedBy !== undefined) throw connectionError(closedBy, address, { sent: "no", request });
    return sendUpgrade(request.ownCredential === true ? withoutCertificate() : connector(settings), sending, enders);
  }

  function attempt(sending: Sending, replays: number): Promise<ApiResponse> {
    const again = (): Promise<ApiResponse> | undefined =>
      sending.request.resends.allow("unprocessed") ? attempt(sending, replays + 1) : undefined;
    const pauseMs = replays < 2 ? 0 : firstPauseMs * 2 ** (replays - 2) * (1 + Math.random());
    const chosen = poolsFor(sending.request);
    return chosen.carry(
      sending.request,
      {
        onH2: (session) => exchangeH2(session, address, sending, again),
        onH1: (socket, pool) => exchangeH1(socket, pool, address, sending, () => chosen.closedBy),
      },
      pauseMs,
    );
  }

  const transport: NodeTransport = {
    server: address.server,
    send,
    retire(renewed = {}) {
      const former = settings;
      const { ca = settings.ca, cert = settings.cert, key = settings.key } = renewed;
      settings = { ...settings, ca, cert: cert ?? undefined, key: key ?? undefined };
      try {
        const next = connector(settings);
        bare?.renew(withoutCertificate());
        pools.renew(next);
      } catch (error) {
        settings = former;
        throw error;
      }
    },
    async close() {
      const closed = Promise.all([pools.close(), bare?.close()]);
      for (const end of enders) end(pools.closedBy as ConnectionError);
      await closed;
    },
  };
  return shownAs(transport, "Transport", ({ server }) => ({ server, protocol }));
}
