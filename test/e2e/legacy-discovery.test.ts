import { isDeepStrictEqual } from "node:util";
import { type Cluster, connect, type Interceptor } from "kubewright";
import { expect, inject, test } from "vitest";
import { eventually } from "../support/eventually.ts";

// What servers before aggregated discovery answer, asked of today's server: it still serves both forms.
const unaggregated: Interceptor = (next) => (request) =>
  next({ ...request, headers: { ...request.headers, accept: ["application/json"] } });

test("discovery without aggregation finds the same groups, versions, resources and subresources", async () => {
  const { kubeconfig } = inject("controlPlane").admin;
  const modern = await connect({ kubeconfig });
  const legacy = await connect({ kubeconfig, interceptors: [unaggregated] });
  // Other tests make and delete custom resources meanwhile: what counts is a moment in which nothing changes.
  const { ours, theirs } = await eventually(async () => {
    const before = await rowsOf(modern);
    const between = await rowsOf(legacy);
    const after = await rowsOf(modern);
    return isDeepStrictEqual(before, after) ? { ours: before, theirs: between } : undefined;
  }, "no resource comes or goes");
  expect(theirs).toEqual(ours);
  expect(ours.length).toBeGreaterThan(80);
  await Promise.all([modern.close(), legacy.close()]);
});

async function rowsOf({ discovery }: Cluster): Promise<string[]> {
  discovery.refresh();
  const rows = (await discovery.groups()).flatMap(({ name, versions }) =>
    versions.flatMap(({ version, resources }) =>
      resources.map((resource) =>
        [
          name,
          version,
          resource.plural,
          resource.kind,
          resource.namespaced,
          resource.singular,
          resource.shortNames,
          [...resource.verbs].sort(),
          Object.keys(resource.subresources ?? {}).sort(),
        ].join(" "),
      ),
    ),
  );
  return rows.sort();
}
