import { beforeEach, describe, expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import { InputError } from "../errors/input-error.ts";
import { pause } from "../time/pause.ts";
import type { ApiRequest } from "../transport/transport.ts";
import type { KubernetesObject } from "../types/object.ts";
import type { ModifyOptions } from "../types/options.ts";
import { createCluster } from "../cluster/create-cluster.ts";

interface Widget extends KubernetesObject {
  spec?: { size?: number };
}

const widgets = {
  group: "example.com",
  version: "v1",
  plural: "widgets",
  kind: "Widget",
  namespaced: true,
  subresources: {
    eviction: { group: "policy", version: "v1", kind: "Eviction", verbs: ["create"] },
    token: { group: "", version: "v1", kind: "Token", verbs: ["create"] },
  },
} as const;
const widget = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w", resourceVersion: "7" } };

interface Creating {
  create(name: string, object: object): Promise<unknown>;
}

let clock: VirtualClock;
beforeEach(() => void (clock = createVirtualClock()));

function setUp(answer?: Parameters<typeof recordingTransport>[0]) {
  const transport = recordingTransport(answer ?? (() => ({ json: widget })));
  const cluster = createCluster({ transport, clock, namespace: "home", userAgent: "test", fieldManager: "me" });
  const resource = cluster.resource<Widget>(widgets).in();
  return {
    resource: resource as typeof resource & Record<"eviction" | "token", Creating>,
    requests: transport.requests,
  };
}

const bodyOf = (request: ApiRequest | undefined): unknown => JSON.parse(request?.body as string);

test("a write sends what it was given, whatever becomes of it afterwards", async () => {
  const { resource, requests } = setUp();
  const object = { metadata: { name: "", labels: { n: "" } }, spec: { size: 0 } };
  const calls: Promise<unknown>[] = [];
  const next = (): typeof object => {
    object.metadata.name = object.metadata.labels.n = `w${calls.length}`;
    return object;
  };
  calls.push(resource.create(next()));
  calls.push(resource.update(next(), { overwrite: true }));
  calls.push(resource.apply(next()));
  calls.push(resource.patch("w3", { merge: next() }));
  next();
  await Promise.all(calls);
  expect(requests.map(bodyOf)).toMatchObject(
    ["w0", "w1", "w2", "w3"].map((name) => ({ metadata: { name, labels: { n: name } } })),
  );
});

describe("a second sending", () => {
  type Act = (resource: ReturnType<typeof setUp>["resource"]) => unknown;
  const name = { metadata: { name: "w" } };
  const bound = { metadata: { name: "w", resourceVersion: "7" } };
  test.each<[string, Act, string]>([
    ["read", (r) => r.get("w"), "safe"],
    ["create", (r) => r.create(name), "refused"],
    ["update of what was read", (r) => r.update(bound), "safe"],
    ["update that overwrites", (r) => r.update(name, { overwrite: true }), "refused"],
    ["patch", (r) => r.patch("w", { merge: { spec: {} } }), "refused"],
    ["patch of one resourceVersion", (r) => r.patch("w", { merge: bound }), "safe"],
    ["apply", (r) => r.apply(name), "safe"],
    ["delete", (r) => r.delete("w", { preconditions: { resourceVersion: "7" } }), "refused"],
    ["delete of one uid", (r) => r.delete("w", { preconditions: { uid: "u" } }), "safe"],
    ["deleteCollection", (r) => r.deleteCollection(), "refused"],
    ["eviction", (r) => r.eviction.create("w", {}), "never"],
    ["another subresource's create", (r) => r.token.create("w", {}), "refused"],
  ])("of %s", async (_, act, replay) => {
    const { resource, requests } = setUp();
    await act(resource);
    expect(requests.map((request) => request.replay)).toEqual([replay]);
  });
});

test("what is created through an object has its name and namespace", async () => {
  const { resource, requests } = setUp();
  await resource.eviction.create("w", { metadata: { labels: { a: "b" } } });
  expect(requests[0]?.path).toBe("/apis/example.com/v1/namespaces/home/widgets/w/eviction");
  expect(bodyOf(requests[0])).toEqual({
    apiVersion: "policy/v1",
    kind: "Eviction",
    metadata: { name: "w", namespace: "home", labels: { a: "b" } },
  });
  await resource.eviction.create("w", {});
  expect(bodyOf(requests[1])).toMatchObject({ metadata: { name: "w", namespace: "home" } });
});

test("a call's field manager stands in for the cluster's", async () => {
  const { resource, requests } = setUp();
  await resource.create({}, { fieldManager: "you" });
  await resource.apply({ metadata: { name: "w" } }, { fieldManager: "you" });
  expect(requests.map(({ query }) => query)).toEqual(["fieldManager=you", "fieldManager=you"]);
});

test("an object with managed fields is not applied", async () => {
  const { resource, requests } = setUp();
  const read = { metadata: { name: "w", managedFields: [] } };
  await expect(resource.apply(read)).rejects.toThrow("metadata.managedFields: this object was read");
  expect(requests).toEqual([]);
});

describe("modify", () => {
  const conflict = { status: 409, json: { kind: "Status", apiVersion: "v1", reason: "Conflict", code: 409 } };
  const grow = (object: Widget): void => {
    object.spec = { size: (object.spec?.size ?? 0) + 1 };
  };

  test("hands its options on to the update, but for its own", async () => {
    const { resource, requests } = setUp();
    await resource.modify("w", grow, { attempts: 2, fieldManager: "you", fieldValidation: "Strict" });
    expect(requests.map(({ method, query }) => [method, query])).toEqual([
      ["GET", ""],
      ["PUT", "fieldManager=you&fieldValidation=Strict"],
    ]);
  });

  test.each<[string, ModifyOptions, string]>([
    ["an unknown option", { atempts: 2 } as object, "did you mean attempts?"],
    ["no attempts", { attempts: 0 }, "attempts"],
    ["half an attempt", { attempts: 1.5 }, "attempts"],
  ])("refuses %s before it reads", async (_, options, message) => {
    const { resource, requests } = setUp();
    const error: unknown = await resource.modify("w", grow, options).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toContain(message);
    expect(requests).toEqual([]);
  });

  test("writes to the object that was named, and to no other", async () => {
    const { resource, requests } = setUp();
    const other = { ...widget, metadata: { ...widget.metadata, name: "other" } };
    await expect(resource.modify("w", () => other as never)).rejects.toThrow("metadata.name");
    expect(requests.map(({ method }) => method)).toEqual(["GET"]);
  });

  test("an error that is not a conflict is not tried again", async () => {
    const { resource, requests } = setUp(({ method }) =>
      method === "PUT"
        ? { ...conflict, status: 403, json: { ...conflict.json, reason: "Forbidden" } }
        : { json: widget },
    );
    await expect(resource.modify("w", grow)).rejects.toMatchObject({ statusCode: 403 });
    expect(requests).toHaveLength(2);
  });

  describe("in time", () => {
    const slow = (ms: number) =>
      setUp(async ({ method, signal }) => {
        await pause(clock, ms);
        signal?.throwIfAborted();
        return method === "PUT" ? conflict : { json: widget };
      });

    test("timeoutMs bounds all attempts together", async () => {
      const outcome = slow(40)
        .resource.modify("w", grow, { timeoutMs: 100, attempts: 100 })
        .catch((error: unknown) => error);
      await clock.advance(200);
      expect(await outcome).toMatchObject({ name: "TimeoutError", timeoutMs: 100 });
      expect(clock.pending).toBe(0);
    });

    test("a call that never answers ends with timeoutMs, although that is longer than usual", async () => {
      const { resource } = setUp(
        ({ signal }) =>
          new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error))),
      );
      let outcome: unknown;
      void resource.modify("w", grow, { timeoutMs: 90_000 }).catch((error: unknown) => (outcome = error));
      await clock.advance(89_999);
      expect(outcome).toBeUndefined();
      await clock.advance(1);
      expect(outcome).toMatchObject({ name: "TimeoutError", timeoutMs: 90_000 });
    });

    test("a conflict is followed by a pause, which an abort ends at once", async () => {
      const { resource, requests } = slow(0);
      const controller = new AbortController();
      const outcome = resource.modify("w", grow, { signal: controller.signal }).catch((error: unknown) => error);
      await clock.advance(9);
      expect(requests).toHaveLength(2);
      const reason = new Error("enough");
      controller.abort(reason);
      expect(await outcome).toBe(reason);
      expect(clock.pending).toBe(0);
    });
  });
});
