import { badRequest } from "../exchange/refusal.ts";
import type { ResourceInfo, Selectable } from "../knowledge/resource-info.ts";
import type { ApiObject } from "../store/api-object.ts";
import { inServedVersion } from "../objects/versions.ts";
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
  const fields = terms.map(({ field, value, negated }) => ({ by: selectableOf(field, resource), value, negated }));
  return {
    everything: labels.length === 0 && fields.length === 0 && name === undefined,
    matches: (object) =>
      (name === undefined || object.metadata.name === name) &&
      labels.every((requirement: LabelRequirement) => meetsLabel(requirement, object.metadata.labels ?? {})) &&
      fields.every(({ by, value, negated }) => (textOf(inServedVersion(object, resource), by) === value) !== negated),
  };
}

function selectableOf(field: string, { selectable }: ResourceInfo): Selectable {
  const found = Object.hasOwn(selectable, field) ? selectable[field] : undefined;
  if (found === undefined) throw badRequest(`field label not supported: ${field}`);
  return found;
}

/** What the object is compared as: the first value that is there. */
function textOf(object: ApiObject, { paths, empty }: Selectable): string {
  for (const path of paths) {
    let value: unknown = object;
    for (const key of path.split(".")) value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
    if (value !== undefined && value !== null && value !== "") return String(value as string | number | boolean);
  }
  return empty;
}
