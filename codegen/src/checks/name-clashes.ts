import { constName } from "../emit/print-descriptor.ts";
import type { GroupVersion, Schema } from "../model/model.ts";

/** A problem for each name that two things of a module would have. Types and constants may share one, as `AppsV1` does. */
export function nameClashes(
  module: string,
  schemas: readonly Schema[],
  groupVersion: GroupVersion | undefined,
): string[] {
  const types: [name: string, what: string][] = schemas.map(({ typeName, fullName }) => [
    typeName,
    `the schema ${fullName}`,
  ]);
  const constants: [name: string, what: string][] = [];
  const members: [name: string, what: string][] = [];
  for (const resource of groupVersion?.resources ?? []) {
    types.push([resource.clientName, `the client of ${resource.plural}`]);
    constants.push([constName(resource), `the resource ${resource.plural}`]);
    members.push([resource.name, `the resource ${resource.plural}`]);
  }
  if (groupVersion !== undefined) {
    types.push([groupVersion.name, "the group's client"]);
    constants.push([groupVersion.name, "the group's client"]);
  }
  // A resource has both its constant and its member from its plural.
  return [...new Set([types, constants, members].flatMap((names) => twice(module, names)))];
}

function twice(module: string, names: readonly (readonly [name: string, what: string])[]): string[] {
  const first = new Map<string, string>();
  const problems: string[] = [];
  for (const [name, what] of names) {
    const before = first.get(name);
    if (before === undefined) first.set(name, what);
    else problems.push(`The module ${module} would have two things named ${name}: ${before} and ${what}`);
  }
  return problems;
}
