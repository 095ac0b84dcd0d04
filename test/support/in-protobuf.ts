import type { ApiRequest, ApiResponse, Transport } from "@kubewright/core";
import { type Encodable, encode, encodeWatchEvent } from "@kubewright/protobuf";
import { joined } from "./protobuf-wire.ts";

const type = "application/vnd.kubernetes.protobuf";

/**
 * The server's side: a transport whose JSON answers of built-in kinds come in protobuf where a request lists it. */
export function inProtobuf(transport: Transport): Transport {
  return {
    ...transport,
    get server() {
      return transport.server;
    },
    async send(request) {
      const response = await transport.send(request);
      const asked = request.headers["accept"]?.join().includes(type) === true;
      const isJson = response.headers.get("content-type") === "application/json";
      return asked && isJson ? translated(request, response) : response;
    },
  };
}

function translated({ verb }: ApiRequest, response: ApiResponse): ApiResponse {
  const watching = verb === "watch" && response.status < 300;
  const contentType = watching ? `${type};stream=watch` : type;
  return {
    ...response,
    headers: { get: (name) => (name === "content-type" ? contentType : response.headers.get(name)) },
    body: watching ? frames(response.body) : whole(response.body),
  };
}

async function* whole(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  yield encode(JSON.parse(new TextDecoder().decode(joined(chunks))) as Encodable);
}

async function* frames(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    const lines = (text + decoder.decode(chunk, { stream: true })).split("\n");
    text = lines.pop() ?? "";
    const events = lines.map((line) => JSON.parse(line) as { type: "ADDED"; object: Encodable });
    if (events.length > 0) yield joined(events.map((event) => encodeWatchEvent(event.type, event.object)));
  }
}
