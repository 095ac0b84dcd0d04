import { connect, type Interceptor } from "kubewright";
import { expect, inject, test } from "vitest";

// What servers before aggregated discovery answer, asked of today's server: it still serves both forms.
const unaggregated: Interceptor = (next) => (request) =>
  next({ ...request, headers: { ...request.headers, accept: ["application/json"] } });

test("discovery without aggregation finds the same groups, versions, resources and subresources", async () => {
  const { kubeconfig } = inject("controlPlane").admin;
  const modern = await connect({ kubeconfig });
  const legacy = await connect({ kubeconfig, interceptors: [unaggregated] });
  const [theirs, ours] = await Promise.all([legacy.discovery.groups(), modern.discovery.groups()]);
  const flat = (groups: typeof ours): string[] =>
    groups
      .flatMap(({ name, versions }) =>
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
      )
      .sort();
  expect(flat(theirs)).toEqual(flat(ours));
  expect(flat(ours).length).toBeGreaterThan(80);
  await Promise.all([modern.close(), legacy.close()]);
});
