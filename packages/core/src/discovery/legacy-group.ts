import { DecodeError } from "../errors/body-errors.ts";
import { isKubeError } from "../errors/kube-error.ts";
import { groupVersionPath } from "../request/path.ts";
import type { Verb } from "../types/descriptor.ts";
import type { ApiGroup, ApiResource, ApiVersion } from "./api-resource.ts";

/** An APIResourceList as far as it is read here. Lists that a Go server has not filled are null. */
interface ResourceList {
  readonly kind?: string;
  readonly resources?:
    | readonly {
        readonly name: string;
        readonly singularName?: string;
        readonly namespaced: boolean;
        readonly group?: string;
        readonly version?: string;
        readonly kind: string;
        readonly verbs?: readonly Verb[] | null;
        readonly shortNames?: readonly string[] | null;
        readonly categories?: readonly string[] | null;
      }[]
    | null;
}

/** The group, each version read by itself. What cannot be read spoils no other version and no other group: it is stale, and says why. */
export async function legacyGroup(
  group: string,
  versions: readonly string[],
  read: (path: string) => Promise<unknown>,
): Promise<ApiGroup> {
  const versionOf = async (version: string): Promise<ApiVersion> => {
    try {
      const document = (await read(groupVersionPath(group, version))) as ResourceList;
      return { version, stale: false, resources: resourcesOf(group, version, document) };
    } catch (cause) {
      const error = isKubeError(cause)
        ? cause
        : new DecodeError("Unexpected: discovery answered with a broken list", { cause });
      return { version, stale: true, error, resources: [] };
    }
  };
  return { name: group, versions: await Promise.all(versions.map(versionOf)) };
}

function resourcesOf(group: string, version: string, { kind, resources }: ResourceList): readonly ApiResource[] {
  if (kind !== "APIResourceList")
    throw new DecodeError(`Unexpected: discovery answered with kind ${JSON.stringify(kind ?? "")}`);
  const entries = resources ?? [];
  return entries
    .filter(({ name }) => !name.includes("/"))
    .map((entry) => ({
      group,
      version,
      plural: entry.name,
      kind: entry.kind,
      namespaced: entry.namespaced,
      verbs: entry.verbs ?? [],
      singular: entry.singularName ?? "",
      shortNames: entry.shortNames ?? [],
      categories: entry.categories ?? [],
      subresources: Object.fromEntries(
        entries
          .filter(({ name }) => name.startsWith(`${entry.name}/`))
          .map((sub) => [
            sub.name.slice(entry.name.length + 1),
            { group: sub.group || group, version: sub.version || version, kind: sub.kind, verbs: sub.verbs ?? [] },
          ]),
      ),
    }));
}
