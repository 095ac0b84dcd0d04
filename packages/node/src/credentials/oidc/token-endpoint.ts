import { AuthError, createResends, isKubeError, isLoopback, type ApiRequest } from "@kubewright/core";
import { isMap, own, type PlainMap } from "../../kubeconfig/fields.ts";
import type { OidcProvider } from "../../settings/resolved.ts";
import { chooseDial } from "../../dial/proxy/choose-dial.ts";
import { createNodeTransport } from "../../transport/node-transport.ts";

/** What a provider gives for a refresh token. */
export interface Tokens {
  readonly idToken: string;
  /** A new refresh token, where the provider changes them. */
  readonly refreshToken: string | undefined;
}

const timeoutMs = 30_000;
const ceiling = 1024 * 1024;

/** How the provider is reached. */
export interface ProviderAccess {
  /** Authorities in PEM, instead of the system's. */
  readonly ca: string | undefined;
  /** Names a proxy, if there is one; the cluster's own proxy-url is for the cluster only, as in client-go. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/**
 * Trades a refresh token for a new ID token, as OpenID Connect Core 12 and client-go (auth/oidc/oidc.go) say: the token endpoint by
 * discovery, then the grant. Verified like the API server itself. Rejects with an AuthError that holds no token and no answer, only the provider's error code.
 */
export async function refreshTokens(
  provider: OidcProvider,
  refreshToken: string,
  access: ProviderAccess,
): Promise<Tokens> {
  const signal = AbortSignal.any([access.signal, AbortSignal.timeout(timeoutMs)]);
  const call = (url: URL, form?: PlainMap, basic?: string): Promise<Answer> =>
    send(url, { ...access, signal }, form, basic);
  const discovery = await call(new URL(`${provider.issuerUrl.replace(/\/$/, "")}/.well-known/openid-configuration`));
  const endpoint = own(discovery.body, "token_endpoint");
  if (discovery.status >= 500) throw refused(provider, discovery);
  if (discovery.status !== 200 || typeof endpoint !== "string" || !URL.canParse(endpoint)) {
    throw new AuthError(
      `Login failed: ${provider.issuerUrl} does not say where its token_endpoint is (HTTP ${discovery.status})`,
    );
  }
  const { clientId, clientSecret } = provider;
  const form = { grant_type: "refresh_token", refresh_token: refreshToken };
  const url = new URL(endpoint);
  // RFC 6749 2.3.1 wants the client in a Basic header; some providers take it only in the form.
  const secret = clientSecret?.reveal();
  let answer = secret === undefined ? undefined : await call(url, form, basicClient(clientId, secret));
  if (answer === undefined || (answer.status >= 400 && answer.status < 500)) {
    answer = await call(url, { ...form, client_id: clientId, client_secret: secret });
  }
  const [idToken, renewed] = [own(answer.body, "id_token"), own(answer.body, "refresh_token")];
  if (answer.status !== 200) throw refused(provider, answer);
  if (typeof idToken !== "string" || idToken === "") {
    throw new AuthError(`Login failed: ${provider.issuerUrl} brought no id_token; log in again with the scope openid`);
  }
  return { idToken, refreshToken: typeof renewed === "string" && renewed !== "" ? renewed : undefined };
}

function basicClient(clientId: string, secret: string): string {
  return Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`, "utf8").toString("base64");
}

function refused(provider: OidcProvider, { status, body }: Answer): AuthError {
  if (status >= 500) {
    return new AuthError(
      `Login failed: ${provider.issuerUrl} is out of order (HTTP ${status}); the login holds, try again later`,
    );
  }
  const code = own(body, "error");
  // A code of RFC 6749 5.2 only: whatever else stands there is the provider's own text.
  const reason = typeof code === "string" && /^[a-z_]{1,40}$/.test(code) ? `${code}, HTTP ${status}` : `HTTP ${status}`;
  return new AuthError(`Login failed: ${provider.issuerUrl} refused the refresh token (${reason}); log in again`);
}

interface Answer {
  readonly status: number;
  /** Empty when the answer was not a JSON object. */
  readonly body: PlainMap;
}

async function send(url: URL, { ca, env, signal }: ProviderAccess, form?: PlainMap, basic?: string): Promise<Answer> {
  if (url.protocol !== "https:" && !isLoopback(url)) {
    throw new AuthError(`Login failed: ${url.origin} is plain http, over which no tokens are sent`);
  }
  const dial = await chooseDial(url.origin, undefined, env);
  const transport = createNodeTransport({ server: url.origin, ca, protocol: "http/1.1", dial });
  const headers: Record<string, readonly string[]> = { accept: ["application/json"] };
  if (form !== undefined) headers["content-type"] = ["application/x-www-form-urlencoded"];
  if (basic !== undefined) headers["authorization"] = [`Basic ${basic}`];
  const fields = Object.entries(form ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const method = form === undefined ? "GET" : "POST";
  const request: ApiRequest = {
    verb: form === undefined ? "get" : "post",
    method,
    path: url.pathname,
    query: url.search.slice(1),
    headers,
    body: form === undefined ? undefined : new URLSearchParams(fields).toString(),
    signal,
    streaming: false,
    replay: "never",
    resends: createResends({ method, replay: "never" }),
  };
  try {
    const response = await transport.send(request);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > ceiling)
        throw new AuthError(`Login failed: the answer of ${url.origin} is larger than ${ceiling} bytes`);
      chunks.push(chunk);
    }
    return { status: response.status, body: parseObject(Buffer.concat(chunks).toString("utf8")) };
  } catch (error) {
    if (signal.aborted) {
      const slow = (signal.reason as { name?: unknown }).name === "TimeoutError";
      const why = slow ? `${url.origin} did not answer within ${timeoutMs / 1000} s` : "the connection was closed";
      throw new AuthError(`Login failed: ${why}`);
    }
    if (isKubeError(error) && error.name === "AuthError") throw error;
    throw new AuthError(`Login failed: ${error instanceof Error ? error.message : "the provider cannot be reached"}`, {
      cause: error,
    });
  } finally {
    await transport.close();
  }
}

function parseObject(text: string): PlainMap {
  try {
    const value: unknown = JSON.parse(text);
    return isMap(value) ? value : {};
  } catch {
    // An HTML page, say. The status speaks.
    return {};
  }
}
