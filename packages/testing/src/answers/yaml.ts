import { stringifyManifest } from "@kubewright/core";
import { yamlType } from "../exchange/media-type.ts";
import { type AnswerEncoding, type Encodable, wholeList, type Writer } from "./encoding.ts";

const encoder = new TextEncoder();

const writer: Writer = {
  object: yamlBytes,
  list: (list) => yamlBytes(wholeList(list)),
  event: () => {
    throw new Error("YAML has no watches");
  },
};

/** YAML, as kubectl prints it. */
export const yaml: AnswerEncoding = { mediaType: yamlType, watchType: undefined, tables: true, writer: () => writer };

async function yamlBytes(object: Encodable): Promise<Uint8Array> {
  return encoder.encode(await stringifyManifest([object]));
}
