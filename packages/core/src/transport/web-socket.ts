import { readBytes } from "../bytes/body.ts";
import { LimitError } from "../errors/body-errors.ts";
import { InputError } from "../errors/input-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import { shownAs } from "../inspection/shown-as.ts";
import type { MessageSocket, SocketEnd } from "./message-socket.ts";
import type { ApiRequest, ApiResponse, Send } from "./transport.ts";
import { UnreadMessages } from "./unread-messages.ts";

// Loaded when a WebSocket is first opened.

/** What a WebSocket of the platform is opened by. */
export interface WebSocketOpening {
  /** The address in HTTP. */
  readonly url: string;
  /** The server's address, for errors. */
  readonly server: string;
  readonly request: ApiRequest;
  readonly headers: Headers;
  /** Ends it at once, with its reason. */
  readonly signal: AbortSignal;
  /** Called once it is over. */
  readonly release: () => void;
}

/** What the platform may hold of what was sent. It says how much that is, but not when it changes. */
const mostBufferedBytes = 1024 * 1024;
const askAgainMs = 10;

/** How long a far end that does not listen may keep what waits for the end of a closed connection. */
const closeMs = 1000;

/**
 * Opens a WebSocket of the platform, as the answer 101. Where the platform opens none, it does not say why; a plain request for the same,
 * sent by `send`, is told it.
 *
 * @throws InputError for a header that a WebSocket cannot carry
 */
export async function upgrade(opening: WebSocketOpening, send: Send): Promise<ApiResponse> {
  const { request, release } = opening;
  try {
    return (await open(opening)) ?? (await refusalOf(await send({ ...request, upgrade: undefined }), opening));
  } catch (error) {
    release();
    throw error;
  }
}

/** Undefined where the handshake failed. */
async function open(opening: WebSocketOpening): Promise<ApiResponse | undefined> {
  const { url, request, headers, signal } = opening;
  const offered = namesOf(request);
  const names = [...offered, ...credentialOf(headers)];
  signal.throwIfAborted();
  const platform = new WebSocket(url.replace(/^http/, "ws"), names);
  const { socket, opened } = messageSocket(platform, opening);
  if (!(await opened)) {
    signal.throwIfAborted();
    return undefined;
  }
  if (!offered.includes(socket.protocol)) {
    void socket.close();
    throw new ConnectionError(
      `BadUpgrade: ${opening.server} chose no subprotocol that was offered; check what stands between here and the API server`,
      { request, permanent: true },
    );
  }
  const nothing = (async function* (): AsyncGenerator<Uint8Array> {})();
  return {
    status: 101,
    headers: { get: () => undefined },
    body: nothing,
    discard: () => void socket.close(),
    socket,
  };
}

/** Those of the subprotocols that the platform can offer: tokens of HTTP. */
function namesOf({ upgrade = [] }: ApiRequest): readonly string[] {
  if (typeof WebSocket === "undefined") throw new InputError("upgrade", "this platform has no WebSocket");
  const names = upgrade.filter((name) => /^[\w!#$%&'*+\-.^`|~]+$/.test(name));
  if (names.length > 0) return names;
  throw new InputError("upgrade", `a WebSocket of this platform can offer no ${JSON.stringify(upgrade.join())}`);
}

/** As the API server takes a token that no header can bring (k8s.io/apiserver pkg/authentication/request/websocket). */
function credentialOf(headers: Headers): readonly string[] {
  const credential: string[] = [];
  headers.forEach((value, name) => {
    const [, token] = (name === "authorization" && /^Bearer (.+)$/i.exec(value)) || [];
    if (token !== undefined) {
      const encoded = btoa(token).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
      credential.push(`base64url.bearer.authorization.k8s.io.${encoded}`);
    } else if (name !== "accept")
      throw new InputError(
        `header ${JSON.stringify(name)}`,
        "a WebSocket of this platform can carry none but a bearer token; leave it out, or let a proxy set it",
      );
  });
  return credential;
}

/** What a plain request for the same was told; nothing is run by it. @throws ConnectionError where that is as it should be */
async function refusalOf(response: ApiResponse, { server, request }: WebSocketOpening): Promise<ApiResponse> {
  if (response.status !== 400) return response;
  const body = await readBytes(response.body, 1024 * 1024, "the error's body", request);
  if (new TextDecoder().decode(body).includes("Upgrade request required"))
    throw new ConnectionError(
      `NotUpgraded: ${server} answers, but opened no WebSocket; check that it speaks ${request.upgrade?.join(" or ")}, and that what stands between passes WebSockets on`,
      { request },
    );
  return {
    ...response,
    body: (async function* () {
      yield body;
    })(),
  };
}

interface Waiter {
  resolve(): void;
  reject(error: unknown): void;
}

/** Messages around a socket of the platform, from before it is open. */
function messageSocket(
  platform: WebSocket,
  { server, request, signal, release }: WebSocketOpening,
): { readonly socket: MessageSocket; readonly opened: Promise<boolean> } {
  let failure: { readonly error: unknown } | undefined;
  let over = false;
  let asking: ReturnType<typeof setTimeout> | undefined;
  let closing: ReturnType<typeof setTimeout> | undefined;
  /** Those that wait for room, in order. */
  const senders: Waiter[] = [];
  const unread = new UnreadMessages(() => void close());
  let gone: (end: SocketEnd) => void;
  const closed = new Promise<SocketEnd>((resolve) => (gone = resolve));
  let settled: (isOpen: boolean) => void;
  const opened = new Promise<boolean>((resolve) => (settled = resolve));

  function finish(error?: { readonly error: unknown }): void {
    if (over) return;
    over = true;
    failure = error;
    clearTimeout(asking);
    signal.removeEventListener("abort", aborted);
    unread.end(error, signal.aborted);
    for (const { reject } of senders.splice(0)) reject(reasonOf());
    release();
  }

  function fail(error: unknown): void {
    finish({ error });
    platform.close();
    goneSoon();
  }

  function aborted(): void {
    fail(signal.reason);
    settled(false);
  }

  function reasonOf(): unknown {
    return failure === undefined
      ? new ConnectionError("Closed: the connection was closed", { request })
      : failure.error;
  }

  function goneSoon(): void {
    closing = setTimeout(() => gone({ code: undefined, reason: "" }), closeMs);
  }

  function admit(): void {
    asking = undefined;
    if (platform.bufferedAmount < mostBufferedBytes) for (const { resolve } of senders.splice(0)) resolve();
    else asking = setTimeout(admit, askAgainMs);
  }

  async function close(end?: SocketEnd): Promise<void> {
    if (!over) {
      finish();
      const { code = 1000, reason = "" } = end ?? {};
      platform.close(code === 1000 || (code >= 3000 && code <= 4999) ? code : 1000, reason);
      goneSoon();
    }
    await closed;
  }

  platform.binaryType = "arraybuffer";
  platform.addEventListener("open", () => settled(true));
  platform.addEventListener("message", ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (over) return;
    const message = typeof data === "string" ? new TextEncoder().encode(data) : new Uint8Array(data);
    if (unread.push(message)) return;
    const fix = "read it faster, for a page cannot hold the server up";
    fail(new LimitError("what waits unread of a WebSocket", unread.limit, { request, fix }));
  });
  platform.addEventListener("error", () => {
    settled(false);
  });
  platform.addEventListener("close", ({ code, reason }) => {
    settled(false);
    clearTimeout(closing);
    // 1006 stands for no close frame, 1005 for one without a code.
    if (code !== 1006) finish();
    else finish({ error: new ConnectionError(`ConnectionLost: the connection to ${server} ended without a close frame`, { request }) }); // prettier-ignore
    gone({ code: code === 1005 || code === 1006 ? undefined : code, reason });
  });
  signal.addEventListener("abort", aborted, { once: true });

  const socket: MessageSocket = {
    get protocol() {
      return platform.protocol;
    },
    closed,
    messages: unread,
    send(message, kind) {
      if (over) return Promise.reject(reasonOf());
      platform.send(kind === "text" ? new TextDecoder().decode(message) : (message as Uint8Array<ArrayBuffer>));
      if (senders.length === 0 && platform.bufferedAmount < mostBufferedBytes) return Promise.resolve();
      asking ??= setTimeout(admit, askAgainMs);
      return new Promise((resolve, reject) => senders.push({ resolve, reject }));
    },
    close,
  };
  return { socket: shownAs(socket, "MessageSocket", (shown) => ({ protocol: shown.protocol })), opened };
}
