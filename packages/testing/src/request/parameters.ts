import { badRequest } from "../exchange/refusal.ts";

/** A flag as the API server reads it: there and neither `0` nor `false`. */
export function bool(query: URLSearchParams, name: string): boolean {
  const value = query.get(name);
  return value !== null && value !== "0" && value.toLowerCase() !== "false";
}

/** A whole number; undefined when it is not there. @throws Refusal for what is none */
export function integer(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  const isNumber = /^[+-]?\d+$/.test(value);
  if (isNumber && BigInt.asIntN(64, BigInt(value)) === BigInt(value)) return Number(value);
  const why = isNumber ? "value out of range" : "invalid syntax";
  throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: ${why}`);
}
