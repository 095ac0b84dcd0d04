import type { TestModule } from "vitest/node";
import { expect, test } from "vitest";
import { countsOf } from "./counts-reporter.ts";

interface FakeTest {
  readonly state: "passed" | "failed" | "skipped" | "pending";
  readonly note?: string;
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
    { state: "failed" },
    { state: "skipped", note: "Go is not installed" },
    { state: "skipped" },
  ];
  expect(countsOf([fakeModule(tests, "failed")], 0)).toEqual({
    passed: 1,
    failed: 1,
    skipped: [
      { what: "a.test.ts > test 2", why: "Go is not installed" },
      { what: "a.test.ts > test 3", why: "no reason given" },
    ],
  });
});

test("a file that could not be read is a failure, although no test failed", () => {
  expect(countsOf([fakeModule([], "failed", [new Error("no such import")])], 0).failed).toBe(1);
});

test("an error outside of any test is a failure", () => {
  expect(countsOf([fakeModule([{ state: "passed" }])], 1).failed).toBe(1);
});

test("a test that never ran does not pass", () => {
  expect(countsOf([fakeModule([{ state: "pending" }])], 0).skipped).toHaveLength(1);
});
