/** A text as bytes. */
export function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
