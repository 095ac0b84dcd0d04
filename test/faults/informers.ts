import type { Interceptor, KubernetesObject } from "@kubewright/core";
import type { Informer, InformerEvent } from "kubewright";

import { eventually } from "../support/eventually.ts";

type AnyObject = { readonly metadata: { readonly name: string; readonly namespace?: string; readonly uid: string } };
type AnyInformer = Pick<Informer<KubernetesObject>, "list" | "subscribe">;

/** What one subscription was told. */
export interface Told {
  readonly events: readonly InformerEvent<AnyObject>[];
  /** The objects by key, as they come of the events alone. */
  readonly objects: ReadonlyMap<string, AnyObject>;
  /** What is wrong with events in the light of those before. */
  readonly wrong: readonly string[];
  /** Resolves when the subscription has ended. */
  readonly ended: Promise<void>;
}

/** Subscribes, and holds each event against those before. */
export function listenTo(cache: AnyInformer): Told {
  const events: InformerEvent<AnyObject>[] = [];
  const objects = new Map<string, AnyObject>();
  const wrong: string[] = [];
  const take = (event: InformerEvent<AnyObject>): void => {
    events.push(event);
    const { type, object, previous } = event;
    const key = keyOf(object);
    const seen = objects.get(key);
    const complain = (what: string): void => void wrong.push(`${type} ${versionOf(object)} ${what}`);
    if (previous !== seen) complain(`has ${versionOf(previous)} before it, not ${versionOf(seen)}`);
    if (seen !== undefined && seen.metadata.uid !== object.metadata.uid) complain(`is not ${versionOf(seen)}`);
    if (type === "updated" && versionOf(seen) === versionOf(object)) complain("was told already");
    if (type === "deleted") objects.delete(key);
    else objects.set(key, object);
  };
  const ended = (async () => {
    for await (const event of cache.subscribe()) take(event as InformerEvent<AnyObject>);
  })();
  return { events, objects, wrong, ended };
}

/** In what objects differ from those of a fresh list, each with all its fields but `managedFields`, which informers leave out. */
export function differences(objects: Iterable<unknown>, fresh: readonly unknown[]): readonly string[] {
  const here = byKey(objects);
  const there = byKey(fresh);
  return [...new Set([...here.keys(), ...there.keys()])].flatMap((key) => {
    const [ours, theirs] = [here.get(key), there.get(key)];
    if (ours === undefined || theirs === undefined) return [`${key}: ${versionOf(ours)}, not ${versionOf(theirs)}`];
    return contentOf(ours) === contentOf(theirs) ? [] : [`${key}: ${contentOf(ours)}, not ${contentOf(theirs)}`];
  });
}

/** Waits until an informer's objects are those that the server has. */
export async function untilEqual(
  cache: { list(): readonly unknown[] },
  direct: { list(): Promise<{ readonly items: readonly unknown[] }> },
): Promise<void> {
  let different: readonly string[] = [];
  try {
    await eventually(async () => {
      different = differences(cache.list(), (await direct.list()).items);
      return different.length === 0 || undefined;
    }, "the cache is equal to the server");
  } catch (error) {
    throw new Error(different.slice(0, 5).join("\n"), { cause: error });
  }
}

/** A list or a watch that a server answered. */
export interface Read {
  /** `watch` or `list` and what version from; `watch with list`, where a watch was to begin with the collection. */
  readonly what: string;
  readonly labelSelector: string | null;
  /** When it was asked for. */
  readonly at: number;
}

/** Records the lists and watches that are answered. Left out are the lists of one object that ask for the server's version. */
export function recordReads(): { readonly reads: Read[]; readonly interceptor: Interceptor } {
  const reads: Read[] = [];
  const interceptor: Interceptor = (next) => async (request) => {
    const at = performance.now();
    const response = await next(request);
    const query = new URLSearchParams(request.query);
    const verb = query.has("watch") ? "watch" : request.verb;
    const from = query.get("resourceVersion") ?? "newest";
    const what = query.get("sendInitialEvents") === "true" ? "watch with list" : `${verb} ${from}`;
    if (query.get("limit") !== "1") reads.push({ what, labelSelector: query.get("labelSelector"), at });
    return response;
  };
  return { reads, interceptor };
}

export function whatOf(reads: readonly Read[]): readonly string[] {
  return reads.map(({ what }) => what);
}

function byKey(objects: Iterable<unknown>): ReadonlyMap<string, AnyObject> {
  return new Map([...(objects as Iterable<AnyObject>)].map((object) => [keyOf(object), object]));
}

function keyOf({ metadata: { namespace = "", name } }: AnyObject): string {
  return `${namespace}/${name}`;
}

function versionOf(object: AnyObject | undefined): string {
  if (object === undefined) return "nothing";
  const { uid, resourceVersion } = object.metadata as AnyObject["metadata"] & { readonly resourceVersion: string };
  return `${keyOf(object)} ${uid} ${resourceVersion}`;
}

/** Without the order of fields. */
function contentOf(object: AnyObject): string {
  return JSON.stringify(object, (field, value: unknown) => {
    if (field === "managedFields") return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
