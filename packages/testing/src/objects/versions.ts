import { apiVersionOf } from "../knowledge/api-version.ts";
import type { ObjectType } from "../knowledge/object-type.ts";
import type { ResourceInfo } from "../knowledge/resource-info.ts";
import { typeOf } from "../knowledge/types.ts";
import type { ApiObject } from "../store/api-object.ts";
import { autoscalerConversion } from "./conversions/autoscaler.ts";
import type { Conversion } from "./conversions/conversion.ts";
import { claimConversion, claimTemplateConversion, sliceConversion } from "./conversions/devices.ts";
import { eventConversion } from "./conversions/event.ts";
import { applyDefaults } from "./defaults.ts";
import { shaped } from "./shape.ts";

/** By apiVersion and kind, what is kept in another form; other versions have the fields of the kept one. */
const conversions: Readonly<Record<string, Conversion>> = {
  "autoscaling/v1 HorizontalPodAutoscaler": autoscalerConversion,
  "events.k8s.io/v1 Event": eventConversion,
  "resource.k8s.io/v1beta1 ResourceClaim": claimConversion,
  "resource.k8s.io/v1beta1 ResourceClaimTemplate": claimTemplateConversion,
  "resource.k8s.io/v1beta1 ResourceSlice": sliceConversion,
};

function conversionOf(resource: ResourceInfo): Conversion | undefined {
  return conversions[`${apiVersionOf(resource)} ${resource.kind}`];
}

/** The apiVersion in which the objects of a resource are kept. */
export function keptVersionOf(resource: ResourceInfo): string {
  return resource.keptAs ?? apiVersionOf(resource);
}

/** The group of that version, by which errors name the kind. */
export function keptGroupOf(resource: ResourceInfo): string {
  const [group = "", version] = keptVersionOf(resource).split("/");
  return version === undefined ? "" : group;
}

/** The type in which they are. */
export function keptTypeOf(resource: ResourceInfo): ObjectType {
  return typeIn(keptVersionOf(resource), resource);
}

function typeIn(apiVersion: string, { kind }: ResourceInfo): ObjectType {
  const type = typeOf(apiVersion, kind);
  if (type === undefined) throw new Error(`${kind} has no type`);
  return type;
}

/** An object of a resource's own version as it is kept, with the defaults of its own version. It has the shape of its type, as what this gives has. */
export function inKeptVersion(object: Record<string, unknown>, resource: ResourceInfo): Record<string, unknown> {
  const conversion = conversionOf(resource);
  const apiVersion = keptVersionOf(resource);
  const defaults = conversion?.defaults ?? "sent";
  if (defaults === "sent") applyDefaults(typeIn(apiVersionOf(resource), resource), object);
  if (conversion === undefined) return { ...object, apiVersion };
  const kept = shaped(keptTypeOf(resource), { ...conversion.toKept(object), apiVersion });
  if (defaults === "kept") applyDefaults(keptTypeOf(resource), kept);
  return kept;
}

/** What was made of the objects that are kept, for whoever asks for the same again, such as many watchers. */
const made = new Map<string, WeakMap<ApiObject, ApiObject>>();

/** A kept object in a resource's own version; the object itself where that is the version in which it is kept. */
export function inServedVersion(object: ApiObject, resource: ResourceInfo): ApiObject {
  const apiVersion = apiVersionOf(resource);
  if (object.apiVersion === apiVersion || object.kind !== resource.kind) return object;
  let known = made.get(apiVersion);
  if (known === undefined) made.set(apiVersion, (known = new WeakMap()));
  const before = known.get(object);
  if (before !== undefined) return before;
  const converted = { ...(conversionOf(resource)?.fromKept(object) ?? object), apiVersion };
  const served = shaped(typeIn(apiVersion, resource), converted) as unknown as ApiObject;
  known.set(object, served);
  return served;
}
