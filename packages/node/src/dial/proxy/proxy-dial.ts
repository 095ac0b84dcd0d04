import type { Duplex } from "node:stream";

import { shownAs } from "@kubewright/core";

import { openConnection } from "../connection.ts";
import type { Connector } from "../connection.ts";
import { dialTcp } from "../dial-tcp.ts";
import type { Dial } from "../dial.ts";
import { parseServerAddress } from "../server-address.ts";
import { tlsAttempts } from "../tls-settings.ts";
import { connectThroughHttp } from "./http-connect.ts";
import { parseProxyAddress } from "./proxy-address.ts";
import type { ProxyAddress } from "./proxy-address.ts";
import { proxyError, unreachable } from "./proxy-failure.ts";
import { connectThroughSocks } from "./socks5.ts";

/** Less than what a whole dial may take (connect.ts), so that the message can name the proxy. */
const usualBoundMs = 25_000;

/**
 * Dials through a proxy: `http://` and `https://` with CONNECT, `socks5://` and `socks5h://`; user name and password come from the
 * URL. A tunnel is asked for plain http servers too, where Go would send its requests to the proxy itself: so the proxy never sees
 * any. An https proxy is verified against the system's authorities; the cluster's own have no say. The dial rejects with a
 * ConnectionError that names the proxy without its credentials, within 25 s. Throws an InputError for a bad URL.
 */
export function proxyDial(proxyUrl: string | URL): Dial {
  return dialThrough(parseProxyAddress(proxyUrl), usualBoundMs);
}

/** {@link proxyDial} with a bound of its own. */
export function dialThrough(proxy: ProxyAddress, boundMs: number): Dial {
  const address = parseServerAddress(proxy.origin);
  const connector: Connector = {
    address,
    dial: dialTcp,
    tls: address.secure ? tlsAttempts({}, address) : undefined,
    timeouts: { dialMs: boundMs, handshakeMs: boundMs },
  };
  const tunnel = proxy.kind === "http" ? connectThroughHttp : connectThroughSocks;

  const dial: Dial = async (host, port, signal) => {
    const stop = new AbortController();
    const aborted = (): void => stop.abort(signal.reason);
    if (signal.aborted) aborted();
    signal.addEventListener("abort", aborted, { once: true });
    let missing = "accept a connection";
    const timer = setTimeout(() => {
      const message = `ProxyTimeout: the proxy ${proxy.label} did not ${missing} within ${boundMs / 1000} s; check its address, the network and the firewall`;
      stop.abort(proxyError(message));
    }, boundMs);
    try {
      const socket = await reach(connector, proxy, stop.signal);
      missing = `connect to ${host}:${port}`;
      return await tunnel(socket, proxy, host, port, stop.signal);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener("abort", aborted);
    }
  };
  return shownAs(dial, "Dial", () => ({ proxy: proxy.label }));
}

async function reach(connector: Connector, { label }: ProxyAddress, signal: AbortSignal): Promise<Duplex> {
  try {
    return (await openConnection(connector, ["http/1.1"], signal)).socket;
  } catch (error) {
    throw signal.aborted ? signal.reason : unreachable(label, error);
  }
}
