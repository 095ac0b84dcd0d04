import { expect, expectTypeOf, test } from "vitest";
import { findCondition, type ObjectCondition } from "./conditions.ts";

interface Widget {
  status?: { conditions?: { type: string; status: string; widgetField: number }[] };
}

test("finds the condition by its type", () => {
  const widget: Widget = {
    status: {
      conditions: [
        { type: "A", status: "True", widgetField: 1 },
        { type: "B", status: "False", widgetField: 2 },
      ],
    },
  };
  expect(findCondition(widget, "B")?.widgetField).toBe(2);
  expect(findCondition(widget, "b")).toBeUndefined();
});

test.each([
  {},
  { status: undefined },
  { status: null },
  { status: {} },
  { status: { conditions: null } },
  { status: { conditions: {} } },
  { status: { conditions: [null] } },
])("%j has none", (object) => {
  expect(findCondition(object, "Ready")).toBeUndefined();
});

test("the condition has the type that the kind gives it", () => {
  expectTypeOf(findCondition({} as Widget, "A")?.widgetField).toEqualTypeOf<number | undefined>();
  expectTypeOf(findCondition({} as { [field: string]: unknown }, "A")).toEqualTypeOf<ObjectCondition | undefined>();
  expectTypeOf(findCondition({} as { kind: string }, "A")).toEqualTypeOf<ObjectCondition | undefined>();
});
