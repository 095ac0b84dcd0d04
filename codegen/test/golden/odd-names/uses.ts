import type { ApplyOf, Cluster, MergePatchOf } from "kubewright";
import * as odd from "./expected/odd.example.com/v1.ts";

declare const cluster: Cluster;
export const without: odd.WidgetSpec = { count: 1 };
export const applied: ApplyOf<odd.Widget> = { metadata: { name: "a" }, spec: { count: 1, constructor: { a: "b" } } };
export const merged: MergePatchOf<odd.Widget> = { spec: { hasOwnProperty: null, toString: true, valueOf: "b", mix: 2 } };
export const written: odd.WidgetSpec = { ["__proto__"]: 1, hasOwnProperty: "own", toString: false, mix: "auto" };
// @ts-expect-error text
export const number: odd.WidgetSpec = { hasOwnProperty: 1 };
// @ts-expect-error a number or text
export const flag: odd.WidgetSpec = { mix: true };
// @ts-expect-error no list
export const list: ApplyOf<odd.Widget> = { metadata: { name: "a" }, spec: { mix: [1] } };

export async function kinds(): Promise<object[]> {
  const { widgetResources, strings, myThings, oddExampleComV1s } = cluster.api(odd.OddExampleComV1);
  const kind: odd.WidgetResource_ = { spec: { count: 1 } };
  const client: odd.WidgetResource = cluster.api(odd.OddExampleComV1).widgets.in();
  const [string, thing, own]: [odd.string_, odd.My__Thing, odd.OddExampleComV1_] = [{}, { resource: { a: "b" } }, {}];
  return [await widgetResources.create(kind), client, strings, myThings, oddExampleComV1s, string, thing, own];
}
