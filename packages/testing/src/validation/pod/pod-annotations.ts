import type { DraftMetadata } from "../../objects/draft.ts";
import { type Causes, forbiddenCause, invalidCause } from "../causes.ts";
import { type Fields, objectIn, presentIn, textIn } from "../fields.ts";
import { wrongLocalPath } from "../paths.ts";
import { containersOf } from "./pod-parts.ts";
import { wrongTolerations } from "./tolerations.ts";

/** What the kubelet marks the pods with that it makes from files of its own. */
export const mirrorAnnotation = "kubernetes.io/config.mirror";
/** What once said the profile of a container, by its name behind it. */
export const appArmorPrefix = "container.apparmor.security.beta.kubernetes.io/";
export const seccompPod = "seccomp.security.alpha.kubernetes.io/pod";
export const seccompPrefix = "container.seccomp.security.alpha.kubernetes.io/";
const tolerationsAnnotation = "scheduler.alpha.kubernetes.io/tolerations";
const deletionCost = "controller.kubernetes.io/pod-deletion-cost";

/** Annotations that mean something for pods (ValidatePodSpecificAnnotations). */
export function* wrongPodAnnotations(
  { annotations = {} }: Pick<DraftMetadata, "annotations">,
  spec: Fields,
  at: string,
): Causes {
  const mirror = annotations[mirrorAnnotation];
  if (mirror !== undefined && textIn(spec, "nodeName") === "") {
    const why = "must set spec.nodeName if mirror pod annotation is set";
    yield invalidCause(`${at}[${mirrorAnnotation}]`, mirror, why);
  }
  yield* wrongTolerationText(annotations[tolerationsAnnotation] ?? "", at);
  const cost = annotations[deletionCost];
  if (cost !== undefined && !isInt32(cost))
    yield invalidCause(`${at}[${deletionCost}]`, cost, "must be a 32bit integer");
  for (const [key, profile] of Object.entries(annotations))
    if (key === seccompPod || key.startsWith(seccompPrefix)) yield* wrongSeccompText(profile, `${at}.${key}`);
  const names = new Set([...containersOf(spec, "")].map(([container]) => textIn(container, "name")));
  for (const [key, profile] of Object.entries(annotations)) {
    if (!key.startsWith(appArmorPrefix)) continue;
    const name = key.slice(appArmorPrefix.length);
    if (!names.has(name)) yield invalidCause(`${at}[${key}]`, name, "container not found");
    if (!/^(|runtime\/default|unconfined|localhost\/.*)$/s.test(profile))
      yield invalidCause(`${at}[${key}]`, profile, `invalid AppArmor profile name: ${JSON.stringify(profile)}`);
  }
}

function* wrongTolerationText(text: string, at: string): Causes {
  if (text === "") return;
  let tolerations: unknown;
  try {
    tolerations = JSON.parse(text);
  } catch (error) {
    yield invalidCause(at, tolerationsAnnotation, (error as Error).message);
    return;
  }
  if (Array.isArray(tolerations)) yield* wrongTolerations(tolerations as Fields[], `${at}.${tolerationsAnnotation}`);
}

function isInt32(text: string): boolean {
  if (!/^(-\d+|0|[1-9]\d*)$/.test(text)) return false;
  return Number(text) >= -(2 ** 31) && Number(text) < 2 ** 31;
}

function* wrongSeccompText(profile: string, at: string): Causes {
  if (["runtime/default", "docker/default", "unconfined"].includes(profile)) return;
  if (profile.startsWith("localhost/")) yield* wrongLocalPath(profile.slice("localhost/".length), at);
  else yield invalidCause(at, profile, "must be a valid seccomp profile");
}

/** Old annotations that say otherwise than the fields that took their place (validate…AnnotationsAndFields…). */
export function* wrongOldProfiles(metadata: Fields, spec: Fields, at: string): Causes {
  const annotations = objectIn(metadata, "annotations") as Readonly<Record<string, string>>;
  const ofPod = presentIn(objectIn(spec, "securityContext"), "seccompProfile");
  yield* otherProfile("seccomp", annotations[seccompPod], ofPod, `${at}.securityContext.seccompProfile`);
  const containers = [...containersOf(spec, at)];
  for (const [container, place] of containers) {
    const own = presentIn(objectIn(container, "securityContext"), "seccompProfile");
    const annotation = annotations[`${seccompPrefix}${textIn(container, "name")}`];
    yield* otherProfile("seccomp", annotation, own, `${place}.securityContext.seccompProfile`);
  }
  if (objectIn(spec, "os")["name"] === "windows") return;
  const podProfile = presentIn(objectIn(spec, "securityContext"), "appArmorProfile");
  for (const [container, place] of containers) {
    const own = presentIn(objectIn(container, "securityContext"), "appArmorProfile") ?? podProfile;
    const annotation = annotations[`${appArmorPrefix}${textIn(container, "name")}`];
    yield* otherProfile("apparmor", annotation, own, `${place}.securityContext.appArmorProfile`);
  }
}

const local = "localhost/";

function* otherProfile(
  what: "seccomp" | "apparmor",
  annotation: string | undefined,
  profile: Fields | undefined,
  at: string,
): Causes {
  if (annotation === undefined || profile === undefined) return;
  const type = textIn(profile, "type");
  const isSameType = {
    Unconfined: annotation === "unconfined",
    RuntimeDefault: annotation === "runtime/default" || (what === "seccomp" && annotation === "docker/default"),
    Localhost: annotation.startsWith(local),
  }[type];
  if (isSameType === false) yield forbiddenCause(`${at}.type`, `${what} type in annotation and field must match`);
  else if (type === "Localhost" && annotation.slice(local.length) !== profile["localhostProfile"])
    yield forbiddenCause(`${at}.localhostProfile`, `${what} profile in annotation and field must match`);
}
