import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, onTestFinished, test } from "vitest";
import { plainObject } from "../../input/plain-object.ts";
import { compact } from "./compact.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

type Item = Record<string, unknown>;

/** What one object of many keeps in memory, in bytes. */
function kept(text: (i: number) => string, prepare: (item: Item) => void): number {
  const count = 10_000;
  const items: Item[] = [];
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < count; i++) {
    const item = JSON.parse(text(i)) as Item;
    prepare(item);
    items.push(item);
  }
  collect();
  collect();
  return (process.memoryUsage().heapUsed - before) / items.length;
}

test("equal strings of different objects take memory once", () => {
  const long = "registry.example.com/a-company/a-team/a-web-server:v1.2.3";
  const text = (): string => `{"a":["${long}",{"b":"${long}"}],"c":"${long}","d":"${long}"}`;
  const strings = 4 * (16 + long.length);
  const apart = kept(text, () => {});
  expect(apart - kept(text, compact)).toBeGreaterThan(0.8 * strings);
});

test("strings that were seen once are let go", () => {
  const text = (i: number): string => `{"a":"${"once".repeat(60)}${i}"}`;
  compact(JSON.parse(text(-1)) as Item);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 20_000; i++) compact(JSON.parse(text(i)) as Item);
  collect();
  collect();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(1_000_000); // of five
});

test("objects without fields take less memory, and are plain", () => {
  const text = (): string => `{"a":{},"b":{"c":{}},"d":{"e":{}}}`;
  const apart = kept(text, () => {});
  expect(apart - kept(text, compact)).toBeGreaterThan(64);
  const item = JSON.parse(text()) as Item;
  compact(item);
  expect(item).toStrictEqual({ a: {}, b: { c: {} }, d: { e: {} } });
  expect(structuredClone(item)).toStrictEqual(item);
  const { a } = item as { readonly a: Item };
  expect(Object.getPrototypeOf(a)).toBe(Object.prototype);
  plainObject(a, "a");
  a["new"] = 1;
  expect(item).toEqual({ a: { new: 1 }, b: { c: {} }, d: { e: {} } });
});

test("a field is no more what others added to all objects", () => {
  // oxlint-disable-next-line eslint/no-extend-native -- that is what is done here
  Object.defineProperty(Object.prototype, "added", { value: {}, enumerable: true, configurable: true, writable: true });
  onTestFinished(() => void Reflect.deleteProperty(Object.prototype, "added"));
  const item = JSON.parse('{"a":{"b":1},"__proto__":{}}') as Item;
  compact(item);
  expect(JSON.stringify(item)).toBe('{"a":{"b":1},"__proto__":{}}');
});

test("an object of any depth is as it was", () => {
  const deep = `{"a":${'{"a":['.repeat(20_000)}{}${"]}".repeat(20_000)}}`;
  expect(() => compact(JSON.parse(deep) as Item)).not.toThrow();
});
