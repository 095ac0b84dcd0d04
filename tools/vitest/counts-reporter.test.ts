import type { TestModule } from "vitest/node";
import { expect, test } from "vitest";
import { countsOf } from "./counts-reporter.ts";

interface FakeTest {
  readonly state: "passed" | "failed" | "skipped" | "pending";
  readonly note?: string;
  readonly errors?: readonly { readonly message: string }[];
}

function fakeModule(tests: readonly FakeTest[], state = "passed", errors: readonly Error[] = []): TestModule {
  const cases = tests.map((result, i) => ({ fullName: `test ${i}`, result: () => result }));
  const module = {
    relativeModuleId: "a.test.ts",
    children: { allTests: () => cases },
    state: () => state,
    errors: () => errors,
  };
  return module as unknown as TestModule;
}

test("passed and failed tests are counted, a skip keeps its reason", () => {
  const tests: FakeTest[] = [
    { state: "passed" },
    { state: "failed", errors: [{ message: "\nexpected 1 to be 2\nand more" }] },
    { state: "skipped", note: "Go is not installed" },
    { state: "skipped" },
  ];
  expect(countsOf([fakeModule(tests, "failed")], [])).toEqual({
    passed: 1,
    failed: [{ what: "a.test.ts > test 1", why: "expected 1 to be 2" }],
    skipped: [
      { what: "a.test.ts > test 2", why: "Go is not installed" },
      { what: "a.test.ts > test 3", why: "no reason given" },
    ],
  });
});

test("a file that could not be read is a failure, although no test failed", () => {
  expect(countsOf([fakeModule([], "failed", [new Error("no such import")])], []).failed).toEqual([
    { what: "a.test.ts", why: "no such import" },
  ]);
});

test("an error outside of any test is a failure", () => {
  expect(countsOf([fakeModule([{ state: "passed" }])], [new Error("nobody caught this")]).failed).toEqual([
    { what: "outside of any test", why: "nobody caught this" },
  ]);
});

test("a test that never ran does not pass", () => {
  expect(countsOf([fakeModule([{ state: "pending" }])], []).skipped).toHaveLength(1);
});
