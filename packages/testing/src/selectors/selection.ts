import { badRequest } from "../answers/refusal.ts";
import type { ResourceInfo } from "../knowledge/resource-info.ts";
import type { ApiObject } from "../objects/api-object.ts";
import { parseFieldSelector } from "./field-selector.ts";
import { parseLabelSelector, type LabelRequirement, meetsLabel } from "./label-selector.ts";

/** Which objects a call is about. */
export interface Selection {
  /** No selector at all: only then a list says how many are left. */
  readonly everything: boolean;
  matches(object: ApiObject): boolean;
}

/** What selectors choose. @throws Refusal for one that cannot be read, or a field that cannot be selected by */
export function selectionOf(
  { labelSelector, fieldSelector }: { readonly labelSelector: string; readonly fieldSelector: string },
  resource: ResourceInfo,
  name?: string,
): Selection {
  const labels = parseLabelSelector(labelSelector);
  const terms = parseFieldSelector(fieldSelector);
  const named = terms.find((term) => term.field === "metadata.name" && !term.negated);
  if (name !== undefined && terms.length > 0 && named?.value !== name)
    throw badRequest("fieldSelector metadata.name doesn't match requested name");
  const fields = terms.map(({ field, value, negated }) => ({ path: pathOf(field, resource), value, negated }));
  return {
    everything: labels.length === 0 && fields.length === 0 && name === undefined,
    matches: (object) =>
      (name === undefined || object.metadata.name === name) &&
      labels.every((requirement: LabelRequirement) => meetsLabel(requirement, object.metadata.labels ?? {})) &&
      fields.every(({ path, value, negated }) => (textAt(object, path) === value) !== negated),
  };
}

function pathOf(field: string, resource: ResourceInfo): readonly string[] {
  const path = Object.hasOwn(resource.selectable, field) ? resource.selectable[field] : undefined;
  if (path === undefined) throw badRequest(`field label not supported: ${field}`);
  return path.split(".");
}

/** A field as selectors see it: what is not there is empty. */
function textAt(object: unknown, path: readonly string[]): string {
  let value = object;
  for (const key of path) value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  return value === undefined || value === null ? "" : String(value as string | number | boolean);
}
