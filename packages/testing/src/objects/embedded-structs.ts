/**
 * Structs of Go that hold another one without a name of its own in JSON: Go's errors name it on the way to its fields. By the struct's
 * name; `all but` are the struct's own fields.
 */
interface Embedding {
  readonly name: string;
  readonly fields?: readonly string[];
  readonly allBut?: readonly string[];
}

const reference: Embedding = { name: "LocalObjectReference", fields: ["name"] };

const embeddings: Readonly<Record<string, readonly Embedding[]>> = {
  ConfigMapEnvSource: [reference],
  ConfigMapKeySelector: [reference],
  ConfigMapProjection: [reference],
  ConfigMapVolumeSource: [reference],
  SecretEnvSource: [reference],
  SecretKeySelector: [reference],
  SecretProjection: [reference],
  EphemeralContainer: [{ name: "EphemeralContainerCommon", allBut: ["targetContainerName"] }],
  PersistentVolumeSpec: [
    {
      name: "PersistentVolumeSource",
      allBut: [
        "capacity",
        "accessModes",
        "claimRef",
        "persistentVolumeReclaimPolicy",
        "storageClassName",
        "mountOptions",
        "volumeMode",
        "nodeAffinity",
        "volumeAttributesClassName",
      ],
    },
  ],
  Probe: [{ name: "ProbeHandler", fields: ["exec", "httpGet", "tcpSocket", "grpc"] }],
  Volume: [{ name: "VolumeSource", allBut: ["name"] }],
  RuleWithOperations: [{ name: "Rule", allBut: ["operations"] }],
  NamedRuleWithOperations: [
    { name: "RuleWithOperations", fields: ["operations"] },
    { name: "RuleWithOperations.Rule", fields: ["apiGroups", "apiVersions", "resources", "scope"] },
  ],
  IngressRule: [{ name: "IngressRuleValue", fields: ["http"] }],
  DeviceAllocationConfiguration: [{ name: "DeviceConfiguration", fields: ["opaque"] }],
  DeviceClaimConfiguration: [{ name: "DeviceConfiguration", fields: ["opaque"] }],
  DeviceClassConfiguration: [{ name: "DeviceConfiguration", fields: ["opaque"] }],
};

/** The way to a field of a struct in Go's errors. `isKind`: the struct is a kind's. */
export function goPathTo(struct: string, field: string, isKind: boolean): string {
  if (isKind && (field === "kind" || field === "apiVersion")) return `TypeMeta.${field}`;
  const holder = (Object.hasOwn(embeddings, struct) ? embeddings[struct]! : []).find(
    ({ fields, allBut }) => fields?.includes(field) ?? !allBut!.includes(field),
  );
  return holder === undefined ? field : `${holder.name}.${field}`;
}
