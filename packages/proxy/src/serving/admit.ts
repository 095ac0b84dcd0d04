import type { IncomingMessage } from "node:http";
import type { UpgradeOffer } from "@kubewright/node/websocket";
import { watchPath } from "@kubewright/runtime/relay";
import { checkBody, checkMessage } from "../guard/check-message.ts";
import { readHeaders, type RequestHeaders } from "../guard/request-headers.ts";
import { entranceOf, urlOf } from "../guard/request-url.ts";
import { checkSameSite, checkUpgrade } from "../guard/same-site.ts";
import { readPath, writePath } from "../request/read-path.ts";
import { isSet, type Query, readQuery } from "../request/read-query.ts";
import { Refusal } from "../request/refusal.ts";
import { isConnect, type Method, targetOf } from "../request/target.ts";
import type { Settings } from "./settings.ts";

/** A request that may come in, whoever sends it. */
export type Admitted = ToApiServer | ToStreams;

/** For the API server. */
export interface ToApiServer {
  readonly to: "api server";
  readonly method: Method;
  /** Encoded anew, without the prefix. */
  readonly path: string;
  readonly query: Query;
  /** The headers that go on. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the answer may go on for hours. */
  readonly streaming: boolean;
}

/** For the shared watches. */
export interface ToStreams {
  readonly to: "streams";
  /** The stream that is changed; undefined for a new one. */
  readonly stream: string | undefined;
}

type Guards = Pick<Settings, "names" | "prefix" | "rules">;

/** Checks all that can be told of a request by its head. @throws Refusal */
export function admit(guards: Guards, request: IncomingMessage): Admitted {
  const headers = readHeaders(request.rawHeaders);
  const method = checkMessage(request.method, headers);
  if (headers.has("upgrade")) throw new Refusal(400, "the header upgrade is not relayed here; leave it out");
  checkSameSite(guards.names, entranceOf(request), method, headers);
  const { segments, query } = placeOf(guards, request);
  const [first, stream, ...rest] = segments;
  if (`/${first}` !== watchPath) {
    checkBody(method, headers);
    return toApiServer(guards, method, segments, query, headers);
  }
  if (rest.length > 0) throw new Refusal(404, "there is nothing below a stream");
  if (method !== "POST") throw new Refusal(405, `${watchPath} takes POST`);
  checkBody(method, headers, ["application/json"]);
  return { to: "streams", stream };
}

/** An upgrade that may come in, whoever asks for it. */
export interface AdmittedUpgrade extends Pick<ToApiServer, "path" | "query"> {
  /** What the page offers. */
  readonly offer: UpgradeOffer;
}

/** The same of an upgrade, which can only lead to what is connected to: streams of pods, and programs behind the API server. @throws Refusal */
export async function admitUpgrade(guards: Guards, request: IncomingMessage): Promise<AdmittedUpgrade> {
  const headers = readHeaders(request.rawHeaders);
  const method = checkMessage(request.method, headers);
  checkUpgrade(guards.names, entranceOf(request), headers);
  if (method !== "GET") throw new Refusal(405, "an upgrade is asked for by GET");
  if (/\bbearer\b/i.test(headers.get("sec-websocket-protocol") ?? ""))
    throw new Refusal(
      403,
      "a bearer token among the subprotocols is not relayed: as whom a page acts, the proxy decides",
    );
  checkBody(method, headers);
  const { segments, query } = placeOf(guards, request);
  const { path } = toApiServer(guards, method, segments, query, headers);
  if (!isConnect(targetOf(method, segments, query)))
    throw new Refusal(400, "an upgrade must lead to what is connected to, such as exec, attach, portforward or proxy");
  const { readUpgrade } = await import("@kubewright/node/websocket");
  try {
    return { path, query, offer: readUpgrade((name) => headers.get(name)) };
  } catch (cause) {
    throw new Refusal(400, `it is no upgrade to WebSocket: ${(cause as Error).message}`, { cause });
  }
}

/** What is asked for below the prefix. */
function placeOf(
  { prefix }: Guards,
  request: IncomingMessage,
): { readonly segments: readonly string[]; readonly query: Query } {
  const { path, query } = urlOf(request);
  const segments = readPath(path);
  if (prefix.some((segment, at) => segments[at] !== segment) || segments.length === prefix.length)
    throw new Refusal(404, `there is nothing; what is relayed lies below ${writePath(prefix)}/`);
  return { segments: segments.slice(prefix.length), query: readQuery(query) };
}

function toApiServer(
  { rules }: Guards,
  method: Method,
  segments: readonly string[],
  query: Query,
  headers: RequestHeaders,
): ToApiServer {
  const target = targetOf(method, segments, query);
  if (target === undefined) rules.checkPath(method, segments);
  else rules.checkResource(target);
  const streaming = target?.verb === "watch" || (target?.subresource === "log" && isSet(query, "follow"));
  return { to: "api server", method, path: writePath(segments), query, headers: passedOn(headers), streaming };
}

/** Of a request's headers, what goes on to the API server: what is asked for, and what the body is. */
const passed = ["accept", "content-type"] as const;

function passedOn(headers: RequestHeaders): Readonly<Record<string, string>> {
  const sent: Record<string, string> = {};
  for (const name of passed) {
    const value = headers.get(name);
    if (value === undefined) continue;
    if (!/^[ -~]*$/.test(value)) throw new Refusal(400, `the header ${name} holds a character that no media type has`);
    sent[name] = value;
  }
  return sent;
}
