import { InputError } from "../errors/input-error.ts";
import { nearest } from "../input/nearest.ts";
import { apiVersionOf } from "../request/path.ts";
import { plainObject } from "../input/plain-object.ts";
import { asText } from "../request/text.ts";
import type { CallOptions } from "../types/options.ts";
import type { ApiGroup, ApiResource } from "./api-resource.ts";
import { freshFirst } from "./fresh-first.ts";
import type { Discovery } from "./discovery.ts";

/** A kind by its group-version, or a resource by any name that kubectl takes. */
export type ResourceQuery = string | { readonly apiVersion: string; readonly kind: string };

/**
 * The resource that a query means. Text is read as `kubectl get` reads it: plural, singular, short name or kind, in any case,
 * perhaps with `.group`, the beginning of a group, or `.version.group` behind; the first group that knows it wins. When nothing
 * fits, discovery is read once more.
 */
export async function findResource(
  discovery: Discovery,
  query: ResourceQuery,
  options?: Pick<CallOptions, "signal">,
): Promise<ApiResource> {
  const search = typeof query === "string" ? byName(query) : byKind(plainObject(query, "query") as typeof query);
  const found = search(await discovery.groups(options));
  if (found !== undefined) return found;
  discovery.refresh();
  const groups = await discovery.groups(options);
  const foundLater = search(groups);
  if (foundLater !== undefined) return foundLater;
  throw notServed(query, groups);
}

function byKind({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }) {
  asText(apiVersion, "apiVersion");
  asText(kind, "kind");
  return (groups: readonly ApiGroup[]): ApiResource | undefined =>
    allResources(groups).find((resource) => resource.kind === kind && apiVersionOf(resource) === apiVersion);
}

function byName(query: string) {
  const [name = "", ...rest] = query.toLowerCase().split(".");
  const suffix = rest.join(".");
  // A plural beats the other names, as in client-go's RESTMapper; short names come last, as in its shortcut expander.
  const named = (resources: readonly ApiResource[]): ApiResource | undefined =>
    resources.find(({ plural }) => plural === name) ??
    resources.find(({ singular, kind }) => singular === name || kind.toLowerCase() === name) ??
    resources.find(({ shortNames }) => shortNames.includes(name));
  return (groups: readonly ApiGroup[]): ApiResource | undefined => {
    const resources = allResources(groups);
    if (suffix === "") return named(resources);
    const exact = resources.filter(
      ({ group, version }) =>
        suffix === group || suffix === `${version}.${group}` || (group === "" && suffix === version),
    );
    return named(exact) ?? named(resources.filter(({ group }) => group.startsWith(suffix)));
  };
}

function allResources(groups: readonly ApiGroup[]): ApiResource[] {
  return freshFirst(groups.flatMap(({ versions }) => versions)).flatMap(({ resources }) => resources);
}

function whyUnknown(error: unknown): string {
  return error instanceof Error ? error.message : "the server has no answer from there";
}

function notServed(query: ResourceQuery, groups: readonly ApiGroup[]): InputError {
  const resources = allResources(groups);
  const unknown = groups.flatMap(({ name, versions }) =>
    versions
      .filter(({ stale }) => stale)
      .map(({ version, error }) => ({ apiVersion: apiVersionOf({ group: name, version }), error })),
  );
  const missing = (field: string, what: string, fix: string): InputError => {
    const list = unknown.map(({ apiVersion, error }) => `${apiVersion} (${whyUnknown(error)})`).join(", ");
    const unsure = list && `. Not known is what these would have: ${list}`;
    return new InputError(field, `the server has no ${what}${fix}${unsure}`, {
      cause: unknown.find(({ error }) => error !== undefined)?.error,
    });
  };
  const didYouMean = (word: string, words: readonly string[]): string => {
    const close = nearest(word, [...new Set(words)]);
    return close === undefined ? "" : `; did you mean ${close}?`;
  };
  if (typeof query === "string") {
    const names = resources.flatMap(({ plural, singular, shortNames }) => [plural, singular, ...shortNames]);
    return missing("resource", JSON.stringify(query), didYouMean(query, names));
  }
  const { apiVersion, kind } = query;
  const what = `${kind} in ${apiVersion}`;
  const elsewhere = resources.filter((resource) => resource.kind === kind).map(apiVersionOf);
  if (elsewhere.length > 0) return missing("apiVersion", what, `; it has it in ${elsewhere.join(", ")}`);
  return missing(
    "kind",
    what,
    didYouMean(
      kind,
      resources.map((resource) => resource.kind),
    ),
  );
}
