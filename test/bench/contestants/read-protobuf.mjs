import { readFileSync } from "node:fs";
import protobuf from "protobufjs";
import { readBody } from "./read-body.mjs";

const { root, nested } = JSON.parse(readFileSync(new URL("podlist.json", import.meta.url), "utf8"));
const podList = protobuf.Root.fromJSON({ nested }).lookupType(root);

/** A whole body as protobufjs decodes it: instances of its classes, not what the same answer is in JSON. */
export async function readProtobuf(body, encoding) {
  return podList.decode(rawOf(await readBody(body, encoding)));
}

/** What is within the envelope: `k8s\0`, then its fields by number; the object's bytes are the second. */
function rawOf(bytes) {
  const reader = protobuf.Reader.create(bytes);
  reader.skip(4);
  for (;;) {
    const tag = reader.uint32();
    if (tag >>> 3 === 2) return reader.bytes();
    reader.skipType(tag & 7);
  }
}
