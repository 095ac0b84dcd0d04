import { meetsRequirements } from "@kubewright/core";
import { badRequest } from "../exchange/refusal.ts";
import { apiVersionOf } from "../knowledge/api-version.ts";
import type { ResourceInfo, Selectable } from "../knowledge/resource-info.ts";
import { valueAt } from "../objects/draft.ts";
import { inServedVersion } from "../objects/versions.ts";
import type { ApiObject } from "../store/api-object.ts";
import { parseFieldSelector } from "./field-selector.ts";
import { parseLabelSelector } from "./label-selector.ts";

/** Which objects a call is about. */
export interface Selection {
  /** No selector at all: only then a list says how many are left. */
  readonly everything: boolean;
  /** One object at most, by its name: such a list has no pages. */
  readonly single: boolean;
  matches(object: ApiObject): boolean;
}

/**
 * What selectors choose; with a name, of one object. @throws Refusal for a selector that cannot be read, or a field that cannot be
 * selected by
 */
export function selectionOf(
  { labelSelector, fieldSelector }: { readonly labelSelector: string; readonly fieldSelector: string },
  resource: ResourceInfo,
  name?: string,
): Selection {
  const labels = parseLabelSelector(labelSelector);
  const terms = parseFieldSelector(fieldSelector);
  const fields = terms.map(({ field, value, negated }) => ({ by: selectableOf(field, resource), value, negated }));
  const named = terms.find((term) => term.field === "metadata.name" && !term.negated);
  if (name !== undefined && terms.length > 0 && named?.value !== name)
    throw badRequest("fieldSelector metadata.name doesn't match requested name");
  return {
    everything: labels.length === 0 && fields.length === 0 && name === undefined,
    single: name !== undefined || named !== undefined,
    matches: (object) =>
      (name === undefined || object.metadata.name === name) &&
      meetsRequirements(labels, object.metadata.labels) &&
      fields.every(({ by, value, negated }) => (textOf(inServedVersion(object, resource), by) === value) !== negated),
  };
}

function selectableOf(field: string, resource: ResourceInfo): Selectable {
  const { selectable } = resource;
  const found = Object.hasOwn(selectable, field) ? selectable[field] : undefined;
  if (found === undefined) throw badRequest(notSelectable(field, resource));
  return found;
}

/** What every object can be selected by. */
const always: readonly string[] = ["metadata.name", "metadata.namespace"];

/** In the words of the kind's own conversion of field labels, of which two differ. */
function notSelectable(field: string, resource: ResourceInfo): string {
  const { kind, selectable } = resource;
  if (kind === "Job") return `field label ${JSON.stringify(field)} not supported for Job`;
  if (kind === "ResourceSlice")
    return `field label not supported for ${apiVersionOf(resource)}, Kind=ResourceSlice: ${field}`;
  if (Object.keys(selectable).every((known) => always.includes(known)))
    return `${JSON.stringify(field)} is not a known field selector: only "metadata.name", "metadata.namespace"`;
  return `field label not supported: ${field}`;
}

/** What the object is compared as: the first value that is there. */
function textOf(object: ApiObject, { paths, empty }: Selectable): string {
  for (const path of paths) {
    const value = valueAt(object, path) as string | number | boolean | null | undefined;
    if (value !== undefined && value !== null && value !== "") return String(value);
  }
  return empty;
}
