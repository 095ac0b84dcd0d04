import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { CertifiedKey } from "../support/certificates.ts";

export interface IssuerOptions {
  readonly tls: CertifiedKey;
  readonly clientId: string;
  /** Every ID token is for this user. */
  readonly subject: string;
  /** How long an ID token that a refresh brings lives. */
  readonly lifeSeconds: number;
}

/** An OpenID Connect provider that knows discovery, its keys, and the refresh of tokens. Each refresh token is good once. */
export interface OidcIssuer {
  readonly url: string;
  /** The one refresh token that is good now. */
  readonly refreshToken: string;
  /** Refreshes that succeeded, and those that were refused. */
  readonly refreshes: { granted: number; refused: number };
  /** A token that ends in `seconds`; `forged` by a key that nobody knows. */
  idToken(seconds: number, forged?: "forged"): string;
  close(): Promise<void>;
}

export async function startOidcIssuer(options: IssuerOptions): Promise<OidcIssuer> {
  const { clientId, subject } = options;
  const own = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const foreign = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const refreshes = { granted: 0, refused: 0 };
  let issued = 0;
  let refreshToken = "refresh-0";

  const server = createServer(options.tls, (request, response) => {
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    };
    let form = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (form += chunk));
    request.on("end", () => {
      if (request.url === "/.well-known/openid-configuration") {
        answer(200, {
          issuer: url,
          authorization_endpoint: `${url}/login`,
          token_endpoint: `${url}/token`,
          jwks_uri: `${url}/keys`,
          response_types_supported: ["id_token"],
          subject_types_supported: ["public"],
          id_token_signing_alg_values_supported: ["RS256"],
        });
      } else if (request.url === "/keys") {
        const key = own.publicKey.export({ format: "jwk" });
        answer(200, { keys: [{ ...key, kid: "own", use: "sig", alg: "RS256" }] });
      } else if (new URLSearchParams(form).get("refresh_token") === refreshToken) {
        refreshes.granted += 1;
        refreshToken = `refresh-${refreshes.granted}`;
        answer(200, { id_token: idToken(options.lifeSeconds), refresh_token: refreshToken });
      } else {
        refreshes.refused += 1;
        answer(400, { error: "invalid_grant" });
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function idToken(seconds: number, forged?: "forged"): string {
    issued += 1;
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: url, aud: clientId, sub: subject, iat: now, exp: now + seconds, jti: `id-${issued}` };
    return signed(claims, forged === undefined ? own.privateKey : foreign.privateKey);
  }

  return {
    url,
    refreshes,
    idToken,
    get refreshToken() {
      return refreshToken;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

function signed(claims: object, key: KeyObject): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: "RS256", kid: "own", typ: "JWT" })}.${part(claims)}`;
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}
