import type { ApiNumber, JsonSchema } from "../load/openapi.ts";
import { microTime } from "./special-schemas.ts";

/**
 * The documentation of a schema: its description, and below it what defaults and validation add. Where defaults are `telling`, as in
 * definitions of custom resources, each is named; else Go's zero values are not.
 */
export function describe(schema: JsonSchema, telling: boolean): string {
  return [schema.description?.trim() ?? "", facts(schema, telling).join(" "), ...rules(schema)]
    .filter((part) => part !== "")
    .join("\n\n");
}

function facts(schema: JsonSchema, telling: boolean): string[] {
  const { default: value, format, pattern, multipleOf } = schema;
  const found: string[] = [];
  if (telling ? value !== undefined && value !== null : !isZero(value)) {
    found.push(`Default: ${JSON.stringify(value)}.`);
  }
  if (pattern !== undefined) found.push(`Pattern: \`${pattern}\`.`);
  if ([schema, schema.additionalProperties].some((one) => typeof one === "object" && one.format === "byte")) {
    found.push("Base64.");
  }
  if (format === microTime) found.push("A time with six digits after the second, as `microTime()` writes it.");
  if (format === "date-time") found.push("A time in RFC 3339, as `toISOString()` writes it.");
  if (format !== undefined && tellingFormats.has(format)) found.push(`Format: ${format}.`);
  for (const [name, bounds] of ranges(schema)) if (bounds !== undefined) found.push(`${name}: ${bounds}.`);
  if (multipleOf !== undefined) found.push(`Multiple of: ${digits(multipleOf)}.`);
  return found;
}

/** Rules in CEL, as the author explains them, else as they stand. */
function rules({ "x-kubernetes-validations": validations = [] }: JsonSchema): string[] {
  return validations.flatMap(({ rule, message }) => {
    if (message !== undefined) return [`Rule: ${message}`];
    return rule === undefined ? [] : [`Rule: \`${rule}\``];
  });
}

function ranges(schema: JsonSchema): [name: string, bounds: string | undefined][] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  return [
    ["Value", range(minimum, maximum, exclusiveMinimum, exclusiveMaximum)],
    ["Length", range(schema.minLength, schema.maxLength)],
    ["Items", range(schema.minItems, schema.maxItems)],
    ["Fields", range(schema.minProperties, schema.maxProperties)],
  ];
}

/** `0 to 10`, `at least 0`, `more than 0 and less than 10`; nothing without bounds. */
function range(
  least: ApiNumber | undefined,
  most: ApiNumber | undefined,
  aboveLeast = false,
  belowMost = false,
): string | undefined {
  if (least !== undefined && most !== undefined && !aboveLeast && !belowMost)
    return `${digits(least)} to ${digits(most)}`;
  const bounds = [
    ...(least === undefined ? [] : [`${aboveLeast ? "more than" : "at least"} ${digits(least)}`]),
    ...(most === undefined ? [] : [`${belowMost ? "less than" : "at most"} ${digits(most)}`]),
  ];
  return bounds.length === 0 ? undefined : bounds.join(" and ");
}

function digits(value: ApiNumber): string {
  return JSON.stringify(value);
}

// Other formats only say how wide a number is, which TypeScript cannot hold.
const tellingFormats: ReadonlySet<string> = new Set(
  "cidr date duration email hostname ipv4 ipv6 mac password uri uuid".split(" "),
);

/** Go writes its zero value as default of every required field, which says nothing. */
function isZero(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === 0 || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0 && JSON.stringify(value) === "{}";
}
