import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { CallOptions, Clock, Impersonation } from "@kubewright/core";
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

/** Tells whose requests are. */
export interface Identities {
  /** @throws Refusal 401 for nobody, 500 where it cannot be told */
  of(request: IncomingMessage): Promise<Identity>;
  /**
   * Asks again each minute, until `ended` aborts, whether what goes on for a request still is of this identity. If not, `lost` is called
   * once, with why; without, where the request is somebody else's by now.
   */
  keep(request: IncomingMessage, identity: Identity, ended: AbortSignal, lost: (refusal?: Refusal) => void): void;
}

/** How often it is asked again, in milliseconds. */
const againMs = 60_000;

/** How long it may take to tell, in milliseconds. */
const mostMs = 30_000;

/** By what the proxy's owner tells; without, all requests are of one identity. */
export function createIdentities(identify: Identify | undefined, clock: Clock): Identities {
  if (identify === undefined) return { of: async () => own, keep() {} };

  async function identityOf(request: IncomingMessage): Promise<Identity> {
    let identified: Identified | undefined;
    try {
      identified = await within(clock, async () => identify!(request));
    } catch (cause) {
      throw unknown(cause);
    }
    if (identified === undefined) throw new Refusal(401, "nobody is signed in; sign in, and try again");
    return asIdentity(identified);
  }

  const keep: Identities["keep"] = (request, identity, ended, lost) => {
    if (ended.aborted) return;
    const stop = clock.after(againMs, () => {
      ended.removeEventListener("abort", stop);
      identityOf(request).then(
        ({ key }) => (key === identity.key ? keep(request, identity, ended, lost) : lost()),
        (refusal: Refusal) => lost(refusal),
      );
    });
    ended.addEventListener("abort", stop, { once: true });
  };

  return { of: identityOf, keep };
}

async function within<T>(clock: Clock, act: () => Promise<T>): Promise<T> {
  let callOff = (): void => {};
  const late = new Promise<never>((_, reject) => {
    callOff = clock.after(mostMs, () => reject(new Error(`identify gave no answer within ${mostMs} ms`)));
  });
  return Promise.race([act(), late]).finally(callOff);
}

function unknown(cause: unknown): Refusal {
  return new Refusal(500, "the proxy could not tell who is signed in", { cause });
}

// What is not exactly one of the two must not fall back on the cluster's own rights.
function asIdentity(identified: Identified): Identity {
  const { impersonate, token } = Object(identified) as { readonly impersonate?: unknown; readonly token?: unknown };
  if (typeof token === "string" && token !== "" && impersonate === undefined)
    return { key: `token ${createHash("sha256").update(token).digest("base64url")}`, call: { token } };
  const { user } = Object(impersonate) as { readonly user?: unknown };
  if (typeof user !== "string" || user === "" || token !== undefined)
    throw unknown(new TypeError("identify must give { impersonate: { user, … } }, { token }, or undefined for nobody"));
  return { key: `user ${JSON.stringify(impersonate)}`, call: { impersonate: impersonate as Impersonation } };
}
