import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { CallOptions, Impersonation } from "@kubewright/core";
import { Refusal } from "../request/refusal.ts";

/** As whom a request is sent on: impersonated by the cluster's own user, or by a bearer token of their own. */
export type Identified = { readonly impersonate: Impersonation } | { readonly token: string };

/** Tells by a session's cookie, or by whatever else a request holds, who sent it; undefined for one that is not signed in. */
export type Identify = (request: IncomingMessage) => Identified | undefined | Promise<Identified | undefined>;

/** As whom the API server is asked. */
export interface Identity {
  /** The same for requests of one identity alone; holds no credential. */
  readonly key: string;
  /** What each call is made with; nothing stands for the cluster's own credentials. */
  readonly call: Pick<CallOptions, "impersonate" | "token">;
}

/** Everybody acts by the cluster's own credentials. */
const own: Identity = { key: "own", call: {} };

/** The identity of a request. @throws Refusal 401 for nobody, 500 where `identify` fails */
export async function identityOf(identify: Identify | undefined, request: IncomingMessage): Promise<Identity> {
  if (identify === undefined) return own;
  let identified: Identified | undefined;
  try {
    identified = await identify(request);
  } catch (cause) {
    throw new Refusal(500, "the proxy could not tell who is signed in", { cause });
  }
  if (identified === undefined) throw new Refusal(401, "nobody is signed in; sign in, and try again");
  return asIdentity(identified);
}

// What is not exactly one of the two must not fall back on the cluster's own rights.
function asIdentity(identified: Identified): Identity {
  const { impersonate, token } = Object(identified) as { readonly impersonate?: unknown; readonly token?: unknown };
  if (typeof token === "string" && token !== "" && impersonate === undefined)
    return { key: `token ${createHash("sha256").update(token).digest("base64url")}`, call: { token } };
  const { user } = Object(impersonate) as { readonly user?: unknown };
  if (typeof user !== "string" || user === "" || token !== undefined)
    throw new Refusal(500, "the proxy could not tell who is signed in", {
      cause: new TypeError("identify must give { impersonate: { user, … } }, { token }, or undefined for nobody"),
    });
  return { key: `user ${JSON.stringify(impersonate)}`, call: { impersonate: impersonate as Impersonation } };
}
