import { LIST_LIMIT } from "../bytes/body.ts";
import { decodeObject } from "../codec/response.ts";
import { queryOf } from "../request/query.ts";
import { getRules, listRules } from "../request/rules/read-rules.ts";
import { decodeList } from "../codec/json/list.ts";
import type { List } from "../types/object.ts";
import type { GetOptions, ListOptions } from "../types/options.ts";
import type { Table } from "../types/results.ts";
import { call } from "./call.ts";
import { type AnyObject, accepting, filling, requestParts, type Target } from "./target.ts";

export async function get(target: Target, name: string, options: GetOptions = {}): Promise<AnyObject> {
  const parts = requestParts(target, { verb: "get", method: "GET", name, query: queryOf(getRules, options) });
  return call(target.context, parts, options, decodeObject) as Promise<AnyObject>;
}

/** `options` come with their selectors as texts. */
export async function list(target: Target, options: ListOptions): Promise<List<AnyObject>> {
  const query = queryOf(listRules, options);
  const parts = requestParts(target, { verb: "list", method: "GET", query });
  const fill = filling(target);
  return call(target.context, parts, options, (response, request) => decodeList(response, request, fill));
}

/** `options` come with their selectors as texts. */
export async function table(target: Target, options: ListOptions): Promise<Table> {
  const query = queryOf(listRules, options);
  const parts = requestParts(target, { verb: "list", method: "GET", query, accept: accepting("Table") });
  return call(target.context, parts, options, (response, request) =>
    decodeObject(response, request, LIST_LIMIT),
  ) as Promise<unknown> as Promise<Table>;
}
