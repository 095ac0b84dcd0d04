import { expect, test } from "vitest";
import { pureGroups } from "./pure-groups.ts";
import { repoOf } from "./repo.ts";

const path = "packages/api/src/gen/apps/v1.ts";

test.each([
  ["export const a = make();", "call"],
  ["export const a = new Map();", "new"],
  ["export const a = { ...b };", "spread"],
  ["export const a = { [b]: 1 };", "computed key"],
  ["export const a = () => 1;", "function"],
  ["export class A {}", "class"],
  ["export function a() {}", "function"],
])("%s is refused", (text, what) => {
  expect(pureGroups.check(repoOf({ [path]: text }))).toEqual([`${path}:1: ${what}`]);
});

test("literals, types and re-exports pass, and other folders may hold code", () => {
  const text =
    'export const a: A = { group: "apps", verbs: ["get"], namespaced: true }; export interface A { get(): void }';
  const files = {
    [path]: text,
    "packages/kubewright/src/gen/apps/v1.ts": 'export { AppsV1 } from "@kubewright/api/apps/v1";',
    "packages/core/src/a.ts": "export const a = make();",
  };
  expect(pureGroups.check(repoOf(files))).toEqual([]);
});
