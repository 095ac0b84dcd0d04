import { isIP, isIPv4 } from "node:net";
import type { Duplex } from "node:stream";

import type { ConnectionError } from "@kubewright/core";

import type { Login, ProxyAddress } from "./proxy-address.ts";
import { proxyClosed, proxyError } from "./proxy-failure.ts";

// RFC 1928 and RFC 1929.
const version = 5;
const methods = { none: 0, login: 2 } as const;
const addressTypes = { ipv4: 1, name: 3, ipv6: 4 } as const;
const replies: Readonly<Record<number, string>> = {
  1: "general failure",
  2: "not allowed by its rules",
  3: "network unreachable",
  4: "host unreachable",
  5: "connection refused",
  6: "time to live expired",
  7: "command not supported",
  8: "address type not supported",
};

/** What the client sends next, and how many bytes of the proxy's it needs then. */
interface Step {
  readonly send?: Uint8Array;
  readonly need: number;
}

/**
 * Asks a SOCKS5 proxy for a connection to `host:port` on a fresh connection, which becomes the tunnel. Names go to the proxy as they
 * are, as in Go: with socks5:// too, this machine looks nothing up. Destroys the connection and rejects with a ConnectionError
 * when the proxy refuses, or with the signal's reason.
 */
export function connectThroughSocks(
  socket: Duplex,
  proxy: ProxyAddress,
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const conversation = converse(proxy, host, port);
    let unread: Buffer = Buffer.alloc(0);
    let need = 0;

    const settle = (): void => {
      signal.removeEventListener("abort", aborted);
      socket.off("readable", read).off("end", closed).off("close", closed).off("error", closed);
    };
    const fail = (error: unknown): void => {
      settle();
      socket.on("error", () => {}).destroy();
      reject(error);
    };
    const aborted = (): void => fail(signal.reason);
    const closed = (error?: Error): void => fail(proxyClosed(proxy.label, error));
    const advance = (answer: Buffer): void => {
      const { done, value } = conversation.next(answer);
      if (done) {
        settle();
        socket.unshift(unread);
        resolve(socket);
        return;
      }
      need = value.need;
      if (value.send !== undefined) socket.write(value.send);
    };
    // Not "data": without its listener the stream would still flow, and lose what comes before the next one.
    const read = (): void => {
      const chunk = socket.read() as Buffer | null;
      if (chunk === null) return;
      unread = Buffer.concat([unread, chunk]);
      try {
        while (need > 0 && unread.length >= need) {
          const answer = unread.subarray(0, need);
          unread = unread.subarray(need);
          need = 0;
          advance(answer);
        }
      } catch (error) {
        fail(error);
      }
    };

    if (signal.aborted) return aborted();
    signal.addEventListener("abort", aborted, { once: true });
    socket.on("readable", read).on("end", closed).on("close", closed).on("error", closed);
    try {
      advance(Buffer.alloc(0));
    } catch (error) {
      fail(error);
    }
  });
}

/** The client's half of the exchange; the proxy's bytes come in where the generator goes on. */
function* converse({ label, login }: ProxyAddress, host: string, port: number): Generator<Step, void, Buffer> {
  const offered = login === undefined ? [methods.none] : [methods.none, methods.login];
  const choice = yield { send: Buffer.from([version, offered.length, ...offered]), need: 2 };
  if (choice[0] !== version) throw notSocks(label);
  if (login !== undefined && choice[1] === methods.login) {
    const verdict = yield { send: loginMessage(login), need: 2 };
    if (verdict[1] !== 0) throw unauthorized(label, login);
  } else if (choice[1] !== methods.none) {
    throw unauthorized(label, login);
  }
  const reply = yield { send: connectMessage(host, port, label), need: 2 };
  if (reply[0] !== version) throw notSocks(label);
  if (reply[1] !== 0) throw refusal(reply[1] ?? 0, label, host, port);
  // The address that the proxy connects from, which nobody needs: reserved byte, type, address, port.
  const [, type, first = 0] = yield { need: 3 };
  if (type === addressTypes.ipv4) yield { need: 3 + 2 };
  else if (type === addressTypes.ipv6) yield { need: 15 + 2 };
  else if (type === addressTypes.name) yield { need: first + 2 };
  else throw notSocks(label);
}

function loginMessage({ username, password }: Login): Buffer {
  const [name, secret] = [Buffer.from(username, "utf8"), Buffer.from(password, "utf8")];
  return Buffer.concat([Buffer.from([1, name.length]), name, Buffer.from([secret.length]), secret]);
}

function connectMessage(host: string, port: number, label: string): Buffer {
  const head = [version, 1, 0];
  const end = Buffer.from([port >> 8, port & 255]);
  if (isIPv4(host)) return Buffer.concat([Buffer.from([...head, addressTypes.ipv4]), addressBytes(host), end]);
  if (isIP(host) === 6) return Buffer.concat([Buffer.from([...head, addressTypes.ipv6]), addressBytes(host), end]);
  const name = Buffer.from(host, "latin1");
  if (name.length > 255) {
    throw proxyError(`ProxyRefused: the server's name is longer than the proxy ${label} can be told (255 bytes)`);
  }
  return Buffer.concat([Buffer.from([...head, addressTypes.name, name.length]), name, end]);
}

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split(".").map(Number));
  // The URL parser turns an IPv4 tail into groups.
  const [start = "", end] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const groups = (text: string | undefined): readonly string[] => (text ? text.split(":") : []);
  const [left, right] = [groups(start), groups(end)];
  const zeros = Array<string>(8 - left.length - right.length).fill("0");
  const bytes = Buffer.alloc(16);
  [...left, ...zeros, ...right].forEach((group, at) => bytes.writeUInt16BE(Number.parseInt(group, 16), at * 2));
  return bytes;
}

function notSocks(label: string): ConnectionError {
  return proxyError(`NotAProxy: what answers at ${label} does not speak SOCKS5; check the proxy's address and scheme`);
}

function unauthorized(label: string, login: Login | undefined): ConnectionError {
  return proxyError(
    login === undefined
      ? `ProxyUnauthorized: the proxy ${label} asks for a user name and password; put them into its URL, as socks5://user:password@host:port`
      : `ProxyUnauthorized: the proxy ${label} does not accept the user name and password in its URL; correct them, with special characters percent-encoded`,
  );
}

function refusal(reply: number, label: string, host: string, port: number): ConnectionError {
  const why = replies[reply] ?? `reply ${reply}`;
  return proxyError(
    `ProxyFailed: the proxy ${label} cannot connect to ${host}:${port} (${why}); check the server's address and the proxy's rules`,
  );
}
