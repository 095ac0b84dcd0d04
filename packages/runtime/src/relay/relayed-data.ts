import { encodeJson, parseJson, type ResourceSource, type StatusError } from "@kubewright/core";
import type { Hold } from "../share/held.ts";
import { sameJson } from "../share/same-json.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Holds of each object the JSON that is handed on, written once, whoever reads it. */
export const asJson: Hold<Uint8Array> = {
  id: "JSON in UTF-8",
  value: (object) => written(object),
  finalStates: true,
  // The other encoding of the API may give the fields in another order.
  same: (a, b) => sameBytes(a, b) || sameJson(parseJson(decoder.decode(a)), parseJson(decoder.decode(b))),
};

/** A bookmark. */
export function bookmarkData(
  source: ResourceSource,
  resourceVersion: string,
  annotations: Readonly<Record<string, string>> | undefined,
): Uint8Array {
  return written({ ...typeOf(source), metadata: { resourceVersion, annotations } });
}

/** A Status, as the server's own or made here. */
export function statusData(status: Partial<StatusError["status"]>): Uint8Array {
  return written({ kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", ...status });
}

function typeOf({ resource: { group, version, kind }, metadataOnly }: ResourceSource): object {
  if (metadataOnly) return { kind: "PartialObjectMetadata", apiVersion: "meta.k8s.io/v1" };
  return { kind, apiVersion: group === "" ? version : `${group}/${version}` };
}

function written(value: unknown): Uint8Array {
  return encoder.encode(encodeJson(value, "object"));
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}
