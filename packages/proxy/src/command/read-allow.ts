import { InputError } from "@kubewright/core";
import type { ProxyRule } from "../guard/proxy-rule.ts";

/** A rule as it is written on the command line: `VERBS:RESOURCE[.GROUP][/SUBRESOURCE][@NAMESPACES]`. @throws InputError */
export function readAllow(text: string): ProxyRule {
  const match = /^([a-z,*]+):([a-z0-9-]+|\*)(?:\.([a-z0-9.-]+))?(?:\/([a-z]+))?(?:@([a-z0-9,-]+))?$/.exec(text);
  if (match === null)
    throw new InputError(
      "--allow",
      `${JSON.stringify(text)} is no rule; write it as delete:pods or patch:deployments.apps/scale@shop`,
    );
  const [, verbs = "", resource = "", group, subresource, namespaces] = match;
  return {
    // What is no verb is found with the other options.
    verbs: verbs.split(",") as ProxyRule["verbs"][number][],
    resources: [subresource === undefined ? resource : `${resource}/${subresource}`],
    groups: group === undefined ? undefined : [group],
    namespaces: namespaces?.split(","),
  };
}
