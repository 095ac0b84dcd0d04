import { apiVersionOf } from "./api-version.ts";
import type { ResourceInfo } from "./resource-info.ts";

interface Deprecation {
  /** Since which release. */
  readonly since: string;
  /** In which it is not served any more. */
  readonly gone?: string;
  /** What to use, as apiVersion and kind. */
  readonly use?: string;
}

/** By apiVersion and kind (k8s.io/api zz_generated.prerelease-lifecycle.go, APILifecycleDeprecated up to this release). */
const deprecations: Readonly<Record<string, Deprecation>> = {
  "v1 ComponentStatus": { since: "1.19" },
  "v1 Endpoints": { since: "1.33", use: "discovery.k8s.io/v1 EndpointSlice" },
  "admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicy": { since: "1.35", gone: "1.38" },
  "admissionregistration.k8s.io/v1alpha1 MutatingAdmissionPolicyBinding": { since: "1.35", gone: "1.38" },
  "certificates.k8s.io/v1alpha1 ClusterTrustBundle": { since: "1.34", gone: "1.37" },
  "coordination.k8s.io/v1alpha2 LeaseCandidate": { since: "1.35", gone: "1.38" },
  "coordination.k8s.io/v1beta1 LeaseCandidate": { since: "1.36", gone: "1.39" },
  "networking.k8s.io/v1beta1 IPAddress": { since: "1.34", gone: "1.37" },
  "networking.k8s.io/v1beta1 ServiceCIDR": { since: "1.34", gone: "1.37" },
  "resource.k8s.io/v1alpha3 DeviceTaintRule": { since: "1.36", gone: "1.39" },
  "resource.k8s.io/v1beta1 DeviceClass": { since: "1.35", gone: "1.38" },
  "resource.k8s.io/v1beta1 ResourceClaim": { since: "1.35", gone: "1.38" },
  "resource.k8s.io/v1beta1 ResourceClaimTemplate": { since: "1.35", gone: "1.38" },
  "resource.k8s.io/v1beta1 ResourceSlice": { since: "1.35", gone: "1.38" },
  "resource.k8s.io/v1beta2 DeviceClass": { since: "1.36", gone: "1.39" },
  "resource.k8s.io/v1beta2 ResourceClaim": { since: "1.36", gone: "1.39" },
  "resource.k8s.io/v1beta2 ResourceClaimTemplate": { since: "1.36", gone: "1.39" },
  "resource.k8s.io/v1beta2 ResourceSlice": { since: "1.36", gone: "1.39" },
  "storage.k8s.io/v1beta1 VolumeAttributesClass": {
    since: "1.34",
    gone: "1.37",
    use: "storage.k8s.io/v1 VolumeAttributesClass",
  },
};

/** What whoever uses a deprecated resource is warned of (k8s.io/apiserver pkg/endpoints/deprecation/deprecation.go). */
export function deprecationOf(resource: ResourceInfo): string | undefined {
  const what = `${apiVersionOf(resource)} ${resource.kind}`;
  const deprecation = deprecations[what];
  if (deprecation === undefined) return undefined;
  const { since, gone, use } = deprecation;
  const until = gone === undefined ? "" : `, unavailable in v${gone}+`;
  return `${what} is deprecated in v${since}+${until}${use === undefined ? "" : `; use ${use}`}`;
}
