import type { ApplyOf } from "kubewright";
import type { PodTemplateSpec } from "kubewright/core/v1";
import type { ObjectMeta } from "kubewright/meta/v1";
import type { Shelf, ShelfSpec } from "./expected/empty.example.com/v1.ts";

// What the server would drop does not compile.
// @ts-expect-error metadata without fields
export const labels: Shelf = { spec: { template: { metadata: { labels: { a: "b" } } } } };
// @ts-expect-error an item of a list
export const item: ShelfSpec = { list: [{ a: 1 }] };
// @ts-expect-error a value of a map
export const value: ShelfSpec = { map: { a: { b: 1 } } };
// @ts-expect-error within what preserves unknown fields
export const inner: ShelfSpec = { inner: { other: 1, empty: { a: 1 } } };
// @ts-expect-error in an apply
export const applied: ApplyOf<Shelf> = { metadata: { name: "a" }, spec: { selfSigned: { a: 1 } } };
// @ts-expect-error not an object
export const text: ShelfSpec = { selfSigned: "yes" };

// Metadata of another object fits, and so does what holds it.
export function templates(meta: ObjectMeta, pod: PodTemplateSpec): Shelf[] {
  const { metadata } = pod;
  return [{ spec: { template: { metadata: meta } } }, { spec: { template: { ...(metadata && { metadata }) } } }, { spec: { template: pod } }];
}

export const right: Shelf = {
  spec: {
    template: { metadata: {} },
    selfSigned: null,
    list: [{}],
    map: { a: {} },
    inner: { empty: {}, other: 1 },
    free: { a: 1 },
    any: 5,
    values: { a: 1 },
    all: { a: [null] },
    object: { apiVersion: "v1", kind: "Pod", metadata: { labels: { a: "b" } } },
  },
};
