import { SpecError } from "./checks/problems.ts";
import type { ApiSource } from "./load/api-source.ts";
import type { DiscoveredGroupVersion, DiscoveredResource } from "./load/discovery.ts";
import { restrict } from "./load/restrict.ts";

/**
 * What `make` makes of the source without the group-versions and resources that it fails on, and for each what it failed with. Only
 * after a failure of the whole is each part tried for itself: first group-versions, then the resources of those that fail.
 */
export async function whatWorks<T>(
  source: ApiSource,
  make: (source: ApiSource) => Promise<T>,
): Promise<{ readonly result: T; readonly problems: readonly string[] }> {
  const failure = async (chosen: readonly DiscoveredGroupVersion[]): Promise<unknown> => {
    try {
      await make(restrict(source, chosen));
      return undefined;
    } catch (error) {
      return error;
    }
  };
  try {
    return { result: await make(source), problems: [] };
  } catch {
    // Each part says for itself what it fails with.
  }
  const problems: string[] = [];
  const working: DiscoveredGroupVersion[] = [];
  for (const one of source.groupVersions) {
    const error = await failure([one]);
    if (error === undefined) working.push(one);
    else {
      const { found, failures } = await oneByOne(one.resources, (before, more) =>
        failure([{ ...one, resources: [...before, more] }]),
      );
      problems.push(...told(one, failures, error, source));
      if (found.length > 0) working.push({ ...one, resources: found });
    }
  }
  const together =
    (await failure(working)) === undefined
      ? undefined
      : await oneByOne(working, (before, more) => failure([...before, more]));
  for (const { part, error } of together?.failures ?? []) problems.push(...lines(apiVersion(part), error));
  const found = restrict(source, together?.found ?? working);
  // Where nothing works, not even what belongs to no group-version may.
  return { result: await make(found.groupVersions.length > 0 ? found : { ...found, documents: new Map() }), problems };
}

interface Tried<P> {
  readonly found: readonly P[];
  readonly failures: readonly { readonly part: P; readonly error: unknown }[];
}

/** Adds the parts one after the other, without those that fail beside the ones before. */
async function oneByOne<P>(
  parts: readonly P[],
  failure: (before: readonly P[], more: P) => Promise<unknown>,
): Promise<Tried<P>> {
  const found: P[] = [];
  const failures: { part: P; error: unknown }[] = [];
  for (const part of parts) {
    const error = await failure(found, part);
    if (error === undefined) found.push(part);
    else failures.push({ part, error });
  }
  return { found, failures };
}

/** What all resources fail with is said once, of the group-version. */
function told(
  groupVersion: DiscoveredGroupVersion,
  failures: Tried<DiscoveredResource>["failures"],
  error: unknown,
  { places }: ApiSource,
): string[] {
  const messages = new Set(failures.map((one) => lines("", one.error).join("\n")));
  const all = failures.length === groupVersion.resources.length;
  if (failures.length === 0 || (all && messages.size === 1 && failures.length > 1))
    return lines(apiVersion(groupVersion), error);
  return failures.flatMap(({ part: { resource }, error: own }) => {
    const name = `${resource}.${groupVersion.group}`;
    const place = places.get(name);
    return lines(place === undefined ? `${resource} of ${apiVersion(groupVersion)}` : `${place}, ${name}`, own);
  });
}

function lines(what: string, error: unknown): string[] {
  const messages =
    error instanceof SpecError ? error.problems : [error instanceof Error ? error.message : String(error)];
  return messages.map((message) => `${what}: ${message}`);
}

function apiVersion({ group, version }: DiscoveredGroupVersion): string {
  return `${group === "" ? "core" : group}/${version}`;
}
