import { call, heading, line, table } from "../print.ts";
import type { Tour } from "../tour.ts";

/** What `kubectl api-resources` shows. */
export async function apiResources({ cluster }: Tour): Promise<void> {
  heading("What it serves");
  call("await cluster.discovery.resources()");
  const resources = await cluster.discovery.resources();
  table(
    ["name", "short names", "api version", "namespaced", "kind"],
    resources.map(({ plural, shortNames, group, version, namespaced, kind }) => [
      plural,
      shortNames.join(","),
      group === "" ? version : `${group}/${version}`,
      namespaced,
      kind,
    ]),
  );
  line(`${resources.length} resources`);
}
