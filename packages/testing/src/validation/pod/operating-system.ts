import { type Causes, forbiddenCause, invalidCause, notSupportedCause, requiredCause } from "../causes.ts";
import { type Fields, objectIn, presentIn, textIn } from "../fields.ts";
import { containersOf } from "./pod-parts.ts";

/** What a pod says of its operating system and what does not go with that (validateOS, validateLinux, validateWindows). */
export function* wrongOs(spec: Fields, at: string): Causes {
  const os = presentIn(spec, "os");
  if (os === undefined) return;
  const name = textIn(os, "name");
  if (name === "") yield requiredCause(`${at}.os.name`);
  else if (name !== "linux" && name !== "windows") yield notSupportedCause(`${at}.os`, name, ["linux", "windows"]);
  if (name === "linux") yield* notOnLinux(spec, at);
  else if (name === "windows") yield* notOnWindows(spec, at);
}

function* notOnLinux(spec: Fields, at: string): Causes {
  const why = "windows options cannot be set for a linux pod";
  if (presentIn(objectIn(spec, "securityContext"), "windowsOptions") !== undefined)
    yield forbiddenCause(`${at}.securityContext.windowsOptions`, why);
  for (const [container, place] of containersOf(spec, at)) {
    if (presentIn(objectIn(container, "securityContext"), "windowsOptions") !== undefined)
      yield forbiddenCause(`${place}.securityContext.windowsOptions`, why);
  }
}

/** In the order in which the server looks at them. */
const notForWindowsPods = [
  "securityContext.appArmorProfile",
  "securityContext.seLinuxOptions",
  "hostUsers",
  "hostPID",
  "hostIPC",
  "securityContext.seccompProfile",
  "securityContext.fsGroup",
  "securityContext.fsGroupChangePolicy",
  "securityContext.sysctls",
  "shareProcessNamespace",
  "securityContext.runAsUser",
  "securityContext.runAsGroup",
  "securityContext.supplementalGroups",
  "securityContext.supplementalGroupsPolicy",
  "securityContext.seLinuxChangePolicy",
];
const notForWindowsContainers = [
  "appArmorProfile",
  "seLinuxOptions",
  "seccompProfile",
  "capabilities",
  "readOnlyRootFilesystem",
  "privileged",
  "allowPrivilegeEscalation",
  "procMount",
  "runAsUser",
  "runAsGroup",
];

function* notOnWindows(spec: Fields, at: string): Causes {
  const why = "cannot be set for a windows pod";
  for (const path of notForWindowsPods) {
    const [, field] = /^securityContext\.(.*)$/.exec(path) ?? [];
    const value = field === undefined ? spec[path] : objectIn(spec, "securityContext")[field];
    // These two are plain booleans, of which false is the same as nothing.
    const isSet = path === "hostPID" || path === "hostIPC" ? value === true : value !== undefined;
    if (isSet) yield forbiddenCause(`${at}.${path}`, why);
  }
  for (const [container, place] of containersOf(spec, at)) {
    const context = objectIn(container, "securityContext");
    for (const field of notForWindowsContainers)
      if (context[field] !== undefined) yield forbiddenCause(`${place}.securityContext.${field}`, why);
  }
}

/** Containers that run on a Windows node itself (validateWindowsHostProcessPod). */
export function* wrongHostProcess(spec: Fields, at: string): Causes {
  const ofPod = hostProcessOf(spec);
  const containers = [...containersOf(spec, at)];
  let count = 0;
  for (const [container, place] of containers) {
    const own = hostProcessOf(container);
    if (ofPod !== undefined && own !== undefined && ofPod !== own) {
      const why = `pod hostProcess value must be identical if both are specified, was ${String(ofPod)}`;
      yield invalidCause(`${place}.securityContext.windowsOptions.hostProcess`, own, why);
    }
    if (own ?? ofPod) count++;
  }
  if (count === 0) return;
  if (count !== containers.length) {
    const why = "If pod contains any hostProcess containers then all containers must be HostProcess containers";
    yield invalidCause(at, "", why);
  }
  if (spec["hostNetwork"] !== true)
    yield invalidCause(
      `${at}.hostNetwork`,
      false,
      "hostNetwork must be true if pod contains any hostProcess containers",
    );
}

function hostProcessOf(holder: Fields): boolean | undefined {
  return objectIn(objectIn(holder, "securityContext"), "windowsOptions")["hostProcess"] as boolean | undefined;
}
