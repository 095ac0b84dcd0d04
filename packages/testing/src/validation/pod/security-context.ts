import {
  type Causes,
  duplicateCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
  tooLongCause,
} from "../causes.ts";
import { wrongChoice } from "../checks.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn, textsIn } from "../fields.ts";
import { structForm } from "../../objects/struct-form.ts";
import { outOfRange } from "../forms.ts";
import { wrongLocalPath } from "../paths.ts";
import { wrongWindowsOptions } from "./windows-options.ts";

const mostId = 2_147_483_647;

/** As whom all containers of a pod run (validatePodSpecSecurityContext). */
export function* wrongPodSecurityContext(spec: Fields, at: string): Causes {
  const context = objectIn(spec, "securityContext");
  yield* wrongIds(context, ["fsGroup", "runAsUser", "runAsGroup"], at);
  for (const [index, id] of ((context["supplementalGroups"] ?? []) as readonly number[]).entries())
    for (const why of outOfRange(id, 0, mostId)) yield invalidCause(`${at}.supplementalGroups[${index}]`, id, why);
  if (spec["shareProcessNamespace"] === true && spec["hostPID"] === true) {
    const why = "ShareProcessNamespace and HostPID cannot both be enabled";
    yield invalidCause(`${at}.shareProcessNamespace`, true, why);
  }
  yield* wrongSysctls(spec, context, `${at}.sysctls`);
  yield* wrongPolicy(context, "fsGroupChangePolicy", ["Always", "OnRootMismatch"], at);
  yield* wrongSeccomp(presentIn(context, "seccompProfile"), `${at}.seccompProfile`);
  yield* wrongWindowsOptions(presentIn(context, "windowsOptions"), `${at}.windowsOptions`);
  yield* wrongAppArmor(presentIn(context, "appArmorProfile"), `${at}.appArmorProfile`);
  yield* wrongPolicy(context, "supplementalGroupsPolicy", ["Merge", "Strict"], at);
  // The other one belongs to a feature that is off by default.
  yield* wrongPolicy(context, "seLinuxChangePolicy", ["Recursive"], at);
}

/** As whom one container runs (ValidateSecurityContext). */
export function* wrongSecurityContext(context: Fields | undefined, spec: Fields, at: string): Causes {
  if (context === undefined) return;
  yield* wrongIds(context, ["runAsUser", "runAsGroup"], at);
  const mount = context["procMount"];
  if (typeof mount === "string") {
    const mounts = ["Default", "Unmasked"];
    if (!mounts.includes(mount)) yield notSupportedCause(`${at}.procMount`, mount, mounts);
    if (spec["hostUsers"] !== false && mount === "Unmasked")
      yield invalidCause(`${at}.procMount`, mount, "`hostUsers` must be false to use `Unmasked`");
  }
  yield* wrongSeccomp(presentIn(context, "seccompProfile"), `${at}.seccompProfile`);
  yield* wrongEscalation(context, at);
  yield* wrongWindowsOptions(presentIn(context, "windowsOptions"), `${at}.windowsOptions`);
  yield* wrongAppArmor(presentIn(context, "appArmorProfile"), `${at}.appArmorProfile`);
}

function* wrongIds(context: Fields, fields: readonly string[], at: string): Causes {
  for (const field of fields) {
    const id = numberIn(context, field);
    if (id === undefined) continue;
    for (const why of outOfRange(id, 0, mostId)) yield invalidCause(`${at}.${field}`, id, why);
  }
}

function* wrongPolicy(context: Fields, field: string, supported: readonly string[], at: string): Causes {
  const policy = context[field];
  if (typeof policy === "string" && !supported.includes(policy))
    yield notSupportedCause(`${at}.${field}`, policy, supported);
}

function* wrongEscalation(context: Fields, at: string): Causes {
  if (context["allowPrivilegeEscalation"] !== false) return;
  if (context["privileged"] === true) {
    const why = "cannot set `allowPrivilegeEscalation` to false and `privileged` to true";
    yield invalidCause(at, structForm("SecurityContext", context), why);
  }
  for (const capability of textsIn(objectIn(context, "capabilities"), "add")) {
    if (capability !== "CAP_SYS_ADMIN") continue;
    const why = "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN";
    yield invalidCause(at, structForm("SecurityContext", context), why);
  }
}

function* wrongSysctls(spec: Fields, context: Fields, at: string): Causes {
  const names = new Set<string>();
  for (const [index, sysctl] of objectsIn(context, "sysctls").entries()) {
    const place = `${at}[${index}].name`;
    const name = textIn(sysctl, "name");
    if (name === "") yield requiredCause(place);
    else if (name.length > 253 || !sysctlPattern.test(name)) {
      const form = "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";
      yield invalidCause(place, name, `must have at most 253 characters and match regex ${form}`);
    } else if (names.has(name)) yield duplicateCause(place, name);
    yield* wrongSharing(name, spec, place);
    names.add(name);
  }
}

const sysctlPattern = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;

/** What belongs to a namespace that the pod shares with its node is the node's. */
function* wrongSharing(name: string, spec: Fields, at: string): Causes {
  const dotted = name.replaceAll("/", ".");
  if (spec["hostNetwork"] === true && dotted.startsWith("net."))
    yield invalidCause(at, name, "may not be specified when 'hostNetwork' is true");
  else if (spec["hostIPC"] === true && isOfIpc(dotted))
    yield invalidCause(at, name, "may not be specified when 'hostIPC' is true");
}

function isOfIpc(name: string): boolean {
  return name.startsWith("fs.mqueue.") || /^kernel\.(sem|shm(all|max|mni|_rmid_forced)?|msg(max|mnb|mni)?)$/.test(name);
}

const profileTypes = ["Localhost", "RuntimeDefault", "Unconfined"];

function* wrongSeccomp(profile: Fields | undefined, at: string): Causes {
  if (profile === undefined) return;
  const { localhostProfile } = profile;
  const type = textIn(profile, "type");
  yield* wrongChoice(`${at}.type`, type, profileTypes, "type is required when seccompProfile is set");
  if (type !== "Localhost") {
    if (localhostProfile !== undefined) {
      const shown = { Type: type, LocalhostProfile: localhostProfile };
      yield invalidCause(`${at}.localhostProfile`, shown, "can only be set when seccomp type is Localhost");
    }
  } else if (typeof localhostProfile === "string") yield* wrongLocalPath(localhostProfile, `${at}.localhostProfile`);
  else yield requiredCause(`${at}.localhostProfile`, "must be set when seccomp type is Localhost");
}

function* wrongAppArmor(profile: Fields | undefined, at: string): Causes {
  if (profile === undefined) return;
  const { localhostProfile } = profile;
  const type = textIn(profile, "type");
  yield* wrongChoice(`${at}.type`, type, profileTypes, "type is required when appArmorProfile is set");
  const place = `${at}.localhostProfile`;
  if (type === "Localhost") {
    if (typeof localhostProfile !== "string" || localhostProfile === "")
      yield requiredCause(place, "must be set when AppArmor type is Localhost");
    else if (localhostProfile.trim() !== localhostProfile)
      yield invalidCause(place, localhostProfile, "must not be padded with whitespace");
    if (textIn(profile, "localhostProfile").length > 4095) yield tooLongCause(place, 4095);
  } else if (profileTypes.includes(type) && localhostProfile !== undefined)
    yield invalidCause(place, localhostProfile, "can only be set when AppArmor type is Localhost");
}
