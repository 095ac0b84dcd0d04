import { AuthError, shownAs } from "@kubewright/core";
import type { OidcProvider } from "../../settings/resolved.ts";
import { bearer } from "../bearer.ts";
import { jwtExpiry } from "../jwt.ts";
import { Rotating, type Fetched } from "../rotating.ts";
import { Secret } from "../../settings/secret.ts";
import { refreshTokens } from "./token-endpoint.ts";

/** What an OIDC login depends on beside the provider. */
export interface OidcSurroundings {
  /** The provider's authorities in PEM; undefined: the system's. */
  readonly ca: () => Promise<string | undefined>;
  /** The login as the kubeconfig holds it now: another process may have renewed it. Undefined when it stands in no file. */
  readonly reload: () => Promise<OidcProvider | undefined>;
  /** Puts renewed tokens of `provider` into the kubeconfig; false where this login does not stand there any more. */
  readonly save: (
    tokens: { readonly idToken: string; readonly refreshToken: string | undefined },
    provider: OidcProvider,
  ) => Promise<boolean>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly onWarning: (warning: string) => void;
  /** Ends a refresh that is under way. */
  readonly signal: AbortSignal;
}

/**
 * The Authorization header of an OIDC login: the ID token of the kubeconfig while it lives, then one by the refresh token, which is
 * written back where this login still stands. When it is not written back the new token is used all the same, and `onWarning` is
 * told.
 */
export function oidcSource(provider: OidcProvider, around: OidcSurroundings): Rotating<Secret> {
  let known = provider;
  let used: Secret | undefined;
  const source = new Rotating<Secret>(
    async () => {
      // Every refresh token may be good for one use only: look first whether somebody else has used it and left a new one.
      known = (used === undefined ? undefined : await around.reload()) ?? known;
      const held = known.idToken;
      if (held !== undefined && !held.equals(used) && !isExpired(held)) {
        used = held;
        return fetched(held);
      }
      if (known.refreshToken === undefined) {
        throw new AuthError(`Login expired: ${provider.issuerUrl} gave no refresh token; log in again`);
      }
      const refreshToken = known.refreshToken.reveal();
      const tokens = await refreshTokens(known, refreshToken, {
        ca: await around.ca(),
        env: around.env,
        signal: around.signal,
      });
      used = new Secret(tokens.idToken);
      known = { ...known, idToken: used, refreshToken: new Secret(tokens.refreshToken ?? refreshToken) };
      try {
        if (!(await around.save(tokens, known))) {
          around.onWarning(
            "The renewed login was not written to the kubeconfig: its user does not stand there any more, or logs in otherwise",
          );
        }
      } catch (error) {
        around.onWarning(
          `The renewed login could not be written to the kubeconfig: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      return fetched(used);
    },
    { equal: (one, other) => one.equals(other) },
  );
  return shownAs(source, "CredentialSource", () => ({ kind: "oidc" }));
}

function fetched(idToken: Secret): Fetched<Secret> {
  return { value: bearer(idToken.reveal()), expiresAt: jwtExpiry(idToken.reveal()) };
}

// Ten seconds for clocks that differ, as client-go's expiryDelta.
function isExpired(idToken: Secret): boolean {
  return (jwtExpiry(idToken.reveal()) ?? Infinity) <= Date.now() + 10_000;
}
