import { Quantity } from "@kubewright/core";
import { type Causes, invalidCause, notFoundCause, notSupportedCause, requiredCause } from "../causes.ts";
import { wrongForm, wrongRequiredForm } from "../checks.ts";
import { type Fields, objectIn, objectsIn, presentIn, textIn } from "../fields.ts";
import { wrongConfigKey, wrongDnsLabel, wrongDnsSubdomain, wrongEnvName, wrongQualifiedName } from "../forms.ts";
import { backsteps } from "../paths.ts";
import { containersOf } from "./pod-parts.ts";

/** The environment variables of a container. */
export function* wrongEnv(variables: readonly Fields[], at: string): Causes {
  for (const [index, variable] of variables.entries()) {
    yield* wrongRequiredForm(`${at}[${index}].name`, textIn(variable, "name"), wrongEnvName);
    yield* wrongSource(variable, `${at}[${index}].valueFrom`);
  }
}

/** All keys of config maps and secrets as variables. */
export function* wrongEnvFrom(sources: readonly Fields[], at: string): Causes {
  for (const [index, source] of sources.entries()) {
    const place = `${at}[${index}]`;
    const prefix = textIn(source, "prefix");
    if (prefix !== "") yield* wrongForm(`${place}.prefix`, prefix, wrongEnvName);
    const given = ["configMapRef", "secretRef"].filter((kind) => presentIn(source, kind) !== undefined);
    for (const kind of given) {
      const name = textIn(objectIn(source, kind), "name");
      if (name === "") yield requiredCause(`${place}.${kind}.name`);
      // As the start of a name it may end in a hyphen.
      else yield* wrongForm(`${place}.${kind}.name`, name, (text) => wrongDnsSubdomain(text.replace(/-$/, "a")));
    }
    if (given.length === 0) yield invalidCause(at, "", "must specify one of: `configMapRef` or `secretRef`");
    else if (given.length > 1) yield invalidCause(at, "", "may not have more than one field specified at a time");
  }
}

/** The fields of a pod that its containers can have as variables. */
const envFields = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];

const sourceRules: Readonly<Record<string, (source: Fields, at: string) => Causes>> = {
  fieldRef: (source, at) => wrongFieldRef(source, envFields, at),
  resourceFieldRef: (source, at) => wrongResourceFieldRef(source, false, at),
  configMapKeyRef: wrongKeyRef,
  secretKeyRef: wrongKeyRef,
  fileKeyRef: wrongFileKeyRef,
};

function* wrongSource(variable: Fields, at: string): Causes {
  const valueFrom = presentIn(variable, "valueFrom");
  if (valueFrom === undefined) return;
  const given = Object.keys(sourceRules).filter((kind) => presentIn(valueFrom, kind) !== undefined);
  for (const kind of given) yield* sourceRules[kind]!(objectIn(valueFrom, kind), `${at}.${kind}`);
  if (given.length === 0) {
    const kinds = "`fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`";
    yield invalidCause(at, "", `must specify one of: ${kinds}`);
  } else if (textIn(variable, "value") !== "")
    yield invalidCause(at, "", "may not be specified when `value` is not empty");
  else if (given.length > 1) yield invalidCause(at, "", "may not have more than one field specified at a time");
}

function* wrongKeyRef(source: Fields, at: string): Causes {
  yield* wrongForm(`${at}.name`, textIn(source, "name"), wrongDnsSubdomain);
  yield* wrongRequiredForm(`${at}.key`, textIn(source, "key"), wrongConfigKey);
}

function* wrongFileKeyRef(source: Fields, at: string): Causes {
  yield* wrongRequiredForm(`${at}.key`, textIn(source, "key"), wrongEnvName);
  yield* wrongRequiredForm(`${at}.volumeName`, textIn(source, "volumeName"), wrongDnsLabel);
  yield* wrongRequiredForm(`${at}.path`, textIn(source, "path"), backsteps);
}

/** Variables out of files, which have to be in an emptyDir. */
export function* wrongFileKeys(spec: Fields, at: string): Causes {
  const volumes = new Map(objectsIn(spec, "volumes").map((volume) => [textIn(volume, "name"), volume]));
  for (const [container, place] of containersOf(spec, at)) {
    for (const [index, variable] of objectsIn(container, "env").entries()) {
      const source = presentIn(objectIn(variable, "valueFrom"), "fileKeyRef");
      if (source === undefined) continue;
      const name = textIn(source, "volumeName");
      const where = `${place}.env[${index}].valueFrom.fileKeyRef.volumeName`;
      const volume = volumes.get(name);
      if (volume === undefined) yield notFoundCause(where, name);
      else if (presentIn(volume, "emptyDir") === undefined)
        yield invalidCause(where, name, "referenced volume must be of type emptyDir");
    }
  }
}

/** What `fieldRef` can name beside what is asked for here; the server says of all else that it does not know it. */
const knownFields = new Set([
  ...envFields,
  "metadata.annotations",
  "metadata.labels",
  "spec.restartPolicy",
  "spec.schedulerName",
  "status.phase",
]);

/** A field of the pod; `allowed` are those that it can be here. */
export function* wrongFieldRef(source: Fields, allowed: readonly string[], at: string): Causes {
  const version = textIn(source, "apiVersion");
  const path = textIn(source, "fieldPath");
  if (version === "") {
    yield requiredCause(`${at}.apiVersion`);
    return;
  }
  if (path === "") {
    yield requiredCause(`${at}.fieldPath`);
    return;
  }
  const [, base, key] = /^(.+?)\['(.*)'\]$/s.exec(path) ?? [];
  const unknown = unknownField(version, path, base);
  if (unknown !== undefined) yield invalidCause(`${at}.fieldPath`, path, `error converting fieldPath: ${unknown}`);
  else if (base === "metadata.annotations") yield* wrongForm(at, key!.toLowerCase(), wrongQualifiedName);
  else if (base === "metadata.labels") yield* wrongForm(at, key!, wrongQualifiedName);
  else {
    // What old clients call the node's name.
    const field = path === "spec.host" ? "spec.nodeName" : path;
    if (!allowed.includes(field)) yield notSupportedCause(`${at}.fieldPath`, field, [...allowed].toSorted());
  }
}

function unknownField(version: string, path: string, base: string | undefined): string | undefined {
  if (version !== "v1") return `unsupported pod version: ${version}`;
  if (base === undefined)
    return knownFields.has(path) || path === "spec.host" ? undefined : `field label not supported: ${path}`;
  if (base === "metadata.annotations" || base === "metadata.labels") return undefined;
  return `field label does not support subscript: ${path}`;
}

const resourceFields = ["cpu", "ephemeral-storage", "memory"].flatMap((name) => [`limits.${name}`, `requests.${name}`]);
const byteDivisors = [
  "1",
  ...["", "i"].flatMap((binary) => (binary === "" ? "kMGTPE" : "KMGTPE").split("").map((unit) => `1${unit}${binary}`)),
];

/** What a container requests or may use; of which one has to be said in volumes (`ofVolume`). */
export function* wrongResourceFieldRef(source: Fields, ofVolume: boolean, at: string): Causes {
  const resource = textIn(source, "resource");
  const ofHugePages = /^(limits|requests)\.hugepages-/.test(resource);
  if (ofVolume && textIn(source, "containerName") === "") yield requiredCause(`${at}.containerName`);
  else if (resource === "") yield requiredCause(`${at}.resource`);
  else if (!resourceFields.includes(resource) && !ofHugePages)
    yield notSupportedCause(`${at}.resource`, resource, resourceFields.toSorted());
  const divisor = Quantity.parse((source["divisor"] ?? "0") as string);
  if (divisor.isZero()) return;
  const [, kind = ""] = resource.split(".");
  const allowed = kind === "cpu" ? ["1m", "1"] : byteDivisors;
  const named = ofHugePages ? "hugepages" : divisorNames[kind];
  if (named === undefined || allowed.includes(divisor.toString())) return;
  const values = kind === "cpu" ? "1m and 1" : byteDivisors.join(", ");
  yield invalidCause(
    `${at}.divisor`,
    resource,
    `only divisor's values ${values} are supported with the ${named} resource`,
  );
}

const divisorNames: Readonly<Record<string, string>> = {
  cpu: "cpu",
  memory: "memory",
  "ephemeral-storage": "local ephemeral storage",
};
