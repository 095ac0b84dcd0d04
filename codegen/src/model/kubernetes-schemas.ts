import type { JsonSchema } from "../load/openapi.ts";
import { listMeta, objectMeta } from "./special-schemas.ts";

const kindOf = (group: string, version: string, kind: string): JsonSchema => ({
  type: "object",
  "x-kubernetes-group-version-kind": [{ group, version, kind }],
});

/**
 * The schemas of Kubernetes that custom resources refer to, by name only: where they are not in what was read, their types
 * come from kubewright and only the name counts.
 */
export const referredSchemas: Readonly<Record<string, JsonSchema>> = {
  [objectMeta]: { type: "object" },
  [listMeta]: { type: "object" },
  "io.k8s.api.autoscaling.v1.Scale": kindOf("autoscaling", "v1", "Scale"),
};
