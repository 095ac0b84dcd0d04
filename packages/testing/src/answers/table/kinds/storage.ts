import { valueAt } from "../../../objects/draft.ts";
import { objectsAt, textAt, textsAt } from "../read.ts";
import type { ApiObject } from "../../../store/api-object.ts";
import { age, type Cell, count, flag, name, text, texts } from "../cell.ts";

/** Kinds of storage. */
export const storage: Readonly<Record<string, readonly Cell[]>> = {
  persistentvolumes: [
    name,
    text("spec.capacity.storage", "0"),
    accessModes("spec.accessModes"),
    text("spec.persistentVolumeReclaimPolicy"),
    phase,
    claim,
    storageClass,
    text("spec.volumeAttributesClassName", "<unset>"),
    text("status.reason"),
    age,
    text("spec.volumeMode", "<unset>"),
  ],
  persistentvolumeclaims: [
    name,
    phase,
    text("spec.volumeName"),
    whereBound(text("status.capacity.storage", "0")),
    whereBound(accessModes("status.accessModes")),
    storageClass,
    text("spec.volumeAttributesClassName", "<unset>"),
    age,
    text("spec.volumeMode", "<unset>"),
  ],
  "storage.k8s.io/storageclasses": [
    storageClassName,
    text("provisioner"),
    text("reclaimPolicy", "Delete"),
    text("volumeBindingMode", "Immediate"),
    flag("allowVolumeExpansion"),
    age,
  ],
  "storage.k8s.io/csinodes": [name, count("spec.drivers"), age],
  "storage.k8s.io/csidrivers": [
    name,
    flag("spec.attachRequired", true),
    flag("spec.podInfoOnMount"),
    flag("spec.storageCapacity"),
    audiences,
    flag("spec.requiresRepublish"),
    texts("spec.volumeLifecycleModes", "<none>"),
    age,
  ],
  "storage.k8s.io/volumeattachments": [
    name,
    text("spec.attacher"),
    text("spec.source.persistentVolumeName"),
    text("spec.nodeName"),
    flag("status.attached"),
    age,
  ],
  "storage.k8s.io/volumeattributesclasses": [name, text("driverName"), age],
};

/** In the order in which they are shown. */
const modes = [
  ["ReadWriteOnce", "RWO"],
  ["ReadOnlyMany", "ROX"],
  ["ReadWriteMany", "RWX"],
  ["ReadWriteOncePod", "RWOP"],
] as const;

function accessModes(path: string): Cell {
  return (object) => {
    const found = textsAt(object, path);
    return modes.flatMap(([mode, short]) => (found.includes(mode) ? [short] : [])).join(",");
  };
}

function whereBound(cell: Cell): Cell {
  return (object, now) => (textAt(object, "spec.volumeName") === "" ? "" : cell(object, now));
}

function phase(object: ApiObject): string {
  return object.metadata.deletionTimestamp === undefined ? textAt(object, "status.phase") : "Terminating";
}

function claim(volume: ApiObject): string {
  const namespace = textAt(volume, "spec.claimRef.namespace");
  return valueAt(volume, "spec.claimRef") === undefined ? "" : `${namespace}/${textAt(volume, "spec.claimRef.name")}`;
}

/** The annotation is how it was said before the field was there. */
function storageClass(object: ApiObject): string {
  const annotation = object.metadata.annotations?.["volume.beta.kubernetes.io/storage-class"];
  return annotation ?? textAt(object, "spec.storageClassName");
}

function storageClassName({ metadata }: ApiObject): string {
  const isDefault = ["storageclass", "storageclass.beta"].some(
    (prefix) => metadata.annotations?.[`${prefix}.kubernetes.io/is-default-class`] === "true",
  );
  return isDefault ? `${metadata.name} (default)` : metadata.name;
}

function audiences(driver: ApiObject): string {
  if (valueAt(driver, "spec.tokenRequests") === undefined) return "<unset>";
  return objectsAt(driver, "spec.tokenRequests")
    .map((request) => textAt(request, "audience"))
    .join(",");
}
