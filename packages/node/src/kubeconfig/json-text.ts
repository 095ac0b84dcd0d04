import { isMap, isScalar, isSeq } from "yaml";

/**
 * A node of a JSON document as JSON text, two spaces per level, like `JSON.stringify(…, undefined, 2)`; but a number that was not
 * touched stays as it was written: beyond 2^53 it would lose digits.
 */
export function jsonText(node: unknown, indent = ""): string {
  const inner = `${indent}  `;
  const block = (open: string, items: readonly string[], close: string): string =>
    items.length === 0 ? open + close : `${open}\n${inner}${items.join(`,\n${inner}`)}\n${indent}${close}`;
  if (isSeq(node)) {
    return block(
      "[",
      node.items.map((item) => jsonText(item, inner)),
      "]",
    );
  }
  if (isMap(node)) {
    return block(
      "{",
      node.items.map(({ key, value }) => `${jsonText(key)}: ${jsonText(value, inner)}`),
      "}",
    );
  }
  if (!isScalar(node)) return JSON.stringify(node);
  const { source, value } = node;
  return source !== undefined && typeof value === "number" && Number(source) === value ? source : JSON.stringify(value);
}
