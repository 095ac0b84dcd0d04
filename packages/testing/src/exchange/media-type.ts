/** What an answer is written in. */
export const jsonType = "application/json";

const encoder = new TextEncoder();

/** A value as the API server writes it: JSON and a line end. */
export function jsonBytes(value: unknown): Uint8Array {
  return encoder.encode(`${JSON.stringify(value)}\n`);
}
