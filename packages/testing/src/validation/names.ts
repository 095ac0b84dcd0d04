import type { ResourceInfo } from "../knowledge/resource-info.ts";
import { wrongDnsLabel, wrongDnsSubdomain, wrongPathSegmentName, wrongPathSegmentPrefix } from "./forms.ts";
import { wrongIpName } from "./ip.ts";

/** What is wrong with an object's name; of a prefix for generated ones its end does not count. */
export function wrongName(names: ResourceInfo["names"], name: string, isPrefix: boolean): readonly string[] {
  // As maskTrailingDash does it, which takes one more away than it means to.
  const value = isPrefix && name.length > 1 && name.endsWith("-") ? `${name.slice(0, -2)}a` : name;
  switch (names) {
    case "label":
      return wrongDnsLabel(value);
    case "subdomain":
    case "configKey":
      return wrongDnsSubdomain(value);
    case "ipAddress":
      return wrongIpName(name);
    default:
      return isPrefix ? wrongPathSegmentPrefix(value) : wrongPathSegmentName(value);
  }
}
