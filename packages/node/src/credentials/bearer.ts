import { AuthError, isKubeError, shownAs, unlessAborted } from "@kubewright/core";
import { isHeaderToken } from "../settings/syntax.ts";
import type { CredentialKind } from "../settings/credential-kinds.ts";
import type { TokenFunction } from "../settings/resolved.ts";
import { jwtExpiry } from "./jwt.ts";
import { Rotating, type Source } from "./rotating.ts";
import { Secret } from "../settings/secret.ts";

// A projected token is renewed by the kubelet at 80 % of its life, of ten minutes at least; client-go reads it anew every 50 to
// 60 seconds (transport/token_source.go). So does this, for files and functions alike.
const keepMs = 60_000;

const equal = (one: Secret, other: Secret): boolean => one.equals(other);

/** A value that never changes. */
export function constant<T>(kind: CredentialKind, value: T): Source<T> {
  const source: Source<T> = { current: () => Promise.resolve(value), renew: () => Promise.resolve(undefined) };
  return shownAs(source, "CredentialSource", () => ({ kind }));
}

/** The Authorization header of a bearer token. */
export function bearer(token: string): Secret {
  return new Secret(`Bearer ${token}`);
}

/** The Authorization header of a user name and password (RFC 7617). */
export function basic(username: string, password: Secret): Secret {
  return new Secret(`Basic ${Buffer.from(`${username}:${password.reveal()}`, "utf8").toString("base64")}`);
}

/**
 * A token file, read again within a minute and after a refusal. A file that cannot be read or is empty leaves the last token in
 * use and is told to `onWarning`; before the first token it is an AuthError. `fallback` stands in until the file can be read.
 */
export function tokenFile(
  path: string,
  readFile: (path: string) => Promise<Uint8Array | undefined>,
  onWarning: (warning: string) => void,
  fallback?: Secret,
): Source<Secret> {
  let everRead = false;
  const read = async (): Promise<Secret> => {
    const bytes = await readFile(path);
    if (bytes === undefined) throw new AuthError(`No token: the token file ${path} does not exist`);
    const token = Buffer.from(bytes).toString("utf8").trim();
    if (token === "") throw new AuthError(`No token: the token file ${path} is empty`);
    if (!isHeaderToken(token)) throw new AuthError(`Bad token: the token file ${path} holds more than a token`);
    return bearer(token);
  };
  const source = new Rotating<Secret>(
    async () => {
      const expiresAt = Date.now() + keepMs;
      try {
        const value = await read();
        everRead = true;
        return { value, expiresAt };
      } catch (error) {
        const failure = isKubeError(error)
          ? error
          : new AuthError(`No token: the token file ${path} cannot be read (${codeOf(error)})`, { cause: error });
        if (everRead || fallback === undefined) throw failure;
        onWarning(failure.message);
        return { value: bearer(fallback.reveal()), expiresAt };
      }
    },
    {
      equal,
      keepLast: true,
      onFailure: (error) => onWarning(`${(error as Error).message}; the last one stays in use`),
    },
  );
  return shownAs(source, "CredentialSource", () => ({ kind: "tokenFile", path }));
}

/**
 * A token that a function of the user brings: asked again after a minute, ahead of a JWT's expiry, and after a refusal. `closed`
 * ends the waiting for it.
 */
export function tokenFunction(fetch: TokenFunction, closed?: AbortSignal): Source<Secret> {
  const source = new Rotating<Secret>(
    async () => {
      let token: unknown;
      try {
        token = await unlessAborted(Promise.resolve(fetch()), closed);
      } catch (error) {
        if (closed?.aborted) {
          throw new AuthError("No token: the connection was closed before the function given as `token` brought one");
        }
        throw new AuthError("No token: the function given as `token` failed", { cause: error });
      }
      if (typeof token !== "string" || !isHeaderToken(token)) {
        throw new AuthError("Bad token: the function given as `token` must bring text without spaces or line breaks");
      }
      return { value: bearer(token), expiresAt: Math.min(Date.now() + keepMs, jwtExpiry(token) ?? Infinity) };
    },
    { equal },
  );
  return shownAs(source, "CredentialSource", () => ({ kind: "token" }));
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "unknown error";
}
