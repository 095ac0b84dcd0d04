import { Quantity } from "@kubewright/core";
import {
  type Causes,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
  tooLongCause,
} from "../causes.ts";
import { wrongClaimSpec } from "../claim-spec.ts";
import { wrongForm, wrongLabelsIn } from "../checks.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn, textsIn } from "../fields.ts";
import { wrongDnsSubdomain } from "../forms.ts";
import { wrongAnnotations } from "../metadata.ts";
import { backsteps, wrongFileMode, wrongLocalPath } from "../paths.ts";
import { wrongPullPolicy } from "./container.ts";
import { wrongProjections } from "./projected-volume.ts";
import { missingTexts, wrongDownwardFile, wrongKeyToPath } from "./volume-files.ts";

/** Where a volume may come from, in the order in which the server looks at it. */
export const volumeKinds = [
  "emptyDir",
  "hostPath",
  "gitRepo",
  "gcePersistentDisk",
  "awsElasticBlockStore",
  "secret",
  "nfs",
  "iscsi",
  "glusterfs",
  "flocker",
  "persistentVolumeClaim",
  "rbd",
  "cinder",
  "cephfs",
  "quobyte",
  "downwardAPI",
  "fc",
  "flexVolume",
  "configMap",
  "azureFile",
  "vsphereVolume",
  "photonPersistentDisk",
  "portworxVolume",
  "azureDisk",
  "storageos",
  "projected",
  "scaleIO",
  "csi",
  "ephemeral",
  "image",
] as const;

type VolumeKind = (typeof volumeKinds)[number];

/** What is wrong with each kind of source (`validate…VolumeSource`); `isPod` is false in templates. */
export const volumeRules: Readonly<
  Partial<Record<VolumeKind, (source: Fields, at: string, isPod: boolean) => Causes>>
> = {
  *emptyDir(source, at) {
    const limit = source["sizeLimit"];
    if (typeof limit === "string" && Quantity.parse(limit).compare(0) < 0)
      yield forbiddenCause(`${at}.sizeLimit`, "SizeLimit field must be a valid resource quantity");
  },
  *hostPath(source, at) {
    const path = textIn(source, "path");
    if (path === "") {
      yield requiredCause(`${at}.path`);
      return;
    }
    yield* wrongForm(`${at}.path`, path, backsteps);
    const { type = "" } = source as { type?: string };
    if (!hostPathTypes.includes(type)) yield notSupportedCause(`${at}.type`, type, hostPathTypes);
  },
  *gitRepo(source, at) {
    yield* missingTexts(source, ["repository"], at);
    yield* wrongLocalPath(textIn(source, "directory"), `${at}.directory`);
  },
  gcePersistentDisk: (source, at) => wrongDisk(source, "pdName", at.replace("gcePersistentDisk", "persistentDisk")),
  awsElasticBlockStore: (source, at) => wrongDisk(source, "volumeID", at),
  secret: (source, at) => wrongKeys(source, "secretName", at),
  configMap: (source, at) => wrongKeys(source, "name", at),
  *nfs(source, at) {
    yield* missingTexts(source, ["server", "path"], at);
    const path = textIn(source, "path");
    if (!path.startsWith("/")) yield invalidCause(`${at}.path`, path, "must be an absolute path");
  },
  glusterfs: (source, at) => missingTexts(source, ["endpoints", "path"], at),
  persistentVolumeClaim: (source, at) => missingTexts(source, ["claimName"], at),
  *rbd(source, at) {
    if (textsIn(source, "monitors").length === 0) yield requiredCause(`${at}.monitors`);
  },
  *cephfs(source, at) {
    if (textsIn(source, "monitors").length === 0) yield requiredCause(`${at}.monitors`);
  },
  scaleIO: (source, at) => missingTexts(source, ["gateway", "system", "volumeName"], at),
  flexVolume: (source, at) => missingTexts(source, ["driver"], at),
  *cinder(source, at) {
    yield* missingTexts(source, ["volumeID"], at);
    const secret = presentIn(source, "secretRef");
    if (secret !== undefined) yield* missingTexts(secret, ["name"], `${at}.secretRef`);
  },
  *downwardAPI(source, at) {
    yield* wrongFileMode(source["defaultMode"], `${at}.defaultMode`);
    for (const file of objectsIn(source, "items")) yield* wrongDownwardFile(file, at);
  },
  azureFile: (source, at) => missingTexts(source, ["secretName", "shareName"], at),
  vsphereVolume: (source, at) => missingTexts(source, ["volumePath"], at),
  photonPersistentDisk: (source, at) => missingTexts(source, ["pdID"], at),
  portworxVolume: (source, at) => missingTexts(source, ["volumeID"], at),
  *projected(source, at) {
    yield* wrongFileMode(source["defaultMode"], `${at}.defaultMode`);
    yield* wrongProjections(source, at);
  },
  *csi(source, at) {
    yield* wrongDriver(textIn(source, "driver"), `${at}.driver`);
    const secret = presentIn(source, "nodePublishSecretRef");
    if (secret === undefined) return;
    const name = textIn(secret, "name");
    if (name === "") yield requiredCause(`${at}.nodePublishSecretRef.name`);
    else yield* wrongForm(`${at}.name`, name, wrongDnsSubdomain);
  },
  *ephemeral(source, at) {
    const template = presentIn(source, "volumeClaimTemplate");
    if (template === undefined) yield requiredCause(`${at}.volumeClaimTemplate`);
    else yield* wrongClaimTemplate(template, `${at}.volumeClaimTemplate`);
  },
  *image(source, at, isPod) {
    if (isPod && textIn(source, "reference") === "") yield requiredCause(`${at}.reference`);
    yield* wrongPullPolicy(textIn(source, "pullPolicy"), `${at}.pullPolicy`);
  },
};

const hostPathTypes = [
  "",
  "BlockDevice",
  "CharDevice",
  "Directory",
  "DirectoryOrCreate",
  "File",
  "FileOrCreate",
  "Socket",
];

function* wrongDisk(source: Fields, name: string, at: string): Causes {
  yield* missingTexts(source, [name], at);
  const partition = numberIn(source, "partition") ?? 0;
  // It says 1, though 0, which means none, is fine.
  if (partition < 0 || partition > 255)
    yield invalidCause(`${at}.partition`, partition, "must be between 1 and 255, inclusive");
}

function* wrongKeys(source: Fields, name: string, at: string): Causes {
  yield* missingTexts(source, [name], at);
  yield* wrongFileMode(source["defaultMode"], `${at}.defaultMode`);
  for (const [index, item] of objectsIn(source, "items").entries())
    yield* wrongKeyToPath(item, `${at}.items[${index}]`);
}

/** Of the metadata of claims, only labels and annotations can be said (ValidatePersistentVolumeClaimTemplate). */
function* wrongClaimTemplate(template: Fields, at: string): Causes {
  const metadata = objectIn(template, "metadata");
  yield* wrongAnnotations(metadata, `${at}.metadata.annotations`);
  yield* wrongLabelsIn(metadata, "labels", `${at}.metadata.labels`);
  for (const field of Object.keys(metadata)) {
    if (!["annotations", "labels", "creationTimestamp"].includes(field))
      yield forbiddenCause(`${at}.metadata.${field}`, "cannot be set");
  }
  yield* wrongClaimSpec(objectIn(template, "spec"), `${at}.spec`);
}

/** ValidateCSIDriverName */
function* wrongDriver(name: string, at: string): Causes {
  if (name === "") {
    yield requiredCause(at);
    return;
  }
  if (name.length > 63) yield tooLongCause(at, 63);
  yield* wrongForm(at, name, (text) => wrongDnsSubdomain(text.toLowerCase()));
}
