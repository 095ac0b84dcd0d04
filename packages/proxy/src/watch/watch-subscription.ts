import type { WatchChanges, WatchRequest } from "@kubewright/runtime/relay";
import type { Rules } from "../guard/rules.ts";
import { readPath } from "../request/read-path.ts";
import { type Query, readQuery } from "../request/read-query.ts";
import { Refusal } from "../request/refusal.ts";
import { type ResourceTarget, targetOf } from "../request/target.ts";

/** One watch that a page asks for, read and understood. */
export interface WatchSubscription extends Pick<WatchRequest, "id" | "resourceVersion"> {
  /** The collection. */
  readonly target: ResourceTarget;
  readonly labelSelector: string | undefined;
  readonly fieldSelector: string | undefined;
  readonly metadataOnly: boolean;
}

/** What a page asks for beside a stream. */
export interface SubscriptionChanges {
  readonly add: readonly WatchSubscription[];
  readonly remove: readonly string[];
}

/** The watches of a new stream. @throws Refusal 400 that names the field */
export function readSubscriptions(body: Uint8Array | undefined): readonly WatchSubscription[] {
  return subscriptionsOf(parsed(body), "");
}

/** Changes of a stream. @throws Refusal 400 that names the field */
export function readChanges(body: Uint8Array | undefined): SubscriptionChanges {
  const { add = [], remove = [] } = fieldsOf<WatchChanges>(parsed(body), "the body", ["add", "remove"]);
  return {
    add: subscriptionsOf(add, "add"),
    remove: listOf(remove, "remove").map((id, at) => idOf(id, `remove[${at}]`)),
  };
}

/** Passes a collection by every rule of a request for its list and its watch. @throws Refusal */
export function checkTarget(rules: Rules, target: ResourceTarget): void {
  for (const verb of ["list", "watch"] as const) rules.checkResource({ ...target, verb });
}

function subscriptionsOf(value: unknown, field: string): readonly WatchSubscription[] {
  const subscriptions = listOf(value, field === "" ? "the body" : field).map((one, at) =>
    subscriptionOf(one, `${field}[${at}]`),
  );
  const ids = new Set<string>();
  const twice = subscriptions.findIndex(({ id }) => ids.size === ids.add(id).size);
  if (twice >= 0) throw wrong(`${field}[${twice}].id`, "another watch of the request has it too");
  return subscriptions;
}

function subscriptionOf(value: unknown, field: string): WatchSubscription {
  const known = ["id", "path", "query", "resourceVersion", "metadataOnly"] as const;
  const { id, path, query, resourceVersion, metadataOnly = false } = fieldsOf<WatchRequest>(value, field, known);
  if (typeof metadataOnly !== "boolean") throw wrong(`${field}.metadataOnly`, "it must be true or false");
  const target = named(`${field}.path`, () => collectionOf(textOf(path, `${field}.path`)));
  const selectors = named(`${field}.query`, () => readQuery(textOf(query, `${field}.query`)));
  for (const name of Object.keys(selectors))
    if (name !== "labelSelector" && name !== "fieldSelector")
      throw wrong(`${field}.query`, "it may hold labelSelector and fieldSelector, and nothing else");
  return {
    id: idOf(id, `${field}.id`),
    target,
    labelSelector: selectorOf(selectors, "labelSelector", `${field}.query`),
    fieldSelector: selectorOf(selectors, "fieldSelector", `${field}.query`),
    resourceVersion: resourceVersion === undefined ? undefined : versionOf(resourceVersion, `${field}.resourceVersion`),
    metadataOnly,
  };
}

function versionOf(value: unknown, field: string): string {
  const version = textOf(value, field);
  if (!/^[!-~]{1,128}$/.test(version)) throw wrong(field, "it must be a version that an event told");
  return version;
}

function collectionOf(path: string): ResourceTarget {
  const target = targetOf("GET", readPath(path), {});
  if (target === undefined || target.verb !== "list" || target.subresource !== undefined)
    throw new Refusal(400, "it must be the path of a collection, such as /api/v1/namespaces/shop/pods");
  return target;
}

function selectorOf(query: Query, name: string, field: string): string | undefined {
  const [value, ...more] = query[name] ?? [];
  if (more.length > 0) throw wrong(field, `${name} is given twice`);
  return value === "" ? undefined : value;
}

function parsed(body: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch (cause) {
    throw new Refusal(400, "the body must be JSON in UTF-8", { cause });
  }
}

function fieldsOf<T extends object>(
  value: unknown,
  field: string,
  known: readonly (keyof T & string)[],
): { readonly [K in keyof T]?: unknown } {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw wrong(field, `it must be an object with ${known.join(", ")}`);
  const unknown = Object.keys(value).find((name) => !(known as readonly string[]).includes(name));
  if (unknown !== undefined) throw wrong(field, `it may hold ${known.join(", ")}, and nothing else`);
  return value;
}

function listOf(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(field, "it must be a list");
  return value;
}

function idOf(value: unknown, field: string): string {
  const id = textOf(value, field);
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id))
    throw wrong(field, "it must be 1 to 64 letters, digits, hyphens or underscores");
  return id;
}

function textOf(value: unknown, field: string): string {
  if (typeof value !== "string") throw wrong(field, "it must be text");
  return value;
}

function named<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Refusal) || error.message.startsWith(`${field}: `)) throw error;
    throw new Refusal(error.code, `${field}: ${error.message}`, { cause: error });
  }
}

function wrong(field: string, problem: string): Refusal {
  return new Refusal(400, `${field}: ${problem}`);
}
