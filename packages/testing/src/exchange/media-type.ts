/** The media types of the API's objects. */
export const jsonType = "application/json";
export const yamlType = "application/yaml";
export const protobufType = "application/vnd.kubernetes.protobuf";

const encoder = new TextEncoder();

/** A value as the API server writes it: JSON and a line end. */
export function jsonBytes(value: unknown): Uint8Array {
  return encoder.encode(`${JSON.stringify(value)}\n`);
}
