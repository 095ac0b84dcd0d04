import { type Causes, invalidCause, requiredCause } from "../../validation/causes.ts";
import { parseCidr, wrongCanonicalCidr } from "../../validation/cidr.ts";
import { type Fields, objectIn, textsIn } from "../../validation/fields.ts";
import type { Strategy } from "../strategy.ts";

const at = "spec.cidrs";
const immutable = "field is immutable";

/** A ServiceCIDR (k8s.io/kubernetes pkg/apis/networking/validation). */
export const serviceCidrs: Strategy = {
  validate: wrongRanges,
  *validateUpdate(draft, old) {
    const [now, before] = [rangesOf(draft), rangesOf(old)];
    const isAdded = before.length === 1 && now.length === 2;
    if (!isAdded && now.length !== before.length) {
      yield invalidCause(at, now, immutable);
      return;
    }
    for (const [index, range] of before.entries())
      if (range !== now[index]) yield invalidCause(`${at}[${index}]`, now[index], immutable);
    if (isAdded) yield* wrongRanges(draft);
  },
};

function rangesOf(cidr: Fields): readonly string[] {
  return textsIn(objectIn(cidr, "spec"), "cidrs");
}

function* wrongRanges(cidr: Fields): Causes {
  const ranges = rangesOf(cidr);
  if (ranges.length === 0) {
    yield requiredCause(at, "at least one CIDR required");
    return;
  }
  if (ranges.length > 2) {
    // In the form of the server's own type, which says nothing of JSON.
    yield invalidCause(at, { CIDRs: ranges }, "may only hold up to 2 values");
    return;
  }
  for (const [index, range] of ranges.entries()) yield* wrongCanonicalCidr(`${at}[${index}]`, range);
  const [first, second] = ranges.map((range) => parseCidr(range)?.ip.family);
  if (first !== undefined && first === second)
    yield invalidCause(
      at,
      ranges,
      "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64",
    );
}
