import type { Clock } from "@kubewright/core";
import type { ServerAnswer, ServerRequest } from "../exchange/exchange.ts";
import { jsonType } from "../exchange/media-type.ts";
import { tags } from "../gen/openapi-tags.ts";
import { taggedAnswer, textAnswer } from "./answer-document.ts";
import { type OpenApiDocuments, unpackOpenApi } from "./openapi-documents.ts";
import type { ServedGroup } from "./served-groups.ts";

// As k8s.io/kube-openapi pkg/handler3 and k8s.io/kube-aggregator pkg/controllers/openapiv3 do it.

const base = "/openapi/v3";

/** Where the documents of what is served are. */
export function openApiIndex(groups: readonly ServedGroup[]): ServerAnswer {
  const served = Object.keys(tags).filter((path) => isServed(path, groups));
  const paths = Object.fromEntries(served.map((path) => [path, { serverRelativeURL: urlOf(path) }]));
  return textAnswer(JSON.stringify({ paths }));
}

// Unpacked once for all servers: it is the same text.
let documents: Promise<OpenApiDocuments> | undefined;

/** One of them, where there is one. */
export async function openApiDocument(
  request: ServerRequest,
  groups: readonly ServedGroup[],
  clock: Clock,
): Promise<ServerAnswer> {
  const path = request.path.slice(`${base}/`.length);
  if (!Object.hasOwn(tags, path) || !isServed(path, groups)) return { status: 404, headers: {}, body: nothing };
  const vary = { vary: ["Accept"] };
  if (!takesJson(request.headers.get("accept"))) return { status: 406, headers: vary, body: nothing };
  const headers = { ...vary, "content-type": [jsonType] };
  const tag = tags[path]!;
  const hash = new URLSearchParams(request.query).get("hash") ?? "";
  if (hash !== "" && hash !== tag) {
    return {
      status: 301,
      headers: { ...headers, etag: [JSON.stringify(tag)], location: [urlOf(path)] },
      body: nothing,
    };
  }
  documents ??= unpackOpenApi();
  const body = new TextEncoder().encode(JSON.stringify((await documents)[path]));
  const kept: Readonly<Record<string, readonly string[]>> =
    hash === "" ? {} : { "cache-control": ["public, immutable"], expires: [inAYear(clock)] };
  return taggedAnswer(
    { status: 200, headers: { ...headers, ...kept }, body },
    tag,
    request.headers.get("if-none-match"),
  );
}

const nothing = new Uint8Array();

/** Whoever follows it with this hash may keep what it gets. */
function urlOf(path: string): string {
  return `${base}/${path}?hash=${tags[path]}`;
}

/** The document of a group or a version of it goes with that, any other is always there. */
function isServed(path: string, groups: readonly ServedGroup[]): boolean {
  const [root, name, version] = path.split("/");
  if (root !== "apis" || name === undefined) return true;
  const group = groups.find((one) => one.name === name);
  return group !== undefined && (version === undefined || group.versions.some((one) => one.version === version));
}

/** It gives documents in protobuf too, which nothing here can write. */
function takesJson(accept = "*/*"): boolean {
  const types = accept.split(",").map((type) => type.split(";")[0]!.trim());
  return [jsonType, "application/*", "*/*", ""].some((type) => types.includes(type));
}

function inAYear(clock: Clock): string {
  const date = new Date(clock.wallNow());
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.toUTCString().replace("GMT", "UTC");
}
