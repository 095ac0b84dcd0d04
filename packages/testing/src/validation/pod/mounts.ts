import {
  type Causes,
  forbiddenCause,
  invalidCause,
  notFoundCause,
  notSupportedCause,
  requiredCause,
} from "../causes.ts";
import { wrongForm } from "../checks.ts";
import { type Fields, objectIn, objectsIn, presentIn, textIn } from "../fields.ts";
import { backsteps, wrongLocalPath } from "../paths.ts";

/** Where a container has the pod's volumes in its files. */
export function* wrongVolumeMounts(container: Fields, volumes: ReadonlyMap<string, Fields>, at: string): Causes {
  const devices = pathsByName(container, "volumeDevices", "devicePath");
  const seen = new Set<string>();
  for (const [index, mount] of objectsIn(container, "volumeMounts").entries()) {
    const place = `${at}[${index}]`;
    const name = textIn(mount, "name");
    const path = textIn(mount, "mountPath");
    if (name === "") yield requiredCause(`${place}.name`);
    if (!volumes.has(name)) yield notFoundCause(`${place}.name`, name);
    if (path === "") yield requiredCause(`${place}.mountPath`);
    if (seen.has(path)) yield invalidCause(`${place}.mountPath`, path, "must be unique");
    seen.add(path);
    yield* wrongOverlap(devices, { name, path, place, pathField: "mountPath", others: "volumeDevices" });
    yield* wrongSubPaths(mount, place, at);
    yield* wrongPropagation(mount, container, `${at}.mountPropagation`);
    yield* wrongReadOnly(mount, `${at}.recursiveReadOnly`);
  }
}

function* wrongSubPaths(mount: Fields, place: string, at: string): Causes {
  const subPath = textIn(mount, "subPath");
  const expression = textIn(mount, "subPathExpr");
  if (subPath !== "") yield* wrongLocalPath(subPath, `${at}.subPath`);
  if (expression === "") return;
  if (subPath !== "")
    yield invalidCause(`${place}.subPathExpr`, expression, "subPathExpr and subPath are mutually exclusive");
  yield* wrongLocalPath(expression, `${at}.subPathExpr`);
}

const propagations = ["Bidirectional", "HostToContainer", "None"];

function* wrongPropagation(mount: Fields, container: Fields, at: string): Causes {
  const propagation = mount["mountPropagation"];
  if (typeof propagation !== "string") return;
  if (!propagations.includes(propagation)) yield notSupportedCause(at, propagation, propagations);
  if (propagation === "Bidirectional" && objectIn(container, "securityContext")["privileged"] !== true)
    yield forbiddenCause(at, "Bidirectional mount propagation is available only to privileged containers");
}

const readOnlyModes = ["Disabled", "Enabled", "IfPossible"];

function* wrongReadOnly(mount: Fields, at: string): Causes {
  const mode = mount["recursiveReadOnly"];
  if (typeof mode !== "string" || mode === "Disabled") return;
  if (!readOnlyModes.includes(mode)) {
    yield notSupportedCause(at, mode, readOnlyModes);
    return;
  }
  if (mount["readOnly"] !== true) yield forbiddenCause(at, "may only be specified when readOnly is true");
  const { mountPropagation = "None" } = mount;
  if (mountPropagation !== "None")
    yield forbiddenCause(at, "may only be specified when mountPropagation is None or not specified");
}

/** Where a container has the pod's volumes as devices. */
export function* wrongVolumeDevices(container: Fields, volumes: ReadonlyMap<string, Fields>, at: string): Causes {
  const mounts = pathsByName(container, "volumeMounts", "mountPath");
  const names = new Set<string>();
  const paths = new Set<string>();
  for (const [index, device] of objectsIn(container, "volumeDevices").entries()) {
    const place = `${at}[${index}]`;
    const name = textIn(device, "name");
    const path = textIn(device, "devicePath");
    if (name === "") yield requiredCause(`${place}.name`);
    if (names.has(name)) yield invalidCause(`${place}.name`, name, "must be unique");
    yield* wrongDeviceVolume(name, volumes.get(name), `${place}.name`);
    if (path === "") yield requiredCause(`${place}.devicePath`);
    if (paths.has(path)) yield invalidCause(`${place}.devicePath`, path, "must be unique");
    if (backsteps(path).length > 0)
      yield* wrongForm(`${place}.devicePath`, path, () => ["can not contain backsteps ('..')"]);
    else paths.add(path);
    yield* wrongOverlap(mounts, { name, path, place, pathField: "devicePath", others: "volumeMounts" });
    if (name !== "") names.add(name);
  }
}

function* wrongDeviceVolume(name: string, volume: Fields | undefined, at: string): Causes {
  if (volume === undefined) yield notFoundCause(at, name);
  else if (presentIn(volume, "persistentVolumeClaim") === undefined && presentIn(volume, "ephemeral") === undefined) {
    const why = "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";
    yield invalidCause(at, name, why);
  }
}

interface Used {
  readonly name: string;
  readonly path: string;
  readonly place: string;
  readonly pathField: string;
  /** The other list, in which neither may stand. */
  readonly others: string;
}

function* wrongOverlap(taken: ReadonlyMap<string, string>, { name, path, place, pathField, others }: Used): Causes {
  if (taken.has(name)) yield invalidCause(`${place}.name`, name, `must not already exist in ${others}`);
  if ([...taken.values()].includes(path))
    yield invalidCause(`${place}.${pathField}`, path, `must not already exist as a path in ${others}`);
}

function pathsByName(container: Fields, field: string, pathField: string): ReadonlyMap<string, string> {
  return new Map(objectsIn(container, field).map((one) => [textIn(one, "name"), textIn(one, pathField)]));
}
