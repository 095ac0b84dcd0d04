import { healthPaths } from "./health.ts";
import type { ServedGroup } from "./served-groups.ts";

/** What the root of a server lists (k8s.io/apiserver pkg/server/routes/index.go). */
export function rootPaths(groups: readonly ServedGroup[]): object {
  const versions = groups.flatMap((group) => {
    const base = group.name === "" ? "/api" : `/apis/${group.name}`;
    return [base, ...group.versions.map(({ version }) => `${base}/${version}`)];
  });
  const others = ["/apis", "/apis/", "/openapi/v2", "/openapi/v3", "/openapi/v3/", "/version"];
  return { paths: [...versions, ...others, ...healthPaths].toSorted() };
}
