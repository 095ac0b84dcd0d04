import {
  type Causes,
  duplicateCause,
  forbiddenCause,
  noField,
  invalidCause,
  notFoundCause,
  requiredCause,
} from "../causes.ts";
import { wrongForm } from "../checks.ts";
import { type Fields, objectsIn, textIn } from "../fields.ts";
import { wrongDnsLabel, wrongDnsSubdomain } from "../forms.ts";

/** The names by which containers refer to what the pod claims. */
export function podClaimNames(spec: Fields): ReadonlySet<string> {
  const names = objectsIn(spec, "resourceClaims").map((claim) => textIn(claim, "name"));
  return new Set(names.filter((name) => name !== ""));
}

/** What the pod claims (validatePodResourceClaims). */
export function* wrongPodClaims(spec: Fields, at: string, isMirror: boolean): Causes {
  const names = new Set<string>();
  for (const [index, claim] of objectsIn(spec, "resourceClaims").entries()) {
    if (isMirror) yield forbiddenCause(noField, "static pods do not support resource claims");
    else yield* wrongPodClaim(claim, names, `${at}[${index}]`);
  }
}

function* wrongPodClaim(claim: Fields, names: Set<string>, at: string): Causes {
  const name = textIn(claim, "name");
  if (name === "") yield requiredCause(`${at}.name`);
  else if (names.has(name)) yield duplicateCause(`${at}.name`, name);
  else yield* wrongForm(`${at}.name`, name, wrongDnsLabel);
  if (name !== "") names.add(name);
  const { resourceClaimName, resourceClaimTemplateName } = claim;
  const shown = {
    Name: name,
    ResourceClaimName: resourceClaimName ?? null,
    ResourceClaimTemplateName: resourceClaimTemplateName ?? null,
  };
  if (resourceClaimName !== undefined && resourceClaimTemplateName !== undefined) {
    const why = "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified";
    yield invalidCause(at, shown, why);
  }
  if (resourceClaimName === undefined && resourceClaimTemplateName === undefined)
    yield invalidCause(at, shown, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
  for (const field of ["resourceClaimName", "resourceClaimTemplateName"]) {
    const value = claim[field];
    if (typeof value === "string") yield* wrongForm(`${at}.${field}`, value, wrongDnsSubdomain);
  }
}

/** What a container uses of it (validateResourceClaimNames). */
export function* wrongClaims(claims: readonly Fields[], known: ReadonlySet<string>, at: string): Causes {
  const seen = new Set<string>();
  for (const [index, claim] of claims.entries()) {
    const place = `${at}[${index}]`;
    const name = textIn(claim, "name");
    if (name === "") {
      yield requiredCause(place);
      continue;
    }
    yield* repeatedClaim(name, textIn(claim, "request"), seen, place);
    if (known.has(name)) continue;
    const names = known.size === 0 ? " which is empty" : `: ${[...known].toSorted().join(", ")}`;
    yield notFoundCause(place, name, `must be one of the names in pod.spec.resourceClaims${names}`);
  }
}

function* repeatedClaim(name: string, request: string, seen: Set<string>, at: string): Causes {
  if (seen.has(name)) {
    yield duplicateCause(at, name);
    return;
  }
  if (request !== "") yield* wrongForm(`${at}.request`, request, wrongDnsLabel);
  const key = request === "" ? name : `${name}/${request}`;
  if (seen.has(key)) yield duplicateCause(at, key);
  else if (request === "") {
    // All of a claim, of which parts were used already.
    for (const one of seen) if (one.startsWith(`${name}/`)) yield duplicateCause(at, name);
  }
  seen.add(key);
}
