import { pick } from "../chance.ts";
import type { Sequence } from "../exchange.ts";
import { changes, creations, type PlayedKind } from "../kinds.ts";

const base = "/apis/storage.k8s.io/v1";
const requests = { storage: "1Gi" };

const claim: PlayedKind = {
  path: "/api/v1/NAMESPACE/persistentvolumeclaims",
  object: { spec: { accessModes: ["ReadWriteOnce"], resources: { requests }, storageClassName: "none" } },
  right: [
    { spec: { storageClassName: "" } },
    { spec: { volumeMode: "Block", volumeName: "v" } },
    { spec: { accessModes: ["ReadOnlyMany", "ReadWriteMany"] } },
    { spec: { accessModes: ["ReadWriteOncePod"] } },
    { spec: { selector: { matchLabels: { a: "b" } } } },
    { spec: { resources: { requests: { storage: "1500m" } } } },
    { spec: { dataSource: { kind: "PersistentVolumeClaim", name: "a" } } },
    { spec: { dataSource: { kind: "Nonsense", name: "a", apiGroup: "example.com" } } },
    { spec: { dataSourceRef: { kind: "Nonsense", name: "a", apiGroup: "example.com" } } },
    { spec: { volumeAttributesClassName: "fast" } },
    { metadata: { annotations: { "volume.beta.kubernetes.io/storage-class": "old" } } },
  ],
  wrong: [
    { spec: null },
    { spec: { accessModes: [] } },
    { spec: { accessModes: ["Nonsense"] } },
    { spec: { accessModes: ["ReadWriteOncePod", "ReadWriteOnce"] } },
    { spec: { resources: null } },
    { spec: { resources: { requests: { storage: "0" } } } },
    { spec: { resources: { requests: { storage: "-1Gi" } } } },
    { spec: { selector: { matchLabels: { a: "-" } } } },
    { spec: { storageClassName: "Upper", volumeMode: "Nonsense" } },
    { spec: { volumeAttributesClassName: "Upper" } },
    { spec: { dataSourceRef: { kind: "Nonsense", name: "" } } },
    { spec: { dataSourceRef: { kind: "A", name: "a", apiGroup: "Upper" } } },
    {
      spec: {
        dataSource: { kind: "PersistentVolumeClaim", name: "a" },
        dataSourceRef: { kind: "A", name: "b", apiGroup: "c.d" },
      },
    },
  ],
};

const changedClaim: PlayedKind = {
  ...claim,
  right: [
    { spec: { volumeName: "v" } },
    { metadata: { labels: { a: "b" } } },
    { metadata: { annotations: { a: "b" } } },
  ],
  wrong: [
    { spec: { resources: { requests: { storage: "2Gi" } } } },
    { spec: { resources: { requests: { storage: "0" } } } },
    { spec: { accessModes: ["ReadOnlyMany"] } },
    { spec: { storageClassName: "other" } },
    { spec: { volumeMode: "Block" } },
    { metadata: { annotations: { "volume.beta.kubernetes.io/storage-class": "x" } } },
  ],
};

const claimStatus: PlayedKind = {
  ...claim,
  right: [
    { status: { phase: "Bound", capacity: requests, accessModes: ["ReadWriteOnce"] } },
    { status: { allocatedResources: { storage: "2Gi" }, allocatedResourceStatuses: { storage: "NodeResizePending" } } },
    { status: { conditions: [{ type: "Resizing", status: "True" }] } },
  ],
  wrong: [
    { status: { capacity: { storage: "-1" } } },
    { status: { allocatedResources: { cpu: "1" } } },
    { status: { allocatedResources: { storage: "-1" } } },
    { status: { allocatedResourceStatuses: { "a b": "NodeResizePending" } } },
    { status: { allocatedResourceStatuses: { storage: "Nonsense" } } },
  ],
};

const volume: PlayedKind = {
  path: "/api/v1/persistentvolumes",
  object: { spec: { accessModes: ["ReadWriteOnce"], capacity: { storage: "1Gi" }, hostPath: { path: "/a" } } },
  right: [
    { spec: { hostPath: null, nfs: { server: "a", path: "/b" } } },
    {
      spec: {
        hostPath: null,
        csi: { driver: "a.b", volumeHandle: "c", nodePublishSecretRef: { name: "a", namespace: "b" } },
      },
    },
    { spec: { persistentVolumeReclaimPolicy: "Recycle" } },
    { spec: { storageClassName: "a", volumeMode: "Block", mountOptions: ["ro"] } },
    { spec: { claimRef: { kind: "PersistentVolumeClaim", namespace: "a", name: "b" } } },
    {
      spec: {
        hostPath: null,
        local: { path: "/a" },
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: "a", operator: "Exists" }] }] } },
      },
    },
    { metadata: { labels: { a: "b" } } },
    { metadata: { annotations: { "volume.beta.kubernetes.io/storage-class": "old" } } },
  ],
  wrong: [
    { spec: null },
    { spec: { accessModes: [] } },
    { spec: { accessModes: ["Nonsense"] } },
    { spec: { capacity: null } },
    { spec: { capacity: { storage: "0" } } },
    { spec: { capacity: { storage: "-1" } } },
    { spec: { capacity: { cpu: "1", storage: null } } },
    { spec: { hostPath: null } },
    { spec: { nfs: { server: "a", path: "/b" } } },
    { spec: { hostPath: { path: "" } } },
    { spec: { hostPath: { path: "/a/../b", type: "Nonsense" } } },
    { spec: { hostPath: { path: "/" }, persistentVolumeReclaimPolicy: "Recycle" } },
    { spec: { hostPath: null, nfs: { server: "", path: "relative" } } },
    { spec: { hostPath: null, csi: { driver: "-", volumeHandle: "", nodePublishSecretRef: { name: "Upper" } } } },
    { spec: { hostPath: null, local: { path: "../a" } } },
    { spec: { persistentVolumeReclaimPolicy: "Nonsense", storageClassName: "Upper", volumeMode: "Nonsense" } },
    { spec: { nodeAffinity: {} } },
    { spec: { nodeAffinity: { required: { nodeSelectorTerms: [] } } } },
    { spec: { volumeAttributesClassName: "a" } },
  ],
};

const changedVolume: PlayedKind = {
  ...volume,
  right: [
    { metadata: { labels: { a: "b" } } },
    { spec: { capacity: { storage: "2Gi" } } },
    { spec: { persistentVolumeReclaimPolicy: "Delete" } },
    { spec: { claimRef: { namespace: "a", name: "b" } } },
  ],
  wrong: [
    { spec: { hostPath: { path: "/b" } } },
    { spec: { hostPath: null, nfs: { server: "a", path: "/b" } } },
    { spec: { volumeMode: "Block" } },
    { spec: { accessModes: [] } },
    { spec: { capacity: { storage: "0" } } },
  ],
};

const volumeStatus: PlayedKind = {
  ...volume,
  right: [
    { status: { phase: "Available" } },
    { status: { phase: "Released", message: "a", reason: "b" } },
    { spec: { hostPath: { path: "/b" } }, status: { phase: "Bound" } },
  ],
  wrong: [{ metadata: { uid: "other" } }, { status: "nonsense" }],
};

const storageClass: PlayedKind = {
  path: `${base}/storageclasses`,
  object: { provisioner: "example.com/a" },
  right: [
    { parameters: { a: "b" }, reclaimPolicy: "Retain", volumeBindingMode: "WaitForFirstConsumer" },
    { allowVolumeExpansion: true, mountOptions: ["ro"] },
    { allowedTopologies: [{ matchLabelExpressions: [{ key: "a", values: ["b", "c"] }] }] },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { provisioner: "" },
    { provisioner: null },
    { provisioner: "-" },
    { parameters: { "": "a" } },
    { reclaimPolicy: "Nonsense", volumeBindingMode: "Nonsense" },
    { allowedTopologies: [{ matchLabelExpressions: [{ key: "-", values: [] }] }] },
    {
      allowedTopologies: [
        {
          matchLabelExpressions: [
            { key: "a", values: ["b", "b"] },
            { key: "a", values: ["c"] },
          ],
        },
      ],
    },
  ],
};
const changedClass: PlayedKind = {
  ...storageClass,
  right: [{ allowVolumeExpansion: true }, { metadata: { labels: { a: "b" } } }, { mountOptions: ["ro"] }],
  wrong: [
    { provisioner: "other" },
    { parameters: { c: "d" } },
    { reclaimPolicy: "Retain" },
    { volumeBindingMode: "WaitForFirstConsumer" },
  ],
};

const attributesClass: PlayedKind = {
  path: `${base}/volumeattributesclasses`,
  object: { driverName: "example.com", parameters: { a: "b" } },
  right: [{ parameters: { c: "d" } }, { metadata: { labels: { a: "b" } } }],
  wrong: [{ driverName: "" }, { driverName: "-" }, { parameters: null }, { parameters: { "": "a" } }],
};

const driver: PlayedKind = {
  path: `${base}/csidrivers`,
  object: { spec: {} },
  right: [
    { spec: { attachRequired: false, podInfoOnMount: true, fsGroupPolicy: "File" } },
    { spec: { tokenRequests: [{ audience: "a" }, { audience: "b", expirationSeconds: 600 }] } },
    { spec: { volumeLifecycleModes: ["Persistent", "Ephemeral"], storageCapacity: true } },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { spec: { fsGroupPolicy: "Nonsense" } },
    { spec: { tokenRequests: [{ audience: "a" }, { audience: "a" }] } },
    { spec: { tokenRequests: [{ audience: "a", expirationSeconds: 5 }] } },
    { spec: { volumeLifecycleModes: ["Nonsense"] } },
    { spec: { nodeAllocatableUpdatePeriodSeconds: 5 } },
  ],
};
const changedDriver: PlayedKind = {
  ...driver,
  right: [
    { spec: { podInfoOnMount: true } },
    { spec: { fsGroupPolicy: "None" } },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [...driver.wrong, { spec: { attachRequired: false } }, { spec: { volumeLifecycleModes: ["Ephemeral"] } }],
};

const csiNode: PlayedKind = {
  path: `${base}/csinodes`,
  object: { spec: { drivers: [{ name: "a.b", nodeID: "c", topologyKeys: null }] } },
  right: [
    { spec: { drivers: [] } },
    { spec: { drivers: [{ name: "a.b", nodeID: "c", topologyKeys: null, allocatable: { count: 5 } }] } },
    { metadata: { labels: { a: "b" } } },
  ],
  wrong: [
    { spec: { drivers: [{ name: "", nodeID: "" }] } },
    { spec: { drivers: [{ name: "-", nodeID: "c" }] } },
    { spec: { drivers: [{ name: "x", nodeID: "c", allocatable: { count: -1 } }] } },
    {
      spec: {
        drivers: [
          { name: "x", nodeID: "c" },
          { name: "x", nodeID: "d" },
        ],
      },
    },
    { spec: { drivers: [{ name: "x", nodeID: "c", topologyKeys: ["a", "a", "-"] }] } },
  ],
};

const capacity: PlayedKind = {
  path: `${base}/NAMESPACE/csistoragecapacities`,
  object: { storageClassName: "a" },
  right: [{ capacity: "1Gi" }, { maximumVolumeSize: "5Gi" }, { metadata: { labels: { a: "b" } } }],
  wrong: [
    { storageClassName: "Upper" },
    { storageClassName: "" },
    { capacity: "-1" },
    { nodeTopology: { matchLabels: { a: "-" } } },
  ],
};

const attachment: PlayedKind = {
  path: `${base}/volumeattachments`,
  object: { spec: { attacher: "a.b", nodeName: "n", source: { persistentVolumeName: "v" } } },
  right: [{ metadata: { labels: { a: "b" } } }, { status: { attached: true } }],
  wrong: [
    { spec: null },
    { spec: { attacher: "" } },
    { spec: { attacher: "-" } },
    { spec: { nodeName: "" } },
    { spec: { source: { persistentVolumeName: "" } } },
    { spec: { source: { persistentVolumeName: "Upper" } } },
    { spec: { source: null } },
  ],
};
const attachmentStatus: PlayedKind = {
  ...attachment,
  right: [
    { status: { attached: true, attachmentMetadata: { a: "b" } } },
    { status: { attachError: { message: "a", time: "2026-01-01T00:00:00Z" } } },
    { spec: { nodeName: "other" }, status: { attached: false } },
  ],
  wrong: [
    { status: { detachError: { message: "m".repeat(1025) } } },
    { status: { attachError: { message: "a", errorCode: -1 } } },
  ],
};

/** Claims grow when they are bound, and their class lets them. */
const growth: Sequence = async ({ send }, chance, namespace) => {
  const name = `${namespace}-growing`;
  const allowVolumeExpansion = pick(chance, [true, false]);
  await send({
    method: "POST",
    path: `${base}/storageclasses`,
    body: { metadata: { name }, provisioner: "a.b", allowVolumeExpansion },
  });
  const path = `/api/v1/namespaces/${namespace}/persistentvolumeclaims`;
  const spec = { accessModes: ["ReadWriteOnce"], resources: { requests }, storageClassName: name };
  await send({ method: "POST", path, body: { metadata: { name: "a" }, spec } });
  const merge = { method: "PATCH", path: `${path}/a`, contentType: "application/merge-patch+json" } as const;
  const grow = { ...merge, body: { spec: { resources: { requests: { storage: "2Gi" } } } } };
  await send(grow);
  await send({ ...merge, path: `${path}/a/status`, body: { status: { phase: "Bound", capacity: requests } } });
  await send(grow);
  await send({ ...merge, body: { spec: { resources: { requests: { storage: "512Mi" } } } } });
  await send({ ...merge, body: { spec: { accessModes: ["ReadOnlyMany"] } } });
  await send({ method: "DELETE", path: `${path}/a` });
  await send({ method: "GET", path: `${path}/a` });
  await send({ ...merge, body: { metadata: { finalizers: null } } });
  await send({ method: "DELETE", path: `${base}/storageclasses/${name}` });
};

/** Volumes and all that says how they come to be. */
export const storage: Readonly<Record<string, Sequence>> = {
  "claims: create": creations(claim, { right: 4, wrong: 4 }),
  "claims: change": changes(changedClaim),
  "claims: status": changes(claimStatus, { subresource: "/status" }),
  "claims: growth": growth,
  "volumes: create": creations(volume, { right: 3, wrong: 4 }),
  "volumes: change": changes(changedVolume),
  "volumes: status": changes(volumeStatus, { subresource: "/status", wrong: 1 }),
  "storage classes: create": creations(storageClass),
  "storage classes: change": changes(changedClass),
  "volume attributes classes: create": creations(attributesClass, { right: 2 }),
  "volume attributes classes: change": changes({
    ...attributesClass,
    right: attributesClass.right.slice(1),
    wrong: [...attributesClass.wrong, { driverName: "other" }, { parameters: { c: "d" } }],
  }),
  "storage drivers: create": creations(driver),
  "storage drivers: change": changes(changedDriver),
  "storage nodes: create": creations(csiNode),
  "storage nodes: change": changes({
    ...csiNode,
    wrong: [...csiNode.wrong, { spec: { drivers: [{ name: "a.b", nodeID: "other" }] } }],
  }),
  "storage capacities: create": creations(capacity),
  "storage capacities: change": changes({
    ...capacity,
    wrong: [{ storageClassName: "other" }, { nodeTopology: { matchLabels: { a: "b" } } }],
  }),
  "volume attachments: create": creations(attachment, { wrong: 4 }),
  "volume attachments: change": changes({
    ...attachment,
    wrong: [...attachment.wrong.slice(3), { spec: { nodeName: "other" } }],
  }),
  "volume attachments: status": changes(attachmentStatus, { subresource: "/status" }),
};
