import type { Conversion, Fields } from "./conversion.ts";

// resource.k8s.io/v1beta1, which is kept as v1 (k8s.io/kubernetes pkg/apis/resource/v1beta1/conversion.go).

/** What v1beta1 has in a request itself, and v1 in its `exactly`. */
const exactFields = [
  "deviceClassName",
  "selectors",
  "allocationMode",
  "count",
  "adminAccess",
  "tolerations",
  "capacity",
] as const;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object with another value in a field that is there. */
function changed(object: Fields, field: string, change: (value: Fields) => Fields): Fields {
  const value = object[field];
  return isFields(value) ? { ...object, [field]: change(value) } : object;
}

/** Likewise with each value of a list. */
function changedEach(object: Fields, field: string, change: (value: Fields) => Fields): Fields {
  const values = object[field];
  if (!Array.isArray(values)) return object;
  return { ...object, [field]: values.map((one: unknown) => (isFields(one) ? change(one) : one)) };
}

function part(object: Fields, belongs: (field: string) => boolean): Fields {
  return Object.fromEntries(Object.entries(object).filter(([field]) => belongs(field)));
}

function isExact(field: string): boolean {
  return (exactFields as readonly string[]).includes(field);
}

function requestToKept(request: Fields): Fields {
  const exactly = part(request, isExact);
  const rest = part(request, (field) => !isExact(field));
  return Object.keys(exactly).length === 0 ? rest : { ...rest, exactly };
}

function requestFromKept({ exactly, ...request }: Fields): Fields {
  return isFields(exactly) ? { ...request, ...exactly } : request;
}

function deviceToKept({ basic, ...device }: Fields): Fields {
  return isFields(basic) ? { ...device, ...basic } : device;
}

function deviceFromKept({ name, ...basic }: Fields): Fields {
  return { name, basic };
}

const inClaim =
  (change: (request: Fields) => Fields) =>
  (claim: Fields): Fields =>
    changed(claim, "spec", (spec) => changed(spec, "devices", (devices) => changedEach(devices, "requests", change)));

const inSlice =
  (change: (device: Fields) => Fields) =>
  (slice: Fields): Fields =>
    changed(slice, "spec", (spec) => changedEach(spec, "devices", change));

/** ResourceClaims. */
export const claimConversion: Conversion = {
  defaults: "kept",
  toKept: inClaim(requestToKept),
  fromKept: inClaim(requestFromKept),
};

/** ResourceClaimTemplates. */
export const claimTemplateConversion: Conversion = {
  defaults: "kept",
  toKept: (template) => changed(template, "spec", inClaim(requestToKept)),
  fromKept: (template) => changed(template, "spec", inClaim(requestFromKept)),
};

/** ResourceSlices. */
export const sliceConversion: Conversion = { toKept: inSlice(deviceToKept), fromKept: inSlice(deviceFromKept) };
