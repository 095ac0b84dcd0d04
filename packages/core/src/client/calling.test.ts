import { describe, expect, test } from "vitest";
import { rejection } from "../../../../test/support/api-request.ts";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { InputError } from "../errors/input-error.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import type { KubernetesObject } from "../types/object.ts";

const widgets = {
  group: "example.com",
  version: "v1",
  plural: "widgets",
  kind: "Widget",
  namespaced: true,
} as const;
const collection = "/apis/example.com/v1/namespaces/home/widgets";

const cluster = createCluster({
  transport: recordingTransport(() => ({ json: { metadata: { name: "w" } } })),
  namespace: "home",
  onWarning: () => {},
});
const all = cluster.resource(widgets);
const some = all.in() as ReturnType<typeof all.in> & { log(name: string, options?: object): AsyncIterable<string> };
const wrong = { lable: 1 } as never;

async function first(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream) return;
}

describe("an error of the input names the verb and the path of its call", () => {
  test.each<[string, string, string, () => Promise<unknown>]>([
    ["get", "get", `${collection}/w`, () => some.get("w", wrong)],
    ["list", "list", collection, () => some.list(wrong)],
    ["list of all namespaces", "list", "/apis/example.com/v1/widgets", () => all.list({ limit: -1 })],
    ["table", "list", collection, () => some.table({ labelSelector: "a b" })],
    ["each", "list", collection, () => first(some.each({ fieldSelector: "x" }))],
    ["watch", "watch", collection, () => first(some.watch(wrong))],
    ["a signal that is none", "watch", collection, () => first(some.watch({ signal: 1 as never }))],
    ["log", "get", `${collection}/w/log`, () => first(some.log("w", wrong))],
    ["create", "create", collection, () => some.create({ kind: "Other" } as never)],
    ["update", "update", `${collection}/w`, () => some.update({ metadata: { name: "w" } } as never)],
    ["modify", "update", `${collection}/w`, () => some.modify("w", 1 as never)],
    ["patch", "patch", `${collection}/w`, () => some.patch("w", {} as never)],
    ["apply", "apply", `${collection}/w`, () => some.apply({ metadata: { name: "w" } })],
    ["delete", "delete", `${collection}/w`, () => some.delete("w", wrong)],
    ["deleteCollection", "deletecollection", collection, () => some.deleteCollection({ labelSelector: "" })],
    ["a subresource", "get", `${collection}/w/status`, () => some.status.get("w", wrong)],
    ["a name that no path can hold", "get", collection, () => some.get("a/b")],
    ["a namespace that no path can hold", "get", "/apis/example.com/v1/widgets", () => all.in("a/b").get("w")],
    ["an object whose name throws", "update", collection, () => some.update(throwing)],
    ["an object without a kind", "get", "/apis", () => cluster.get({ apiVersion: "v1", metadata: { name: "w" } })],
    ["applyAll", "apply", "/apis", () => cluster.applyAll(1 as never)],
    ["version", "get", "/version", () => cluster.version(wrong)],
    ["a raw request", "post", "/x", () => cluster.request({ method: "POST", path: "/x?token=secret" })],
  ])("%s", async (_what, verb, path, act) => {
    const error = await rejection(Promise.resolve().then(act));
    expect(error).toBeInstanceOf(InputError);
    const { message, request, stack } = error as InputError;
    expect(request).toEqual({ verb, path });
    expect(message).toMatch(new RegExp(`^Invalid .* \\(${verb} ${path}\\)$`));
    expect(stack).toContain(message);
  });
});

const throwing = {
  metadata: new Proxy({}, { get: () => { throw new InputError("x", "mine"); } }), // prettier-ignore
} as KubernetesObject as never;

test("an error that a caller's function throws stays the same, and is named once", async () => {
  const mine = new InputError("spec.size", "it is too large");
  const change = (): never => {
    throw mine;
  };
  expect(await rejection(some.modify("w", change))).toBe(mine);
  expect(mine.message).toBe(`Invalid spec.size: it is too large (update ${collection}/w)`);
  await rejection(some.modify("v", change));
  expect(mine.message).toBe(`Invalid spec.size: it is too large (update ${collection}/w)`);
  const other = new RangeError("mine");
  expect(
    await rejection(
      some.modify("w", () => {
        throw other;
      }),
    ),
  ).toBe(other);
  expect(other.message).toBe("mine");
});
