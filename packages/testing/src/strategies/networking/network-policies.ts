import type { ApiObject } from "../../store/api-object.ts";
import {
  type Causes,
  forbiddenCause,
  invalidCause,
  notSupportedCause,
  requiredCause,
} from "../../validation/causes.ts";
import { wrongForm, wrongLabelSelectorIn, wrongNumberForm } from "../../validation/checks.ts";
import { cidrWarnings, isWithin, parseCidr, wrongCidr } from "../../validation/cidr.ts";
import { type Fields, numberIn, objectIn, objectsIn, presentIn, textIn, textsIn } from "../../validation/fields.ts";
import { wrongPortName, wrongPortNumber } from "../../validation/forms.ts";
import type { Strategy } from "../strategy.ts";

// k8s.io/kubernetes pkg/apis/networking/validation

const protocols: readonly string[] = ["TCP", "UDP", "SCTP"];
const policyTypes: readonly string[] = ["Ingress", "Egress"];

/** Which peers a rule is about, by the field that holds the rules. */
const directions = [
  ["ingress", "from"],
  ["egress", "to"],
] as const;

/** A NetworkPolicy. */
export const networkPolicies: Strategy = {
  validate: (draft) => wrongPolicy(draft, []),
  validateUpdate: (draft, old) => wrongPolicy(draft, rangesOf(old)),
  warnings: policyWarnings,
  updateWarnings: policyWarnings,
};

/** The blocks of addresses in a policy, with where they stand. */
function* blocksOf(policy: Fields): Iterable<readonly [block: Fields, at: string]> {
  for (const [rules, peers] of directions) {
    for (const [index, rule] of objectsIn(objectIn(policy, "spec"), rules).entries()) {
      for (const [which, peer] of objectsIn(rule, peers).entries()) {
        const block = presentIn(peer, "ipBlock");
        if (block !== undefined) yield [block, `spec.${rules}[${index}].${peers}[${which}].ipBlock`];
      }
    }
  }
}

function rangesOf(policy: ApiObject): readonly string[] {
  return [...blocksOf(policy)].flatMap(([block]) => [textIn(block, "cidr"), ...textsIn(block, "except")]);
}

function* wrongPolicy(policy: Fields, known: readonly string[]): Causes {
  const spec = objectIn(policy, "spec");
  yield* wrongLabelSelectorIn(spec, "podSelector", "spec.podSelector");
  for (const [rules, peers] of directions) {
    for (const [index, rule] of objectsIn(spec, rules).entries()) {
      const at = `spec.${rules}[${index}]`;
      for (const [which, port] of objectsIn(rule, "ports").entries()) yield* wrongPort(port, `${at}.ports[${which}]`);
      for (const [which, peer] of objectsIn(rule, peers).entries())
        yield* wrongPeer(peer, known, `${at}.${peers}[${which}]`);
    }
  }
  const types = textsIn(spec, "policyTypes");
  if (types.length > policyTypes.length) {
    yield invalidCause("spec.policyTypes", types, "may not specify more than two policyTypes");
    return;
  }
  for (const [index, type] of types.entries())
    if (!policyTypes.includes(type)) yield notSupportedCause(`spec.policyTypes[${index}]`, type, policyTypes);
}

function* wrongPort(given: Fields, at: string): Causes {
  const { protocol, port, endPort } = given;
  if (protocol !== undefined && !protocols.includes(textIn(given, "protocol")))
    yield notSupportedCause(`${at}.protocol`, protocol, protocols);
  const end = numberIn(given, "endPort") ?? 0;
  if (typeof port === "number") {
    yield* wrongNumberForm(`${at}.port`, port, wrongPortNumber);
    if (endPort === undefined) return;
    if (end < port) yield invalidCause(`${at}.endPort`, port, "must be greater than or equal to `port`");
    yield* wrongNumberForm(`${at}.endPort`, end, wrongPortNumber);
    return;
  }
  const isNamed = typeof port === "string";
  if (endPort !== undefined) {
    const why = isNamed ? "when `port` is non-numeric" : "when `port` is not specified";
    yield invalidCause(`${at}.endPort`, end, `may not be specified ${why}`);
  }
  if (isNamed) yield* wrongForm(`${at}.port`, port, wrongPortName);
}

function* wrongPeer(peer: Fields, known: readonly string[], at: string): Causes {
  yield* wrongLabelSelectorIn(peer, "podSelector", `${at}.podSelector`);
  yield* wrongLabelSelectorIn(peer, "namespaceSelector", `${at}.namespaceSelector`);
  const block = presentIn(peer, "ipBlock");
  const hasSelector = peer["podSelector"] !== undefined || peer["namespaceSelector"] !== undefined;
  if (block !== undefined) yield* wrongBlock(block, known, `${at}.ipBlock`);
  if (block === undefined && !hasSelector) yield requiredCause(at, "must specify a peer");
  else if (block !== undefined && hasSelector)
    yield forbiddenCause(at, "may not specify both ipBlock and another peer");
}

function* wrongBlock(block: Fields, known: readonly string[], at: string): Causes {
  const cidr = textIn(block, "cidr");
  if (cidr === "") {
    yield requiredCause(`${at}.cidr`);
    return;
  }
  if (!known.includes(cidr)) yield* wrongCidr(`${at}.cidr`, cidr);
  const whole = parseCidr(cidr);
  if (whole === undefined) return;
  for (const [index, except] of textsIn(block, "except").entries()) {
    const place = `${at}.except[${index}]`;
    if (!known.includes(except)) yield* wrongCidr(place, except);
    const part = parseCidr(except);
    if (part !== undefined && !(isWithin(part, whole) && whole.bits < part.bits))
      yield invalidCause(place, except, "must be a strict subset of `cidr`");
  }
}

function policyWarnings(policy: Fields): readonly string[] {
  return [...blocksOf(policy)].flatMap(([block, at]) => [
    ...cidrWarnings(`${at}.cidr`, textIn(block, "cidr")),
    ...textsIn(block, "except").flatMap((except, index) => cidrWarnings(`${at}.except[${index}]`, except)),
  ]);
}
