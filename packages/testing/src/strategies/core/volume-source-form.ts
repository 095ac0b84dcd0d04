import type { InternalField } from "../../validation/internal-form.ts";

const secret: readonly InternalField[] = [
  { name: "Name", zero: "" },
  { name: "Namespace", zero: "" },
];

/** How the server's messages show where a volume comes from: the sources that need no cloud, whole. */
export const shownSource: readonly InternalField[] = [
  { name: "GCEPersistentDisk", from: "gcePersistentDisk" },
  { name: "AWSElasticBlockStore", from: "awsElasticBlockStore" },
  { name: "HostPath", fields: [{ name: "Path", zero: "" }, { name: "Type" }] },
  { name: "Glusterfs" },
  {
    name: "NFS",
    from: "nfs",
    fields: [
      { name: "Server", zero: "" },
      { name: "Path", zero: "" },
      { name: "ReadOnly", zero: false },
    ],
  },
  { name: "RBD", from: "rbd" },
  { name: "Quobyte" },
  { name: "ISCSI", from: "iscsi" },
  { name: "FlexVolume" },
  { name: "Cinder" },
  { name: "CephFS", from: "cephfs" },
  { name: "FC", from: "fc" },
  { name: "Flocker" },
  { name: "AzureFile" },
  { name: "VsphereVolume" },
  { name: "AzureDisk" },
  { name: "PhotonPersistentDisk" },
  { name: "PortworxVolume" },
  { name: "ScaleIO" },
  {
    name: "Local",
    fields: [
      { name: "Path", zero: "" },
      { name: "FSType", from: "fsType" },
    ],
  },
  { name: "StorageOS", from: "storageos" },
  {
    name: "CSI",
    from: "csi",
    fields: [
      { name: "Driver", zero: "" },
      { name: "VolumeHandle", zero: "" },
      { name: "ReadOnly", zero: false },
      { name: "FSType", from: "fsType", zero: "" },
      { name: "VolumeAttributes" },
      { name: "ControllerPublishSecretRef", fields: secret },
      { name: "NodeStageSecretRef", fields: secret },
      { name: "NodePublishSecretRef", fields: secret },
      { name: "ControllerExpandSecretRef", fields: secret },
      { name: "NodeExpandSecretRef", fields: secret },
    ],
  },
];
