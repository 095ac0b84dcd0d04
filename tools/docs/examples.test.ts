import { expect, test } from "vitest";
import { exampleModule, examplesIn } from "./examples.ts";

test("examples go on to the next tag or the end, and know their line", () => {
  const text = `
/**
 * One.
 *
 * @example
 * f({
 *   a: 1,
 * });
 * @throws never
 */
export function f() {}
/** @example g() */
export function g() {}
// @example is only a word here
`;
  expect(examplesIn("a.ts", text)).toEqual([
    { where: "a.ts:5", code: "f({\n  a: 1,\n});" },
    { where: "a.ts:12", code: "g()" },
  ]);
});

test("a module imports what its example uses", () => {
  const module = exampleModule(
    { where: "a.ts:1", code: "await connect();" },
    { kubewright: ["connect", "type KubernetesObject", "isGone"], "@kubewright/testing": ["startApiServer"] },
  );
  expect(module).toContain('import { connect, type KubernetesObject } from "kubewright";');
  expect(module).not.toContain("@kubewright/testing");
  expect(module).toContain("await connect();");
});
