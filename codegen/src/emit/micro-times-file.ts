import { SpecError } from "../checks/problems.ts";
import { refName, type JsonSchema } from "../load/openapi.ts";
import type { Model } from "../model/model.ts";
import { microTime } from "../model/special-schemas.ts";
import { header } from "./print-module.ts";

/** For core, which checks such times before it sends them: where the kinds of Kubernetes hold a MicroTime. */
export function microTimesFile(model: Model, origin: string): string {
  const lines: string[] = [];
  for (const { fullName, json, served } of model.schemas.values()) {
    if (served === undefined) continue;
    const paths = [...pathsIn(json, [], model, [fullName])];
    if (paths.length === 0) continue;
    const { apiVersion, kind } = json.properties ?? {};
    lines.push(`  ${JSON.stringify(`${apiVersion?.const} ${kind?.const}`)}: ${JSON.stringify(paths)},\n`);
  }
  return [
    header(origin),
    "/** The paths of the fields that hold a MicroTime, by `apiVersion kind`. */",
    `export const microTimes: Readonly<Record<string, readonly (readonly string[])[]>> = {\n${lines.toSorted().join("")}};\n`,
  ].join("\n");
}

function* pathsIn(
  schema: JsonSchema,
  path: readonly string[],
  model: Model,
  within: readonly string[],
): Iterable<readonly string[]> {
  if (schema.format === microTime) yield path;
  for (const { $ref } of [schema, ...(schema.allOf ?? [])]) {
    const name = $ref === undefined ? undefined : refName($ref);
    const next = name === undefined || within.includes(name) ? undefined : model.schemas.get(name);
    if (next !== undefined) yield* pathsIn(next.json, path, model, [...within, next.fullName]);
  }
  for (const [key, child] of Object.entries(schema.properties ?? {})) {
    yield* pathsIn(child, [...path, key], model, within);
  }
  for (const child of [schema.items, schema.additionalProperties]) {
    // The check walks along names alone; it has to learn about lists and maps before there is such a field.
    if (typeof child === "object" && !pathsIn(child, path, model, within)[Symbol.iterator]().next().done) {
      throw new SpecError([
        `${within[0]} holds a MicroTime within ${path.join(".")}, a list or map, which the check of times does not know`,
      ]);
    }
  }
}
