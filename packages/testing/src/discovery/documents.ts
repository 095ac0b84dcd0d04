import type { ServerAnswer, ServerRequest } from "../exchange/exchange.ts";
import { noSuchMethod, noSuchResource } from "../exchange/refusal.ts";
import type { ServerState } from "../state/server-state.ts";
import { aggregated, aggregatedType, wantsAggregated } from "./aggregated.ts";
import { indentedAnswer, jsonAnswer, taggedAnswer, tagOf } from "./answer-document.ts";
import { coreVersions, groupDocument, groupList, resourceList } from "./classic.ts";
import { health } from "./health.ts";
import { openApiDocument, openApiIndex } from "./openapi.ts";
import { rootPaths } from "./root-paths.ts";
import { groupsOf, type ServedGroup } from "./served-groups.ts";
import { version } from "./version.ts";

/**
 * What a path holds that is about no resource: discovery, OpenAPI, the version, health; undefined where there is nothing. @throws Refusal
 * for a version that a group does not have, and a method that a document does not take
 */
export async function documentAt(request: ServerRequest, state: ServerState): Promise<ServerAnswer | undefined> {
  const groups = groupsOf(state.served.resources);
  const [, root = "", ...below] = request.path.split("/");
  switch (root) {
    case "":
    case "index.html":
      return below.length === 0 ? indentedAnswer(rootPaths(groups)) : undefined;
    case "version":
      if (!isEnd(below)) return undefined;
      onlyRead(request);
      return indentedAnswer(version);
    case "api":
      return apiDocument(below, groups, request);
    case "apis":
      return groupsDocument(below, groups, request);
    case "openapi":
      if (below[0] !== "v3") return undefined;
      return below.length === 1 ? openApiIndex(groups) : openApiDocument(request, groups, state.clock);
    default:
      return health(request.path, new URLSearchParams(request.query));
  }
}

/** `/api` and what is below it. */
async function apiDocument(
  below: readonly string[],
  groups: readonly ServedGroup[],
  request: ServerRequest,
): Promise<ServerAnswer | undefined> {
  const core = groups.filter(({ name }) => name === "");
  const address = request.headers.get("host") ?? "kubewright.testing:443";
  if (!isEnd(below)) return versionDocument(core[0], below, request);
  onlyRead(request);
  return wantsAggregated(request.headers.get("accept"))
    ? aggregatedAnswer(core, request)
    : jsonAnswer(coreVersions(address));
}

/** `/apis` and what is below it; the aggregator, which answers for groups, does not look at the method. */
async function groupsDocument(
  below: readonly string[],
  groups: readonly ServedGroup[],
  request: ServerRequest,
): Promise<ServerAnswer | undefined> {
  const others = groups.filter(({ name }) => name !== "");
  if (isEnd(below))
    return wantsAggregated(request.headers.get("accept"))
      ? aggregatedAnswer(others, request)
      : jsonAnswer(groupList(others));
  const [name, ...rest] = below;
  const group = others.find((one) => one.name === name);
  if (group === undefined) return undefined;
  if (!isEnd(rest)) return versionDocument(group, rest, request);
  if (group.name === "apiregistration.k8s.io") onlyRead(request);
  return jsonAnswer(groupDocument(group));
}

function versionDocument(
  group: ServedGroup | undefined,
  [name, ...rest]: readonly string[],
  request: ServerRequest,
): ServerAnswer {
  const found = group?.versions.find((one) => one.version === name);
  if (group === undefined || found === undefined || !isEnd(rest)) throw noSuchResource();
  onlyRead(request);
  return jsonAnswer(resourceList(group, found));
}

async function aggregatedAnswer(groups: readonly ServedGroup[], { headers }: ServerRequest): Promise<ServerAnswer> {
  const list = aggregated(groups);
  const document = { kind: "APIGroupDiscoveryList", apiVersion: "apidiscovery.k8s.io/v2", ...list };
  const said = { "content-type": [aggregatedType], vary: ["Accept"], "cache-control": ["public"] };
  const tag = await tagOf(JSON.stringify(list));
  return taggedAnswer(jsonAnswer(document, said), tag, headers.get("if-none-match"));
}

/** A path that ends here, with or without a slash. */
function isEnd(below: readonly string[]): boolean {
  return below.length === 0 || (below.length === 1 && below[0] === "");
}

/** @throws Refusal for a method other than GET */
function onlyRead({ method }: ServerRequest): void {
  if (method !== "GET") throw noSuchMethod();
}
