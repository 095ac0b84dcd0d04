/** A custom resource by hand, for tests that only look at requests. */
export const widgets = {
  group: "example.com",
  version: "v1",
  plural: "widgets",
  kind: "Widget",
  namespaced: true,
} as const;
