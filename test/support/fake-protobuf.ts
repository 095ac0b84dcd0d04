import {
  type ApiRequest,
  type ApiResponse,
  BeyondSchema,
  type Codec,
  DecodeError,
  type Fields,
  type Frame,
  type Transport,
} from "@kubewright/core";

export const protobufType = "application/vnd.kubernetes.protobuf";

const magic = Uint8Array.of(0x6b, 0x38, 0x73, 0);

/** An object in an encoding that is nothing like JSON, but begins as protobuf does. */
export function fakeBytes(value: unknown): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(value));
  return Uint8Array.of(...magic, ...text.map((byte) => byte ^ 0xff));
}

/** An event of a watch: its length, then the event. */
export function fakeFrame(value: unknown): Uint8Array {
  const bytes = fakeBytes(value);
  const frame = new Uint8Array(4 + bytes.length);
  new DataView(frame.buffer).setUint32(0, bytes.length);
  frame.set(bytes, 4);
  return frame;
}

/**
 * A codec whose schema knows every field but those whose names begin with `new`, and every kind but those. It decodes no managedFields
 * that nobody wants.
 */
export const fakeCodec: Codec = {
  encode(value, field) {
    checkKnown(value);
    if (JSON.stringify(value) === undefined) throw new TypeError(`${field} cannot be written`);
    return fakeBytes(value);
  },
  decode: (bytes, request) => {
    const value = valueOf(bytes, request);
    checkKnown(value);
    return value;
  },
  async decodeList(chunks, request, wanted, finish) {
    const list = valueOf(await joined(chunks), request);
    const { items, ...others } = list;
    checkKnown(others);
    if (!Array.isArray(items)) return list;
    const taken = items.map((item: Fields) => {
      const kept = wanted.managedFields ? item : withoutManagedFields(item);
      checkKnown(kept);
      return finish(kept);
    });
    return { ...list, items: taken };
  },
  async *decodeEvents(chunks, request, wanted) {
    let pending = new Uint8Array();
    for await (const chunk of chunks) {
      pending = Uint8Array.of(...pending, ...chunk);
      while (pending.length >= 4) {
        const size = new DataView(pending.buffer).getUint32(0);
        if (pending.length < 4 + size) break;
        const { type, object } = valueOf(pending.subarray(4, 4 + size), request) as Fields & Frame;
        const kept = wanted.managedFields ? object : withoutManagedFields(object as Fields);
        checkKnown(kept);
        yield { type, object: kept };
        pending = pending.slice(4 + size);
      }
    }
    if (pending.length > 0) throw new DecodeError("Undecodable: the watch ended within an event", { request });
  },
};

/** The server's side: a transport whose JSON answers come in the fake encoding, where a request lists it and asks for no custom resource. */
export function speakingProtobuf(transport: Transport): Transport {
  return {
    ...transport,
    get server() {
      return transport.server;
    },
    async send(request) {
      const response = await transport.send(understood(request));
      return request.headers["accept"]?.join().includes(protobufType) === true &&
        response.headers.get("content-type") === "application/json"
        ? translated(response, request.verb === "watch" && response.status < 300)
        : response;
    },
  };
}

/** A body in the fake encoding as JSON. */
function understood(request: ApiRequest): ApiRequest {
  const { body, headers } = request;
  if (headers["content-type"]?.join() !== protobufType || !(body instanceof Uint8Array)) return request;
  const text = JSON.stringify(valueOf(body, request));
  return { ...request, body: text, headers: { ...headers, "content-type": ["application/json"] } };
}

function translated(response: ApiResponse, watch: boolean): ApiResponse {
  const type = watch ? `${protobufType};stream=watch` : protobufType;
  return {
    ...response,
    headers: { get: (name) => (name === "content-type" ? type : response.headers.get(name)) },
    body: watch ? frames(response.body) : whole(response.body),
  };
}

async function* frames(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let text = "";
  for await (const chunk of chunks) {
    const lines = (text + new TextDecoder().decode(chunk)).split("\n");
    text = lines.pop() ?? "";
    for (const line of lines) yield fakeFrame(JSON.parse(line));
  }
}

async function* whole(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield fakeBytes(JSON.parse(new TextDecoder().decode(await joined(chunks))));
}

async function joined(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return new Uint8Array(Buffer.concat(parts));
}

function valueOf(bytes: Uint8Array, request: { readonly verb: string; readonly path: string }): Fields {
  try {
    if (!magic.every((byte, index) => bytes[index] === byte)) throw new Error("it begins otherwise");
    const text = bytes.subarray(magic.length).map((byte) => byte ^ 0xff);
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text)) as Fields;
  } catch {
    throw new DecodeError("Undecodable: the body is not valid protobuf", { request });
  }
}

function withoutManagedFields(object: Fields): Fields {
  const { managedFields, ...metadata } = Object(object["metadata"]) as Fields;
  return managedFields === undefined ? object : { ...object, metadata };
}

function checkKnown(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [key, below] of Object.entries(value)) {
    if (key.startsWith("new")) throw new BeyondSchema(`field ${key}`);
    if (key === "kind" && typeof below === "string" && below.startsWith("new"))
      throw new BeyondSchema(`the kind ${below}`);
    checkKnown(below);
  }
}
