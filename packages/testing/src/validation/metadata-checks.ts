import type { ResourceInfo, SubresourceInfo } from "../knowledge/resource-info.ts";

/** `whole`: all that new metadata is checked for (ValidateObjectMeta); `change`: what may not change (ValidateObjectMetaUpdate). */
type MetadataCheck = "whole" | "change";

const once: readonly MetadataCheck[] = ["change"];

/** By group, plural and subresource, resources whose own validation of a change looks at metadata in another way than once at the change. */
const checks: Readonly<Record<string, readonly MetadataCheck[]>> = {};

/** How the validation of a change looks at metadata, after the server has done so itself. */
export function metadataChecksOf(
  { group, plural }: ResourceInfo,
  subresource?: SubresourceInfo,
): readonly MetadataCheck[] {
  const key = `${group}/${plural}${subresource === undefined ? "" : `/${subresource.name}`}`;
  return Object.hasOwn(checks, key) ? checks[key]! : once;
}
