import type { Cause } from "../../exchange/refusal.ts";
import { type Causes, duplicateCause, forbiddenCause, invalidCause, requiredCause } from "../causes.ts";
import { wrongRequiredForm } from "../checks.ts";
import { type Fields, objectIn, objectsIn, presentIn, textIn } from "../fields.ts";
import { wrongDnsLabel, wrongDnsSubdomain } from "../forms.ts";
import { volumeKinds, volumeRules } from "./volume-sources.ts";

/** The volumes of a pod: what is wrong with them, and those that are right, by name (ValidateVolumes). */
export function wrongVolumes(
  spec: Fields,
  at: string,
  podName: string | undefined,
): { readonly causes: readonly Cause[]; readonly usable: ReadonlyMap<string, Fields> } {
  const volumes = objectsIn(spec, "volumes");
  const made = new Set<string>();
  if (podName !== undefined && podName !== "") {
    for (const volume of volumes)
      if (presentIn(volume, "ephemeral") !== undefined) made.add(`${podName}-${textIn(volume, "name")}`);
  }
  const causes: Cause[] = [];
  const usable = new Map<string, Fields>();
  for (const [index, volume] of volumes.entries()) {
    const place = `${at}[${index}]`;
    const name = textIn(volume, "name");
    const own = [
      ...wrongVolume(volume, place, podName),
      ...wrongRequiredForm(`${place}.name`, name, wrongDnsLabel),
      ...(usable.has(name) ? [duplicateCause(`${place}.name`, name)] : []),
    ];
    causes.push(...own);
    if (own.length === 0) usable.set(name, volume);
    const claim = textIn(objectIn(volume, "persistentVolumeClaim"), "claimName");
    if (!made.has(claim)) continue;
    const why = "must not reference a PVC that gets created for an ephemeral volume";
    causes.push(invalidCause(`${place}.persistentVolumeClaim.claimName`, claim, why));
  }
  return { causes, usable };
}

function* wrongVolume(volume: Fields, at: string, podName: string | undefined): Causes {
  const given = volumeKinds.filter((kind) => presentIn(volume, kind) !== undefined);
  const name = textIn(volume, "name");
  for (const [index, kind] of given.entries()) {
    const place = `${at}.${kind}`;
    if (index > 0) {
      yield forbiddenCause(`${at}.${misspelt[kind] ?? kind}`, "may not specify more than 1 volume type");
      continue;
    }
    yield* volumeRules[kind]?.(objectIn(volume, kind), place, podName !== undefined) ?? [];
    if (kind === "iscsi") yield* longPortal(volume, at);
    if (kind === "ephemeral" && podName !== undefined && podName !== "" && name !== "") {
      const claim = `${podName}-${name}`;
      for (const why of wrongDnsSubdomain(claim)) yield invalidCause(`${at}.name`, name, `PVC name "${claim}": ${why}`);
    }
  }
  if (given.length === 0) yield requiredCause(at, "must specify a volume type");
}

/** So the real server writes them where there is more than one. */
const misspelt: Readonly<Record<string, string>> = { downwardAPI: "downwarAPI", cephfs: "cephFS" };

function* longPortal(volume: Fields, at: string): Causes {
  const name = textIn(volume, "name");
  const source = objectIn(volume, "iscsi");
  if (source["initiatorName"] === undefined) return;
  if (`${name}:${textIn(source, "targetPortal")}`.length <= 64) return;
  const why =
    "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";
  yield invalidCause(`${at}.name`, name, why);
}
