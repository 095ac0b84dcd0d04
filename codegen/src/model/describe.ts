import type { JsonSchema } from "../load/openapi.ts";
import { microTime } from "./special-schemas.ts";

/** The documentation of a schema: its description, and below it what defaults and validation add. */
export function describe(schema: JsonSchema): string {
  return [schema.description?.trim() ?? "", facts(schema).join(" "), ...rules(schema)]
    .filter((part) => part !== "")
    .join("\n\n");
}

function facts(schema: JsonSchema): string[] {
  const { default: value, format, pattern, multipleOf } = schema;
  const found: string[] = [];
  if (!isZero(value)) found.push(`Default: ${JSON.stringify(value)}.`);
  if (pattern !== undefined) found.push(`Pattern: \`${pattern}\`.`);
  if ([schema, schema.additionalProperties].some((one) => typeof one === "object" && one.format === "byte")) {
    found.push("Base64.");
  }
  if (format === microTime) found.push("A time with six digits after the second, as `microTime()` writes it.");
  if (format === "date-time") found.push("A time in RFC 3339, as `toISOString()` writes it.");
  if (format !== undefined && telling.has(format)) found.push(`Format: ${format}.`);
  for (const [name, [least, most]] of ranges(schema)) {
    if (least !== undefined && most !== undefined) found.push(`${name}: ${least} to ${most}.`);
    else if (least !== undefined) found.push(`${name}: at least ${least}.`);
    else if (most !== undefined) found.push(`${name}: at most ${most}.`);
  }
  if (multipleOf !== undefined) found.push(`Multiple of: ${multipleOf}.`);
  return found;
}

/** Rules in CEL, as the author explains them, else as they stand. */
function rules({ "x-kubernetes-validations": validations = [] }: JsonSchema): string[] {
  return validations.flatMap(({ rule, message }) => {
    if (message !== undefined) return [`Rule: ${message}`];
    return rule === undefined ? [] : [`Rule: \`${rule}\``];
  });
}

type Range = readonly [least: number | string | undefined, most: number | string | undefined];

function ranges(schema: JsonSchema): [name: string, range: Range][] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = schema;
  const least = minimum !== undefined && exclusiveMinimum ? `more than ${minimum}` : minimum;
  const most = maximum !== undefined && exclusiveMaximum ? `less than ${maximum}` : maximum;
  return [
    ["Value", [least, most]],
    ["Length", [schema.minLength, schema.maxLength]],
    ["Items", [schema.minItems, schema.maxItems]],
    ["Fields", [schema.minProperties, schema.maxProperties]],
  ];
}

// Other formats only say how wide a number is, which TypeScript cannot hold.
const telling: ReadonlySet<string> = new Set(
  "cidr date duration email hostname ipv4 ipv6 mac password uri uuid".split(" "),
);

/** Go writes its zero value as default of every required field, which says nothing. */
function isZero(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === 0 || value === false) return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}
