import { LIST_LIMIT } from "../codec/body.ts";
import { decodeObject } from "../codec/response.ts";
import { apiVersionOf } from "../request/path.ts";
import { queryOf } from "../request/query.ts";
import { getRules, listRules } from "../request/rules/read-rules.ts";
import { selectorTexts } from "../request/selector-texts.ts";
import { decodeList } from "../stream/list.ts";
import type { KubernetesObject, List, Stored } from "../types/object.ts";
import type { GetOptions, ListOptions } from "../types/options.ts";
import type { Table } from "../types/results.ts";
import { call } from "./call.ts";
import { accepting, requestParts, type Target } from "./target.ts";

/** Any object as the server returns it. */
export type AnyObject = Stored<KubernetesObject>;

export async function get(target: Target, name: string, options: GetOptions = {}): Promise<AnyObject> {
  const parts = requestParts(target, { verb: "get", method: "GET", name, query: queryOf(getRules, options) });
  return call(target.context, parts, options, decodeObject) as Promise<AnyObject>;
}

export async function list(target: Target, options: ListOptions = {}): Promise<List<AnyObject>> {
  const query = queryOf(listRules, await selectorTexts(options));
  const accept = target.representation === "metadata" ? accepting("PartialObjectMetadataList") : undefined;
  const parts = requestParts(target, { verb: "list", method: "GET", query, accept });
  const fill = filling(target);
  return call(target.context, parts, options, (response, request) =>
    decodeList(response, request, (item) => fill(item as AnyObject)),
  ) as Promise<List<AnyObject>>;
}

export async function table(target: Target, options: ListOptions = {}): Promise<Table> {
  const query = queryOf(listRules, await selectorTexts(options));
  const parts = requestParts(target, { verb: "list", method: "GET", query, accept: accepting("Table") });
  return call(target.context, parts, options, (response, request) =>
    decodeObject(response, request, LIST_LIMIT),
  ) as Promise<unknown> as Promise<Table>;
}

/** Gives an item of a list what lists leave out because all items share it. */
export function filling({ resource, representation }: Target): (item: AnyObject) => AnyObject {
  const apiVersion = representation === "object" ? apiVersionOf(resource) : "meta.k8s.io/v1";
  const kind = representation === "object" ? resource.kind : "PartialObjectMetadata";
  return (item) => {
    item.apiVersion ??= apiVersion;
    item.kind ??= kind;
    return item;
  };
}
