import type { ServerRequest } from "../exchange/exchange.ts";
import { jsonType, protobufType } from "../exchange/media-type.ts";
import type { LoadProtobuf } from "../exchange/protobuf-codec.ts";
import { badRequest } from "../exchange/refusal.ts";
import { bodyType } from "../request/read-body.ts";

const encoder = new TextEncoder();

/** A request as it would be in JSON, when its body is an object in protobuf and there is a codec. @throws Refusal for what is no object */
export async function withJsonBody(request: ServerRequest, load: LoadProtobuf | undefined): Promise<ServerRequest> {
  if (load === undefined || request.method === "PATCH" || bodyType(request) !== protobufType) return request;
  if (request.body.length === 0) return request;
  const { decode } = await load();
  let object: unknown;
  try {
    object = decode(request.body);
  } catch (error) {
    throw badRequest(`the object provided is unrecognized: ${error instanceof Error ? error.message : String(error)}`);
  }
  const headers = { get: (name: string) => (name === "content-type" ? jsonType : request.headers.get(name)) };
  return { ...request, headers, body: encoder.encode(JSON.stringify(object)) };
}
