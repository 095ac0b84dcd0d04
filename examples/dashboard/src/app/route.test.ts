import fc from "fast-check";
import { expect, test } from "vitest";
import { hrefOf, isOpen, parseRoute, type Route, views } from "./route.ts";

test("an address says what is shown", () => {
  expect(parseRoute("#/pods?ns=shop&q=web&open=pods/shop/web-0&tab=logs")).toEqual({
    view: "pods",
    namespace: "shop",
    search: "web",
    open: { plural: "pods", namespace: "shop", name: "web-0" },
    tab: "logs",
  });
});

test("what an address does not say, or says wrong, is left out", () => {
  const nothing = { view: "overview", namespace: undefined, search: "", open: undefined, tab: undefined };
  for (const hash of ["", "#", "#/", "#/cellar", "#/overview?ns=&open=pods", "#/overview?open=pods/shop/"])
    expect(parseRoute(hash)).toEqual(nothing);
});

test("what is of no namespace can be open", () => {
  const route = parseRoute("#/nodes?open=nodes//forge-a1");
  expect(route.open).toEqual({ plural: "nodes", namespace: undefined, name: "forge-a1" });
  expect(isOpen(route, "nodes", { name: "forge-a1" })).toBe(true);
  expect(isOpen(route, "nodes", { name: "forge-a2" })).toBe(false);
  expect(isOpen(route, "pods", { name: "forge-a1" })).toBe(false);
});

test("every route is read back from its address", () => {
  const name = fc.stringMatching(/^[a-z0-9]([a-z0-9.-]{0,20}[a-z0-9])?$/);
  const open = fc.record({ plural: name, namespace: fc.option(name, { nil: undefined }), name });
  const route = fc.record({
    view: fc.constantFrom(...views),
    namespace: fc.option(name, { nil: undefined }),
    search: fc.string({ unit: "grapheme" }),
    open: fc.option(open, { nil: undefined }),
    tab: fc.constant(undefined),
  });
  fc.assert(
    fc.property(route, (given: Route) => {
      expect(parseRoute(hrefOf(given))).toEqual(given);
    }),
  );
});
