import { InputError } from "../errors/input-error.ts";
import { isPlainObject, plainObject } from "../input/plain-object.ts";
import { whatItIs } from "../input/what-it-is.ts";
import type { Group, ResourceDescriptor } from "../types/descriptor.ts";
import { asText, texts } from "./text.ts";

/** What was given to `cluster.api()` as a group. @throws InputError for anything else */
export function groupOf<C>(group: Group<C>): Group<C> {
  if (!isPlainObject(group) || !isPlainObject(group.resources)) {
    throw new InputError(
      "group",
      `it must be a group such as CoreV1, imported from kubewright/core/v1, not ${isPlainObject(group) ? "an object without resources" : whatItIs(group)}`,
    );
  }
  for (const [name, descriptor] of Object.entries(group.resources)) checkDescriptor(descriptor, `resources.${name}`);
  return group;
}

/** Refuses what does not say enough of a resource to build its paths and bodies. */
export function checkDescriptor(descriptor: unknown, field: string): void {
  const given = plainObject(descriptor, field) as Partial<ResourceDescriptor>;
  checkKind(given, field);
  needed(given.plural, `${field}.plural`);
  if (typeof given.namespaced !== "boolean")
    throw new InputError(`${field}.namespaced`, `it must be true or false, not ${whatItIs(given.namespaced)}`);
  if (given.verbs !== undefined) texts(given.verbs, `${field}.verbs`);
  if (given.subresources === undefined) return;
  const subresources = Object.entries(plainObject(given.subresources, `${field}.subresources`));
  for (const [name, value] of subresources) {
    const subresource = plainObject(value, `${field}.subresources.${name}`);
    checkKind(subresource, `${field}.subresources.${name}`);
    if (subresource["verbs"] !== undefined) texts(subresource["verbs"], `${field}.subresources.${name}.verbs`);
  }
}

function checkKind(given: Partial<Readonly<Record<string, unknown>>>, field: string): void {
  // The core group has the empty name.
  asText(given["group"], `${field}.group`);
  needed(given["version"], `${field}.version`);
  needed(given["kind"], `${field}.kind`);
}

function needed(value: unknown, field: string): void {
  if (asText(value, field) === "") throw new InputError(field, "it is empty");
}
