import { LIST_LIMIT } from "../bytes/body.ts";
import { acceptJson } from "../codec/json/asking.ts";
import { queryOf } from "../request/query.ts";
import { getRules, listRules } from "../request/rules/read-rules.ts";
import type { List } from "../types/object.ts";
import type { GetOptions, ListOptions } from "../types/options.ts";
import type { Table } from "../types/results.ts";
import { call } from "./call.ts";
import type { AnyObject } from "./any-object.ts";
import { filling, metaKind, readProposal, type Reading, requestParts, type Target } from "./target.ts";

export async function get(target: Target, name: string, options: GetOptions): Promise<AnyObject> {
  const parts = requestParts(target, { verb: "get", method: "GET", name, query: queryOf(getRules, options) });
  const { context } = target;
  const read = call(context, parts, options, context.codecs.object, readProposal(target, "get"));
  return read as Promise<unknown> as Promise<AnyObject>;
}

/** `options` come with their selectors as texts. */
export async function list(
  target: Target,
  options: ListOptions,
  { wanted, replay }: Reading = {},
): Promise<List<AnyObject>> {
  const query = queryOf(listRules, options);
  const parts = requestParts(target, { verb: "list", method: "GET", query, replay });
  const fill = filling(target);
  const { context } = target;
  return call(
    context,
    parts,
    options,
    (response, request) => context.codecs.list(response, request, (item) => fill(item as unknown as AnyObject), wanted),
    readProposal(target, "list"),
  );
}

/** `options` come with their selectors as texts. */
export async function table(target: Target, options: ListOptions): Promise<Table> {
  const query = queryOf(listRules, options);
  // Of all that a list can be shown as, only this has no form but JSON.
  const parts = requestParts(target, { verb: "list", method: "GET", query, headers: acceptJson(metaKind("Table")) });
  return call(target.context, parts, options, (response, request) =>
    target.context.codecs.object(response, request, LIST_LIMIT),
  ) as Promise<unknown> as Promise<Table>;
}
