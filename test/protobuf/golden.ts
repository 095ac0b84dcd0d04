import { protobufCases } from "../controlplane/protobuf-cases.ts";

/** Where the golden cases lie. */
export const goldenFile: URL = new URL("../../packages/protobuf/src/golden/cases.json", import.meta.url);

/** A case as it stands in the golden file. */
export interface GoldenCase {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly number: number;
  /** The text: integers in it go beyond 2^53. */
  readonly json: string;
  /** In base64. */
  readonly protobuf: string;
}

// Nearly everything that is special in one encoding is in one of them.
const kinds = [
  "v1/ConfigMap",
  "v1/Event",
  "v1/Pod",
  "v1/PodList",
  "v1/Secret",
  "v1/Status",
  "v1/WatchEvent",
  "apiextensions.k8s.io/v1/CustomResourceDefinition",
  "apiregistration.k8s.io/v1/APIService",
  "apps/v1/Deployment",
  "apps/v1/StatefulSet",
  "autoscaling/v2/HorizontalPodAutoscaler",
  "coordination.k8s.io/v1/Lease",
  "discovery.k8s.io/v1/EndpointSlice",
  "meta.k8s.io/v1/PartialObjectMetadataList",
  "networking.k8s.io/v1/NetworkPolicy",
  "rbac.authorization.k8s.io/v1/Role",
];

/** Objects of a few kinds that are small, and a definition with everything. The control-plane program makes them. */
export async function makeGoldenFile(binary: string): Promise<string> {
  const lines: string[] = [];
  for await (const { json, protobuf, ...header } of protobufCases(binary, { seed: 1, each: 8, kinds })) {
    const isSmall = json.length < 2000 || (header.kind === "CustomResourceDefinition" && header.number === 1);
    const made: GoldenCase = { ...header, json: json.trim(), protobuf: Buffer.from(protobuf).toString("base64") };
    if (isSmall) lines.push(JSON.stringify(made));
  }
  return `[\n${lines.join(",\n")}\n]\n`;
}
