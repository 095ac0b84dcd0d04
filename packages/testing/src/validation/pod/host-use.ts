import { type Causes, forbiddenCause } from "../causes.ts";
import { type Fields, objectsIn } from "../fields.ts";
import { containersOf } from "./pod-parts.ts";

/** What a pod with users of its own cannot share with its node (validateHostUsers). */
export function* wrongHostUse(spec: Fields, at: string): Causes {
  if (spec["hostUsers"] !== false) return;
  const why = "when `hostUsers` is false";
  // Two of them are written otherwise in the real server.
  for (const [field, name] of [
    ["hostNetwork", "hostNetwork"],
    ["hostPID", "HostPID"],
    ["hostIPC", "HostIPC"],
  ] as const)
    if (spec[field] === true) yield forbiddenCause(`${at}.${name}`, why);
  for (const [container, place] of containersOf(spec, at))
    if (objectsIn(container, "volumeDevices").length > 0) yield forbiddenCause(`${place}.volumeDevices`, why);
}
