export { generate } from "./generate.ts";
export type { Files, Generated } from "./generate.ts";
export { findDrift, writeFiles } from "./write-files.ts";
export type { Drift } from "./write-files.ts";

// Sources
export type { ApiSource } from "./load/api-source.ts";
export { readCluster } from "./load/cluster.ts";
export type { JsonReader } from "./load/cluster.ts";
export { readCrdFiles } from "./load/crd-files.ts";
export { readFolder } from "./load/folder.ts";
export type {
  DiscoveredGroupVersion,
  DiscoveredResource,
  DiscoveredSubresource,
  ResponseKind,
} from "./load/discovery.ts";
export type { OpenApiDocument } from "./load/openapi.ts";

// What can be wrong with a source
export { SpecError } from "./checks/problems.ts";
