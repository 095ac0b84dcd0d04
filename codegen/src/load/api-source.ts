import type { DiscoveredGroupVersion } from "./discovery.ts";
import type { OpenApiDocument } from "./openapi.ts";

/** What an API says of itself, wherever it was read. */
export interface ApiSource {
  /** Everything that discovery lists. */
  readonly discovered: readonly DiscoveredGroupVersion[];
  /** Those of it that get modules. */
  readonly groupVersions: readonly DiscoveredGroupVersion[];
  /** The documents of /openapi/v3 by their path there, such as `apis/apps/v1`. */
  readonly documents: ReadonlyMap<string, OpenApiDocument>;
  /** Why a kind should not be used any more, by `example.com/v1alpha1 Widget`; only definitions of custom resources say it. */
  readonly deprecated: ReadonlyMap<string, string>;
  /** Where a definition stands, by `widgets.example.com`: what problems call it. */
  readonly places: ReadonlyMap<string, string>;
  /** What could not be read, one line each; the rest is as if it were not there. */
  readonly problems: readonly string[];
  /** True where the documents hold operations, which then must agree with discovery. CRD files have none. */
  readonly hasOperations: boolean;
}
