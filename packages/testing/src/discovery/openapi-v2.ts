import type { ServerAnswer, ServerRequest } from "../exchange/exchange.ts";
import { jsonBytes, jsonType } from "../exchange/media-type.ts";
import { gitVersion } from "../gen/version.ts";

const protobufType = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
const info = { title: "Kubernetes", version: gitVersion };

/**
 * The older document of OpenAPI, which defines nothing here. kubectl asks for it before it sends a List of objects, and leaves what it
 * does not find in it to be checked by the server.
 */
export function openApiV2({ headers }: ServerRequest): ServerAnswer {
  const accepted = (headers.get("accept") ?? "").split(",").map((type) => type.trim());
  if (!accepted.includes(protobufType)) {
    const document = { swagger: "2.0", info, paths: {} };
    return { status: 200, headers: { "content-type": [jsonType] }, body: jsonBytes(document) };
  }
  // Document { swagger = 1, info = 2 { title = 1, version = 2 } } of github.com/google/gnostic-models openapiv2.
  const body = new Uint8Array([...text(1, "2.0"), ...bytes(2, [...text(1, info.title), ...text(2, info.version)])]);
  return { status: 200, headers: { "content-type": [protobufType.replace("@", ".")] }, body };
}

function text(field: number, value: string): readonly number[] {
  return bytes(field, [...new TextEncoder().encode(value)]);
}

/** A field of protobuf with fewer than 128 bytes. */
function bytes(field: number, value: readonly number[]): readonly number[] {
  return [(field << 3) | 2, value.length, ...value];
}
