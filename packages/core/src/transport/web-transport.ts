import ky, { isNetworkError } from "ky";
import { AuthError, ConfigError } from "../errors/config-errors.ts";
import { InputError } from "../errors/input-error.ts";
import { ConnectionError, RedirectError } from "../errors/transport-errors.ts";
import { shownAs } from "../inspection/shown-as.ts";
import { plainObject } from "../input/plain-object.ts";
import { unknownOption } from "../input/unknown-option.ts";
import { whatItIs } from "../input/what-it-is.ts";
import { isLoopback, isToken } from "./authorization.ts";
import { isBodyStream } from "./body-stream.ts";
import { headerBytes, headerProblem, headerText } from "./header-text.ts";
import { unlessAborted } from "../time/unless-aborted.ts";
import { loadPiece } from "./load-piece.ts";
import { webBody } from "./web-body.ts";
import type { ApiRequest, ApiResponse, HeaderLists, Transport } from "./transport.ts";

/** Options of {@link createWebTransport}. */
export interface WebTransportOptions {
  /** The server's address, perhaps with a path that is put before every request's; in a page also from the root, such as `"/k8s"`. */
  readonly server: string;
  /**
   * A bearer token, or a function that brings one: it is asked before each request, so it should remember the token while that holds.
   * Default: none, as for pages whose proxy knows them by a cookie. A request with an Authorization header of its own, such as a call with `token`, keeps
   * that, and goes without cookies and the browser's client certificate.
   */
  readonly token?: string | (() => string | PromiseLike<string>) | undefined;
  /** Used instead of the platform's fetch. WebSockets are the platform's all the same. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/**
 * Makes a transport on fetch, for pages, Deno, Bun, edge runtimes, or a fetch of your own. Node users have a faster one in
 * `kubewright`. What fetch cannot do: several Impersonate-Group values, client certificates, certificate authorities of its own. What opens
 * streams of pods goes over the platform's WebSocket, which carries no header but a bearer token, cannot ping, and in a page always
 * brings cookies and the browser's client certificate along.
 *
 * @throws InputError when `server` is not an address of HTTP, for a token that no header can carry, and for an unknown option
 */
export function createWebTransport(options: WebTransportOptions): Transport {
  checkOptions(options);
  const base = serverUrl(options.server);
  const server = base.href.replace(/\/$/, "");
  // Called without a `this`, which a page's own fetch would refuse.
  const fetch: typeof globalThis.fetch = (...call) => (options.fetch ?? globalThis.fetch)(...call);
  const open = new Map<AbortController, ApiRequest>();
  let closed = false;

  async function send(request: ApiRequest): Promise<ApiResponse> {
    const { method, signal } = request;
    // fetch refuses it, in words that read as a lost network.
    if (isBodyStream(request.body))
      throw new InputError("body", "fetch cannot send a stream everywhere; give the whole body");
    if (request.body !== undefined && (method === "GET" || method === "HEAD"))
      throw new InputError("body", `fetch cannot send one with ${method}; use another method`);
    const url = requestUrl(server, base, request);
    const headers = joinHeaders(request.headers);
    if (request.ownCredential === true && base.protocol === "http:" && !isLoopback(base))
      throw new ConfigError(`Insecure server: ${server} is plain http, over which no credentials are sent; use https`, {
        request,
      });
    signal?.throwIfAborted();
    const sockets =
      request.upgrade &&
      (await unlessAborted(
        loadPiece("WebSockets", () => import("./web-socket.ts")),
        signal,
      ));
    if (closed) throw closedError(request, "no");
    if (options.token !== undefined && !headers.has("authorization")) {
      headers.set("authorization", `Bearer ${await tokenOf(options.token, request)}`);
      signal?.throwIfAborted();
      if (closed) throw closedError(request, "no");
    }
    const controller = new AbortController();
    const abort = (): void => controller.abort(signal?.reason);
    const release = (): void => {
      open.delete(controller);
      signal?.removeEventListener("abort", abort);
    };
    signal?.addEventListener("abort", abort, { once: true });
    open.set(controller, request);
    if (sockets !== undefined)
      return sockets.upgrade({ url, server, request, headers, signal: controller.signal, release }, send);
    const failure = (error: unknown, problem: string): unknown => {
      release();
      return controller.signal.aborted ? controller.signal.reason : connectionError(error, problem, request);
    };
    let response: Response;
    try {
      // Retries, deadlines and errors are for interceptors and calls; ky's own would wrap them a second time, and its hooks
      // would buffer the bodies of streams.
      response = await ky(url, {
        method,
        headers,
        body: (request.body ?? null) as NonNullable<RequestInit["body"]> | null,
        signal: controller.signal,
        redirect: "manual",
        fetch,
        ...(request.ownCredential === true ? alone : undefined),
        timeout: false,
        retry: 0,
        throwHttpErrors: false,
      });
    } catch (error) {
      throw failure(
        error,
        `Unreachable: no answer from ${server}; check the address, the network, the server's certificate and, in a page, that it allows this origin (CORS)`,
      );
    }
    if (response.type === "opaqueredirect") {
      release();
      throw new RedirectError(0, undefined, { request });
    }
    return {
      status: response.status,
      headers: {
        get: (name) => {
          const bytes = response.headers.get(name);
          return bytes === null ? undefined : headerText(bytes);
        },
      },
      ...webBody(
        response,
        (error) => failure(error, `ConnectionLost: the connection to ${server} broke before the body's end`),
        release,
      ),
    };
  }

  const transport: Transport = {
    server,
    send,
    async close() {
      closed = true;
      for (const [controller, request] of open) controller.abort(closedError(request, "maybe"));
    },
  };
  return shownAs(transport, "Transport", () => ({ server }));
}

// Neither the page's cookies nor the browser's client certificate. Not every platform has them, or the field.
const alone: RequestInit = "credentials" in Request.prototype ? { credentials: "omit" } : {};

const known: readonly (keyof WebTransportOptions)[] = ["server", "token", "fetch"];

function checkOptions(options: WebTransportOptions): void {
  for (const key of Object.keys(plainObject(options, "options")))
    if (!(known as readonly string[]).includes(key)) throw unknownOption(key, known);
  const { token, fetch } = options;
  if (fetch !== undefined && typeof fetch !== "function")
    throw new InputError("fetch", `it must be a function, not ${whatItIs(fetch)}`);
  if (typeof token === "string") {
    if (!isToken(token)) throw new InputError("token", "it must be text without spaces and line breaks; trim it");
  } else if (token !== undefined && typeof token !== "function") {
    throw new InputError("token", `it must be text or a function that brings it, not ${whatItIs(token)}`);
  }
}

async function tokenOf(token: NonNullable<WebTransportOptions["token"]>, request: ApiRequest): Promise<string> {
  if (typeof token === "string") return token;
  let brought: unknown;
  try {
    brought = await unlessAborted(Promise.resolve(token()), request.signal);
  } catch (cause) {
    request.signal?.throwIfAborted();
    throw new AuthError("No token: the function given as `token` failed", { request, cause });
  }
  if (typeof brought === "string" && isToken(brought)) return brought;
  throw new AuthError("Bad token: the function given as `token` must bring text without spaces or line breaks", {
    request,
  });
}

// Only pages have a location.
const page = globalThis as { readonly location?: { readonly href: string } };

function serverUrl(server: string): URL {
  let url: URL | undefined;
  try {
    url = /^\/(?!\/)/.test(server) ? new URL(server, page.location?.href) : new URL(server);
  } catch {
    // told below
  }
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash) return url;
  throw new InputError(
    "server",
    "pass an address such as https://10.0.0.1:6443, without user, query or fragment; in a page also one from the root such as /k8s",
  );
}

/** The path arrives encoded. Where URL would read it differently (`..`, `%2e`, `\`), the request would go elsewhere. */
function requestUrl(server: string, base: URL, { path, query }: ApiRequest): string {
  const text = `${server}${path}${query && `?${query}`}`;
  if (path.startsWith("/") && !text.includes("#") && new URL(text).pathname === base.pathname.replace(/\/$/, "") + path)
    return text;
  throw new InputError("path", "it must begin with / and be encoded, without . and .. as segments");
}

function joinHeaders(lists: HeaderLists): Headers {
  const headers = new Headers();
  for (const [name, values] of Object.entries(lists)) {
    // Joined, they would be one group of a wrong name.
    if (values.length > 1 && name.startsWith("impersonate-"))
      throw new InputError(name, "fetch can send one value only; use the Node transport, or impersonate in the proxy");
    const problem = values.map(headerProblem).find((found) => found !== undefined);
    if (problem !== undefined) throw new InputError(`header ${JSON.stringify(name)}`, `its value ${problem}`);
    try {
      if (values.length > 0) headers.set(name, headerBytes(values.join(", ")));
    } catch {
      // The platform's error would quote the value.
      throw new InputError(`header ${JSON.stringify(name)}`, "its name holds characters that no header name may hold");
    }
  }
  return headers;
}

function closedError(request: ApiRequest, sent: "no" | "maybe"): ConnectionError {
  return new ConnectionError("Closed: the connection to the cluster was closed", { request, sent });
}

function connectionError(error: unknown, problem: string, request: ApiRequest): ConnectionError {
  const cause = isNetworkError(error) ? error.cause : error;
  // Node hides the reason in a chain of causes; pages say none at all.
  let reason = cause;
  while (reason instanceof Error && reason.cause instanceof Error) reason = reason.cause;
  const { message = "", code = "" } = (reason ?? {}) as { message?: string; code?: string };
  return new ConnectionError(`${problem} [${message || code}]`, { request, cause });
}
