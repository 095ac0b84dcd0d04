import { generateKeyPairSync, sign } from "node:crypto";
import { AdmissionregistrationV1 } from "kubewright/admissionregistration/v1";
import { ApiregistrationV1 } from "kubewright/apiregistration/v1";
import { ApiserverinternalV1alpha1 } from "kubewright/apiserverinternal/v1alpha1";
import { CertificatesV1beta1 } from "kubewright/certificates/v1beta1";
import { CoordinationV1beta1 } from "kubewright/coordination/v1beta1";
import { CoreV1 } from "kubewright/core/v1";
import { FlowcontrolV1 } from "kubewright/flowcontrol/v1";
import { NetworkingV1 } from "kubewright/networking/v1";
import { ResourceV1 } from "kubewright/resource/v1";
import { ResourceV1alpha3 } from "kubewright/resource/v1alpha3";
import { ResourceV1beta2 } from "kubewright/resource/v1beta2";
import { SchedulingV1alpha2 } from "kubewright/scheduling/v1alpha2";
import { StorageV1 } from "kubewright/storage/v1";
import { StoragemigrationV1beta1 } from "kubewright/storagemigration/v1beta1";
import { createAuthority } from "../support/certificates.ts";
import { kind, type KindCase, kinds } from "../e2e/kinds.ts";

/** A {@link KindCase}, and the names that its two objects must have. */
export type NamedCase = KindCase & { readonly names?: readonly [json: string, protobuf: string] };

const devices = { requests: [{ name: "a", exactly: { deviceClassName: "none.example.com" } }] };
const rule = { apiGroups: ["none.example"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["none"] };

/** Every resource of Kubernetes that can be created and listed, in one of its versions. */
export const allKinds: readonly NamedCase[] = [
  ...kinds,
  kind(AdmissionregistrationV1, "mutatingWebhookConfigurations"),
  kind(AdmissionregistrationV1, "mutatingAdmissionPolicies", {
    spec: {
      failurePolicy: "Ignore",
      reinvocationPolicy: "Never",
      matchConstraints: { resourceRules: [rule] },
      mutations: [{ patchType: "ApplyConfiguration", applyConfiguration: { expression: "Object{}" } }],
    },
  }),
  kind(AdmissionregistrationV1, "mutatingAdmissionPolicyBindings", { spec: { policyName: "none" } }),
  kind(AdmissionregistrationV1, "validatingAdmissionPolicyBindings", {
    spec: { policyName: "none", validationActions: ["Deny"] },
  }),
  {
    ...kind(ApiregistrationV1, "apiServices", {
      spec: { group: "apiservices.example.com", groupPriorityMinimum: 1000, versionPriority: 10 },
    }),
    names: ["v1.apiservices.example.com", "v2.apiservices.example.com"],
  },
  {
    ...kind(ApiserverinternalV1alpha1, "storageVersions", { spec: {}, status: {} }),
    names: ["protobuf.example.com.ones", "protobuf.example.com.twos"],
  },
  kind(CertificatesV1beta1, "clusterTrustBundles", { spec: { trustBundle: certificate() } }),
  kind(CertificatesV1beta1, "podCertificateRequests", { spec: podCertificate() }),
  kind(CoordinationV1beta1, "leaseCandidates", {
    spec: {
      leaseName: "none",
      binaryVersion: "1.36.0",
      emulationVersion: "1.35.0",
      strategy: "OldestEmulationVersion",
      renewTime: "2026-01-01T00:00:00.000000Z",
    },
  }),
  kind(CoreV1, "namespaces"),
  kind(CoreV1, "events", {
    involvedObject: { kind: "Pod", name: "x" },
    firstTimestamp: "2026-01-01T00:00:00Z",
    reason: "Test",
    message: "tested",
    count: 3,
    type: "Normal",
  }),
  kind(FlowcontrolV1, "priorityLevelConfigurations", {
    spec: { type: "Limited", limited: { nominalConcurrencyShares: 0, limitResponse: { type: "Reject" } } },
  }),
  {
    ...kind(NetworkingV1, "ipAddresses", {
      spec: { parentRef: { resource: "services", namespace: "none", name: "none" } },
    }),
    names: ["192.0.2.1", "192.0.2.2"],
  },
  kind(NetworkingV1, "serviceCIDRs", { spec: { cidrs: ["192.0.2.0/24"] } }),
  kind(ResourceV1, "deviceClasses", { spec: { selectors: [{ cel: { expression: "true" } }] } }),
  kind(ResourceV1, "resourceClaims", { spec: { devices } }),
  kind(ResourceV1, "resourceClaimTemplates", { spec: { spec: { devices } } }),
  kind(ResourceV1, "resourceSlices", {
    spec: {
      driver: "none.example.com",
      pool: { name: "a", generation: 1, resourceSliceCount: 1 },
      nodeName: "none",
      devices: [{ name: "d", attributes: { a: { int: 1 } }, capacity: { m: { value: "1Gi" } } }],
    },
  }),
  kind(ResourceV1beta2, "deviceTaintRules", {
    spec: { deviceSelector: { driver: "none.example.com" }, taint: { key: "example.com/a", effect: "NoSchedule" } },
  }),
  kind(ResourceV1alpha3, "resourcePoolStatusRequests", { spec: { driver: "none.example.com" } }),
  kind(SchedulingV1alpha2, "workloads", {
    spec: { podGroupTemplates: [{ name: "a", schedulingPolicy: { gang: { minCount: 2 } } }] },
  }),
  kind(SchedulingV1alpha2, "podGroups", { spec: { schedulingPolicy: { basic: {} } } }),
  kind(StorageV1, "csiNodes", { spec: { drivers: [{ name: "none.example.com", nodeID: "a" }] } }),
  kind(StorageV1, "csiStorageCapacities", { storageClassName: "none", capacity: "1Gi", nodeTopology: {} }),
  kind(StorageV1, "volumeAttachments", {
    spec: { attacher: "none.example.com", nodeName: "none", source: { persistentVolumeName: "none" } },
  }),
  kind(StorageV1, "volumeAttributesClasses", { driverName: "none.example.com", parameters: { a: "b" } }),
  kind(StoragemigrationV1beta1, "storageVersionMigrations", {
    spec: { resource: { group: "none.example.com", resource: "nones" } },
  }),
];

function certificate(): string {
  const authority = createAuthority();
  authority.remove();
  return authority.ca;
}

/** What a kubelet asks for: it proves that it has the key. */
function podCertificate(): object {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const podUID = "00000000-0000-4000-8000-000000000001";
  return {
    signerName: "example.com/none",
    podName: "none",
    podUID,
    serviceAccountName: "default",
    serviceAccountUID: podUID,
    nodeName: "none",
    nodeUID: podUID,
    pkixPublicKey: publicKey.export({ type: "spki", format: "der" }).toString("base64"),
    proofOfPossession: sign(undefined, Buffer.from(podUID), privateKey).toString("base64"),
  };
}
