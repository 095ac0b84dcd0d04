import { goQuote } from "../exchange/go-quote.ts";
import { forbidden, type Refusal } from "../exchange/refusal.ts";
import type { AccessRequest, AccessRules } from "./access-rules.ts";
import { everybodysRight } from "./everybodys-rights.ts";

/** Whether a request is allowed, and perhaps why. */
export interface Decision {
  readonly allowed: boolean;
  readonly reason: string;
}

/** Asks the rules. */
export function decide(request: AccessRequest, { authorize }: AccessRules): Decision {
  const right = everybodysRight(request);
  if (right !== undefined) return { allowed: true, reason: right };
  const said = authorize(request);
  return typeof said === "string" ? { allowed: false, reason: said } : { allowed: said, reason: "" };
}

/** @throws Refusal 403 for what is not allowed */
export function refuseForbidden(request: AccessRequest, rules: AccessRules): void {
  const { allowed, reason } = decide(request, rules);
  if (!allowed) throw accessForbidden(request, reason);
}

/** As k8s.io/apiserver pkg/endpoints/handlers/responsewriters/errors.go says it. */
export function accessForbidden(request: AccessRequest, reason: string): Refusal {
  const { group = "", resource = "", name = "" } = request;
  const what = sanitized(whatIsForbidden(request));
  return forbidden({ group, name: resource }, name, reason === "" ? what : `${what}: ${reason}`).withHeaders({
    "x-content-type-options": ["nosniff"],
  });
}

function whatIsForbidden({ user, verb, path, group, resource = "", subresource, namespace }: AccessRequest): string {
  const who = `User ${goQuote(user.name)} cannot ${verb}`;
  if (group === undefined) return `${who} path ${goQuote(path)}`;
  const whole = subresource === undefined ? resource : `${resource}/${subresource}`;
  const where = namespace === undefined ? "at the cluster scope" : `in the namespace ${goQuote(namespace)}`;
  return `${who} resource ${goQuote(whole)} in API group ${goQuote(group)} ${where}`;
}

/** Text that browsers do not take for HTML. */
function sanitized(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
