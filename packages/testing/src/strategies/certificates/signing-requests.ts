import type { Draft } from "../../objects/draft.ts";
import { equalValues } from "../../objects/equal-values.ts";
import { timeText } from "../../objects/system-metadata.ts";
import type { ApiObject } from "../../store/api-object.ts";
import {
  type Causes,
  duplicateCause,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from "../../validation/causes.ts";
import { type Fields, numberIn, objectIn, objectsIn, textIn, textsIn } from "../../validation/fields.ts";
import { wrongDnsLabel, wrongDnsSubdomain } from "../../validation/forms.ts";
import type { Strategy, WriteContext } from "../strategy.ts";

// k8s.io/kubernetes pkg/apis/certificates/validation and pkg/registry/certificates. What is within the PEM block is not looked at.

const usages: readonly string[] = [
  "any",
  "cert sign",
  "client auth",
  "code signing",
  "content commitment",
  "crl sign",
  "data encipherment",
  "decipher only",
  "digital signature",
  "email protection",
  "encipher only",
  "ipsec end system",
  "ipsec tunnel",
  "ipsec user",
  "key agreement",
  "key encipherment",
  "microsoft sgc",
  "netscape sgc",
  "ocsp signing",
  "s/mime",
  "server auth",
  "signing",
  "timestamping",
];
const legacySigner = "kubernetes.io/legacy-unknown";
const leastSeconds = 600;

/** Conditions that can only be true, and that stay. */
const lasting: readonly string[] = ["Approved", "Denied", "Failed"];
const ofApproval: readonly string[] = ["Approved", "Denied"];
const statuses: readonly string[] = ["False", "True", "Unknown"];

/** A CertificateSigningRequest. */
export const signingRequests: Strategy = {
  prepareForCreate(draft, { user }) {
    const { username: _, uid: __, groups: ___, extra: ____, ...spec } = objectIn(draft, "spec");
    const { name, uid, groups, extra } = user;
    draft["spec"] = {
      ...spec,
      username: name,
      ...(uid === undefined ? {} : { uid }),
      groups: [...(groups ?? [])],
      ...(extra === undefined || Object.keys(extra).length === 0 ? {} : { extra: structuredClone(extra) }),
    };
    draft["status"] = {};
  },
  validate: wrongRequest,
  *validateUpdate(draft, old) {
    yield* wrongRequest(draft);
    yield* wrongChange(draft, old, []);
  },
};

/** `certificatesigningrequests/status` */
export const signingRequestStatus: Strategy = {
  prepareForUpdate(draft, old, context) {
    keepApproval(draft, old);
    setTimes(draft, old, context);
  },
  *validateUpdate(draft, old) {
    yield* wrongRequest(draft);
    yield* wrongChange(draft, old, ["certificate"]);
  },
};

/** `certificatesigningrequests/approval` */
export const signingRequestApproval: Strategy = {
  prepareForUpdate(draft, old, context) {
    setTimes(draft, old, context);
    draft["status"] = { ...objectIn(old, "status"), conditions: conditionsOf(draft) };
  },
  *validateUpdate(draft, old) {
    yield* wrongRequest(draft);
    yield* wrongChange(draft, old, ["approval"]);
  },
};

function conditionsOf(request: Fields): readonly Fields[] {
  return objectsIn(objectIn(request, "status"), "conditions");
}

function ofType(request: Fields, type: string): readonly Fields[] {
  return conditionsOf(request).filter((one) => one["type"] === type);
}

/** Whoever writes the status leaves what was decided as it was, as long as it is there. */
function keepApproval(draft: Draft, old: ApiObject): void {
  let conditions = conditionsOf(draft);
  for (const type of ofApproval) {
    const kept = [...ofType(old, type)];
    if (kept.length !== ofType(draft, type).length) continue;
    conditions = conditions.map((one) => (one["type"] === type ? (kept.shift() ?? one) : one));
  }
  if (conditions.length > 0) draft["status"] = { ...objectIn(draft, "status"), conditions };
}

function setTimes(draft: Draft, old: ApiObject, { state }: WriteContext): void {
  const now = timeText(state.clock);
  const conditions = conditionsOf(draft).map((one) => {
    const before = conditionsOf(old).find(({ type, status }) => type === one["type"] && status === one["status"]);
    return {
      ...one,
      lastUpdateTime: one["lastUpdateTime"] ?? now,
      lastTransitionTime: one["lastTransitionTime"] ?? before?.["lastTransitionTime"] ?? now,
    };
  });
  if (conditions.length > 0) draft["status"] = { ...objectIn(draft, "status"), conditions };
}

function* wrongRequest(request: Fields): Causes {
  const spec = objectIn(request, "spec");
  const text = textIn(spec, "request");
  if (!atob(text).includes("-----BEGIN CERTIFICATE REQUEST-----"))
    yield invalidCause("spec.request", spec["request"] ?? null, "PEM block type must be CERTIFICATE REQUEST");
  const wanted = textsIn(spec, "usages");
  if (wanted.length === 0) yield requiredCause("spec.usages");
  for (const [index, usage] of wanted.entries())
    if (!usages.includes(usage)) yield notSupportedCause(`spec.usages[${index}]`, usage, usages);
  for (const [index, usage] of wanted.entries())
    if (wanted.indexOf(usage) < index) yield duplicateCause(`spec.usages[${index}]`, usage);
  yield* wrongSigner(textIn(spec, "signerName"));
  const seconds = numberIn(spec, "expirationSeconds");
  if (seconds !== undefined && seconds < leastSeconds) {
    const why = `may not specify a duration less than ${leastSeconds} seconds (10 minutes)`;
    yield invalidCause("spec.expirationSeconds", seconds, why);
  }
  yield* wrongConditions(conditionsOf(request));
}

/** ValidateSignerName */
function* wrongSigner(name: string): Causes {
  const at = "spec.signerName";
  if (name === legacySigner) {
    yield invalidCause(at, name, "the legacy signerName is not allowed via this API version");
    return;
  }
  if (name === "") {
    yield requiredCause(at);
    return;
  }
  const [domain = "", path = "", ...rest] = name.split("/");
  if (!name.includes("/") || rest.length > 0) {
    yield invalidCause(at, name, "must be a fully qualified domain and path of the form 'example.com/signer-name'");
    return;
  }
  const labels = domain.split(".");
  yield* wrongLabels(labels, wrongDnsLabel, domain, at);
  if (labels.length < 2)
    yield invalidCause(at, domain, "should be a domain with at least two segments separated by dots");
  yield* wrongLabels(path.split("."), wrongDnsSubdomain, path, at);
}

function* wrongLabels(
  labels: readonly string[],
  form: (value: string) => readonly string[],
  shown: string,
  at: string,
): Causes {
  const first = labels.find((label) => form(label).length > 0);
  if (first === undefined) return;
  for (const why of form(first)) yield invalidCause(at, shown, `validating label ${JSON.stringify(first)}: ${why}`);
}

function* wrongConditions(conditions: readonly Fields[]): Causes {
  const seen: string[] = [];
  for (const [index, condition] of conditions.entries()) {
    const at = `status.conditions[${index}]`;
    const [type, status] = [textIn(condition, "type"), textIn(condition, "status")];
    if (type === "") yield requiredCause(`${at}.type`);
    const known = lasting.includes(type) ? ["True"] : statuses;
    if (status === "") yield requiredCause(`${at}.status`);
    else if (!known.includes(status)) yield notSupportedCause(`${at}.status`, status, known);
    if (ofApproval.includes(type) && ofApproval.some((one) => one !== type && seen.includes(one)))
      yield invalidCause("status.conditions", type, "Approved and Denied conditions are mutually exclusive");
    if (seen.includes(type)) yield duplicateCause(`${at}.type`, type);
    seen.push(type);
  }
}

/** What may not become of one. `allowed`: what the way that it is written by may set. */
function* wrongChange(request: Fields, old: ApiObject, allowed: readonly ("approval" | "certificate")[]): Causes {
  const at = "status.conditions";
  for (const type of lasting)
    if (ofType(request, type).length < ofType(old, type).length)
      yield forbiddenCause(at, `updates may not remove a condition of type "${type}"`);
  if (!allowed.includes("approval")) {
    for (const type of ofApproval)
      if (ofType(request, type).length > ofType(old, type).length)
        yield forbiddenCause(at, `updates may not add a condition of type "${type}"`);
  }
  const [now, before] = [request, old].map((one) => textIn(objectIn(one, "status"), "certificate"));
  if (equalValues(now, before)) return;
  if (!allowed.includes("certificate"))
    yield forbiddenCause("status.certificate", "updates may not set certificate content");
  else if (before !== "")
    yield forbiddenCause("status.certificate", "updates may not modify existing certificate content");
}
