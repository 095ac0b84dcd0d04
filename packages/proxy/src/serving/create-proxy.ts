import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { shownAs, sourceOf } from "@kubewright/core";
import { checkBody, checkMessage } from "../guard/check-message.ts";
import { identityOf } from "../guard/identity.ts";
import { readOnly } from "../guard/proxy-rule.ts";
import { readHeaders } from "../guard/request-headers.ts";
import { createRules } from "../guard/rules.ts";
import { checkSameSite, type Entrance } from "../guard/same-site.ts";
import { readPath, writePath } from "../request/read-path.ts";
import { readQuery } from "../request/read-query.ts";
import { Refusal } from "../request/refusal.ts";
import { targetOf } from "../request/target.ts";
import { answerRefusal } from "./answer.ts";
import { failureOf } from "./failure-of.ts";
import { passOn } from "./pass-on.ts";
import type { ProxyOptions } from "./proxy-options.ts";
import { discardBody, readBody } from "./read-body.ts";

/** A handler of requests, for `node:http`, Express, Fastify and Hono. */
export interface Proxy {
  (request: IncomingMessage, response: ServerResponse): void;
  /** Takes what `node:http` tells by `upgrade`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Uint8Array): void;
  /** Ends every stream, and takes no more. The cluster stays open. */
  close(): Promise<void>;
}

/** Makes a relay between pages and a cluster. @throws InputError for a wrong option */
export function createProxy(options: ProxyOptions): Proxy {
  const { cluster, prefix = "/k8s", hosts, origins, allow = readOnly, identify } = options;
  const { clock } = sourceOf(
    cluster.resource({ group: "", version: "v1", plural: "namespaces", kind: "Namespace", namespaced: false }),
  ).connection;
  const rules = createRules(allow);
  const below = prefix === "" ? [] : readPath(prefix);

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = readHeaders(request.rawHeaders);
    const method = checkMessage(request.method, headers);
    checkSameSite({ hosts, origins }, entranceOf(request), method, headers);
    const [path = "", search = ""] = urlOf(request).split(/\?(.*)/s, 2);
    const segments = segmentsBelow(below, readPath(path));
    const query = readQuery(search);
    const target = targetOf(method, segments, query);
    if (target === undefined) rules.checkPath(method, segments);
    else rules.checkResource(target);
    checkBody(method, headers);
    const identity = await identityOf(identify, request);
    const body = await readBody(request, clock, { bytes: 3 * 1024 * 1024, ms: 30_000 });
    const sent: Record<string, string> = {};
    for (const name of ["accept", "content-type"]) {
      const value = headers.get(name);
      if (value !== undefined) sent[name] = value;
    }
    await passOn(
      cluster,
      { method, path: writePath(segments), query, headers: sent, body, ...identity.call },
      response,
    );
  };

  const proxy = (request: IncomingMessage, response: ServerResponse): void => {
    serve(request, response).catch((error: unknown) => {
      answerRefusal(response, error instanceof Refusal ? error : failureOf(error));
      discardBody(request, clock);
    });
  };
  return shownAs(
    Object.assign(proxy, {
      upgrade: (_request: IncomingMessage, socket: Duplex) => void socket.destroy(),
      close: async () => {},
    }),
    "Proxy",
    () => ({ prefix }),
  );
}

/** Frameworks that mount a handler below a path keep the whole of it here. */
function urlOf(request: IncomingMessage & { readonly originalUrl?: string }): string {
  return request.originalUrl ?? request.url ?? "";
}

function entranceOf({ socket }: IncomingMessage): Entrance {
  return { port: socket.localPort, encrypted: "encrypted" in socket };
}

/** What of a path is the API server's. */
function segmentsBelow(prefix: readonly string[], segments: readonly string[]): readonly string[] {
  if (prefix.some((segment, at) => segments[at] !== segment))
    throw new Refusal(404, `paths begin with ${writePath(prefix)} here`);
  const rest = segments.slice(prefix.length);
  if (rest.length === 0) throw new Refusal(404, "the path ends where the API server's begins; name what is asked for");
  return rest;
}
