import type { ServerRequest } from "../exchange/exchange.ts";
import { jsonType, protobufType } from "../exchange/media-type.ts";
import type { LoadProtobuf } from "../exchange/protobuf-codec.ts";
import { badRequest } from "../exchange/refusal.ts";
import type { Call } from "../request/call.ts";
import { bodyType } from "../request/read-body.ts";

const encoder = new TextEncoder();

/** What every object in protobuf begins with: `k8s` and a zero. */
const magic = [0x6b, 0x38, 0x73, 0x00];

/** A request as it would be in JSON, when its body is an object in protobuf and there is a codec. @throws Refusal for what is no object */
export async function withJsonBody(call: Call, load: LoadProtobuf | undefined): Promise<ServerRequest> {
  const { request } = call;
  const { body, headers, method } = request;
  const hasBody = body.length > 0 || method === "POST" || method === "PUT";
  if (load === undefined || method === "PATCH" || !hasBody || bodyType(request) !== protobufType) return request;
  const { decode } = await load();
  let object: unknown;
  try {
    object = decode(body);
  } catch {
    throw undecodable(body, call);
  }
  return {
    ...request,
    headers: { ...headers, get: (name) => (name === "content-type" ? jsonType : headers.get(name)) },
    body: encoder.encode(JSON.stringify(object)),
  };
}

/** In the words of k8s.io/apimachinery pkg/runtime/serializer/protobuf; for a kind that is unknown the server has others. */
function undecodable(body: Uint8Array, { resource, subresource, verb }: Call): Error {
  const kind = verb.startsWith("delete") ? "DeleteOptions" : (subresource ?? resource).kind;
  return badRequest(
    `the object provided is unrecognized (must be of type ${kind}): ${whatIsWrong(body)} (${hex(body)})`,
  );
}

function whatIsWrong(body: Uint8Array): string {
  if (body.length === 0) return "empty data";
  if (!magic.every((byte, index) => body[index] === byte))
    return `provided data does not appear to be a protobuf message, expected prefix [${magic.join(" ")}]`;
  return body.length === magic.length ? "empty body" : "unexpected EOF";
}

/** The beginning of a body. */
function hex(body: Uint8Array): string {
  const shown = Array.from(body.subarray(0, 30), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return body.length === 0 ? "<empty>" : body.length > 30 ? `${shown} ...` : shown;
}
