import { answerObject } from "../answers/answer-object.ts";
import type { AnswerEncoding, Encodable } from "../answers/encoding.ts";
import { checkProduced, mediaTypes } from "../answers/negotiate.ts";
import type { ServerAnswer, ServerRequest } from "../exchange/exchange.ts";
import { jsonType } from "../exchange/media-type.ts";
import { noSuchMethod, noSuchResource } from "../exchange/refusal.ts";
import type { ServerState } from "../state/server-state.ts";
import { aggregated, aggregatedType, wantsAggregated } from "./aggregated.ts";
import { indentedAnswer, taggedAnswer, tagOf } from "./answer-document.ts";
import { coreVersions, groupDocument, groupList, resourceList } from "./classic.ts";
import { health } from "./health.ts";
import { openApiDocument, openApiIndex } from "./openapi.ts";
import { openApiV2 } from "./openapi-v2.ts";
import { rootPaths } from "./root-paths.ts";
import { groupsOf, type ServedGroup } from "./served-groups.ts";
import { version } from "./version.ts";

/** A request for a document, and what it is made of. */
interface Asked {
  readonly request: ServerRequest;
  readonly groups: readonly ServedGroup[];
  readonly encodings: readonly AnswerEncoding[];
}

type Answer = ServerAnswer | undefined | Promise<ServerAnswer | undefined>;

/**
 * What a path holds that is about no resource: discovery, OpenAPI, the version, health; undefined where there is nothing. @throws Refusal
 * for a version that a group does not have, a method that a document does not take, and one that is not accepted
 */
export function documentAt(request: ServerRequest, state: ServerState, encodings: readonly AnswerEncoding[]): Answer {
  const groups = groupsOf(state.served.resources);
  const asked: Asked = { request, groups, encodings };
  const [, root = "", ...below] = request.path.split("/");
  switch (root) {
    case "":
    case "index.html":
      return below.length === 0 ? indentedAnswer(rootPaths(groups)) : undefined;
    case "version":
      if (!isEnd(below)) return undefined;
      checkRoute(request, [jsonType]);
      return indentedAnswer(version);
    case "api":
      return apiDocument(below, asked);
    case "apis":
      return groupsDocument(below, asked);
    case "openapi":
      if (below[0] === "v2" && below.length === 1) return openApiV2(request);
      if (below[0] !== "v3") return undefined;
      return below.length === 1 ? openApiIndex(groups) : openApiDocument(request, groups, state.clock);
    default:
      return health(request.path, new URLSearchParams(request.query));
  }
}

/** `/api` and what is below it. */
function apiDocument(below: readonly string[], asked: Asked): Answer {
  const { request, encodings } = asked;
  const core = asked.groups.filter(({ name }) => name === "");
  if (!isEnd(below)) return versionDocument(core[0], below, asked);
  checkRoute(request, mediaTypes(encodings));
  const aggregating = wantsAggregated(request.headers.get("accept"), encodings);
  if (aggregating !== undefined) return aggregatedAnswer(core, aggregating, request);
  return documentAnswer(coreVersions(request.headers.get("host") ?? "kubewright.testing:443"), asked);
}

/** `/apis` and what is below it; the aggregator, which answers for groups, does not look at the method. */
function groupsDocument(below: readonly string[], asked: Asked): Answer {
  const { request, encodings } = asked;
  const others = asked.groups.filter(({ name }) => name !== "");
  if (isEnd(below)) {
    const aggregating = wantsAggregated(request.headers.get("accept"), encodings);
    if (aggregating !== undefined) return aggregatedAnswer(others, aggregating, request);
    return documentAnswer(groupList(others), asked);
  }
  const [name, ...rest] = below;
  const group = others.find((one) => one.name === name);
  if (group === undefined) return undefined;
  if (!isEnd(rest)) return versionDocument(group, rest, asked);
  if (group.name === "apiregistration.k8s.io") checkRoute(request, mediaTypes(encodings));
  return documentAnswer(groupDocument(group), asked);
}

function versionDocument(
  group: ServedGroup | undefined,
  [name, ...rest]: readonly string[],
  asked: Asked,
): Promise<ServerAnswer> {
  const found = group?.versions.find((one) => one.version === name);
  if (group === undefined || found === undefined || !isEnd(rest)) throw noSuchResource();
  checkRoute(asked.request, mediaTypes(asked.encodings));
  return documentAnswer(resourceList(group, found), asked);
}

function documentAnswer(document: object, { request, encodings }: Asked): Promise<ServerAnswer> {
  return answerObject({ status: 200, object: document as Encodable }, request, encodings);
}

async function aggregatedAnswer(
  groups: readonly ServedGroup[],
  encoding: AnswerEncoding,
  { headers }: ServerRequest,
): Promise<ServerAnswer> {
  const list = aggregated(groups);
  const writer = await encoding.writer(false);
  const document = { kind: "APIGroupDiscoveryList", apiVersion: "apidiscovery.k8s.io/v2", ...list };
  const said = { "content-type": [aggregatedType(encoding)], vary: ["Accept"], "cache-control": ["public"] };
  const tag = await tagOf(JSON.stringify(list));
  return taggedAnswer(
    { status: 200, headers: said, body: await writer.object(document) },
    tag,
    headers.get("if-none-match"),
  );
}

/** A path that ends here, with or without a slash. */
function isEnd(below: readonly string[]): boolean {
  return below.length === 0 || (below.length === 1 && below[0] === "");
}

/** @throws Refusal for a method other than GET, and where none of the media types is accepted */
function checkRoute(request: ServerRequest, types: readonly string[]): void {
  if (request.method !== "GET") throw noSuchMethod();
  checkProduced(request, types);
}
