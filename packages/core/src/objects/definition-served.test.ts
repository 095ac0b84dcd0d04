import { beforeEach, describe, expect, test } from "vitest";
import { type Answer, recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { pause } from "../time/pause.ts";
import type { KubernetesObject } from "../types/object.ts";

let clock: VirtualClock;
beforeEach(() => void (clock = createVirtualClock()));

const entry = (group: string, kind: string, resource: string, scope: string): object => ({
  resource,
  responseKind: { group, version: "v1", kind },
  scope,
  verbs: ["get", "patch"],
});
const inGroup = (name: string, ...resources: readonly object[]): object => ({
  metadata: { name },
  versions: [{ version: "v1", resources }],
});

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
}

const accepted: readonly Condition[] = [
  { type: "NamesAccepted", status: "True" },
  { type: "Established", status: "True" },
];
const conflict: readonly Condition[] = [
  {
    type: "NamesAccepted",
    status: "False",
    reason: "SingularConflict",
    message: '"widget" is already in use',
    lastTransitionTime: "2026-01-01T00:00:00Z",
  },
  { type: "Established", status: "False", reason: "NotAccepted", message: "not all names are accepted" },
];

const definition = (kind: string): KubernetesObject & { spec: object } => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  metadata: { name: `${kind.toLowerCase()}s.example.com` },
  spec: {
    group: "example.com",
    names: { kind, plural: `${kind.toLowerCase()}s` },
    versions: [{ name: "v1" }, { name: "v0", served: false }],
  },
});
const widgets = definition("Widget");
const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "a" } };

interface Held {
  json: KubernetesObject & { readonly spec?: { readonly names?: { readonly kind: string; readonly plural: string } } };
  /** Of a definition: as the API server's controllers come to say. */
  conditions: readonly Condition[] | undefined;
}

/** Objects by name, as an API server keeps them; `now` is what its controllers say of a definition once it is stored. */
function setUp(now: readonly Condition[] = accepted) {
  const held = new Map<string, Held>();
  let uids = 0;
  let readable = true;
  const lingering: { readonly kind: string; readonly plural: string }[] = [];
  const asSaid = ({ json, conditions }: Held): object =>
    conditions === undefined ? json : { ...json, status: { conditions } };
  const transport = recordingTransport(({ method, path, body }): Answer => {
    const name = path.split("/").at(-1) as string;
    if (method === "PATCH") {
      const given = JSON.parse(body as string) as KubernetesObject;
      const before = held.get(name);
      const { uid = `u${(uids += 1)}`, deletionTimestamp, finalizers } = before?.json.metadata ?? {};
      const gone = deletionTimestamp === undefined ? {} : { deletionTimestamp, ...(finalizers && { finalizers }) };
      const one: Held = {
        json: { ...given, metadata: { ...given.metadata, uid, ...gone } },
        conditions: before?.conditions,
      };
      held.set(name, one);
      const answer = { json: asSaid(one) };
      if (given.kind === "CustomResourceDefinition") clock.after(150, () => (one.conditions = now));
      return answer;
    }
    if (path === "/api")
      return {
        json: {
          kind: "APIGroupDiscoveryList",
          items: [
            inGroup(
              "",
              entry("", "Namespace", "namespaces", "Cluster"),
              entry("", "ConfigMap", "configmaps", "Namespaced"),
            ),
          ],
        },
      };
    if (path === "/apis") {
      const kinds = [...held.values()].flatMap(({ json, conditions }) => {
        const established = conditions?.some(({ type, status }) => type === "Established" && status === "True");
        return established === true && json.spec?.names ? [json.spec.names] : [];
      });
      const items = [
        inGroup(
          "apiextensions.k8s.io",
          entry("apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions", "Cluster"),
        ),
        inGroup(
          "example.com",
          ...[...kinds, ...lingering].map(({ kind, plural }) => entry("example.com", kind, plural, "Cluster")),
        ),
      ];
      return { json: { kind: "APIGroupDiscoveryList", items } };
    }
    const one = held.get(name);
    if (!readable)
      return {
        status: 403,
        json: { kind: "Status", apiVersion: "v1", status: "Failure", reason: "Forbidden", code: 403 },
      };
    return one === undefined
      ? { status: 404, json: { kind: "Status", apiVersion: "v1", status: "Failure", reason: "NotFound", code: 404 } }
      : { json: asSaid(one) };
  });
  /** Discovery tells it, as it does for a moment of a definition that is gone. */
  const linger = (one: typeof widgets): void =>
    void lingering.push((one.spec as { names: (typeof lingering)[0] }).names);
  const warnings: string[] = [];
  const cluster = createCluster({ transport, clock, fieldManager: "test", onWarning: (text) => warnings.push(text) });
  const patched = (): string[] =>
    transport.requests.flatMap(({ method, path }) => (method === "PATCH" ? [path.split("/").at(-1) as string] : []));
  /** Marks it as being deleted, and takes it away after a while. */
  const remove = (name: string, afterMs: number): void => {
    const one = held.get(name) as Held;
    const metadata = {
      ...one.json.metadata,
      deletionTimestamp: "2026-01-01T00:00:00Z",
      finalizers: ["example.com/hold"],
    };
    one.json = { ...one.json, metadata } as Held["json"];
    if (afterMs < Infinity) clock.after(afterMs, () => held.delete(name));
  };
  return {
    cluster,
    held,
    patched,
    remove,
    linger,
    warnings,
    requests: transport.requests,
    forbidReading: () => (readable = false),
  };
}

/** The outcome, and after how many milliseconds of virtual time it came. */
async function outcomeOf(
  promise: Promise<unknown>,
): Promise<{ value: unknown; error: { message: string } | undefined; ms: number }> {
  const began = clock.now();
  const settled = promise.then(
    (value) => ({ value, error: undefined, ms: clock.now() - began }),
    (error: { message: string }) => ({ value: undefined, error, ms: clock.now() - began }),
  );
  return clock.run(settled);
}

test("names that are not accepted fail at once, with the server's reason", async () => {
  const { cluster } = setUp(conflict);
  const { error, ms } = await outcomeOf(cluster.applyAll([widgets]));
  expect(error?.message).toMatch(
    /NamesNotAccepted: CustomResourceDefinition widgets.example.com .*"widget" is already in use \(SingularConflict\); choose other names/,
  );
  expect(ms).toBeLessThan(1000);
});

test("a condition from before the apply is given time to change", async () => {
  const fixed = setUp();
  await outcomeOf(fixed.cluster.applyAll([widgets]));
  (fixed.held.get("widgets.example.com") as Held).conditions = conflict;
  expect((await outcomeOf(fixed.cluster.applyAll([widgets]))).error).toBeUndefined();
  const still = setUp(conflict);
  await outcomeOf(still.cluster.applyAll([widgets]));
  const { error, ms } = await outcomeOf(still.cluster.applyAll([widgets]));
  expect(error?.message).toContain("already in use");
  expect(ms).toBeGreaterThanOrEqual(2000);
  expect(ms).toBeLessThan(4000);
});

test("a definition that is being deleted is waited for and applied again", async () => {
  const { cluster, held, remove, patched } = setUp();
  await outcomeOf(cluster.applyAll([widgets]));
  remove("widgets.example.com", 3000);
  const { value, ms } = await outcomeOf(
    cluster.applyAll([widgets, { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w" } }]),
  );
  expect(value).toMatchObject([{ metadata: { uid: "u2" } }, { kind: "Widget" }]);
  expect(ms).toBeGreaterThanOrEqual(3000);
  expect(held.get("widgets.example.com")?.json.metadata).not.toHaveProperty("deletionTimestamp");
  expect(patched()).toEqual(["widgets.example.com", "widgets.example.com", "widgets.example.com", "w"]);
});

test("a definition that goes while it is waited for is applied again", async () => {
  const { cluster, held } = setUp([]);
  const outcome = outcomeOf(cluster.applyAll([widgets]));
  clock.after(1000, () => held.delete("widgets.example.com"));
  clock.after(3000, () => {
    for (const one of held.values()) one.conditions = accepted;
  });
  expect(await outcome).toMatchObject({ error: undefined, value: [{ metadata: { uid: "u2" } }] });
});

test("a definition that replaced another counts as served once it is established, whatever discovery tells", async () => {
  const { cluster, held, linger, requests } = setUp();
  linger(widgets);
  let established: boolean | undefined;
  const patched = requests.push.bind(requests);
  requests.push = (...sent) => {
    if (sent[0]?.path.endsWith("/w")) established = held.get("widgets.example.com")?.conditions === accepted;
    return patched(...sent);
  };
  const object = { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w" } };
  expect((await outcomeOf(cluster.applyAll([widgets, object]))).error).toBeUndefined();
  expect(established).toBe(true);
});

test("a definition that is not gone in time says what holds it", async () => {
  const { cluster, remove } = setUp();
  await outcomeOf(cluster.applyAll([widgets]));
  remove("widgets.example.com", Infinity);
  const { error } = await outcomeOf(cluster.applyAll([widgets], { timeoutMs: 5000 }));
  expect(error?.message).toContain(
    "Timeout: CustomResourceDefinition widgets.example.com is being deleted (finalizers: example.com/hold) and was not gone within 5000 ms",
  );
});

test("several definitions are waited for side by side; one that is not served says what its conditions are", async () => {
  const installing: readonly Condition[] = [
    { type: "Established", status: "False", reason: "Installing", message: "the names are being installed" },
  ];
  const { cluster } = setUp(installing);
  const { error, ms } = await outcomeOf(
    cluster.applyAll([widgets, definition("Gadget"), namespace], { timeoutMs: 5000 }),
  );
  expect(error).toMatchObject({
    applied: [{ kind: "Namespace" }],
    failures: [{ object: widgets }, { object: { metadata: { name: "gadgets.example.com" } } }],
  });
  expect(error?.message).toContain(
    "CustomResourceDefinition widgets.example.com was not served (Established is False: the names are being installed) within 5000 ms",
  );
  expect(ms).toBeLessThan(6000);
});

test("whoever may apply definitions but not read them waits for discovery", async () => {
  const { cluster, forbidReading } = setUp();
  forbidReading();
  expect((await outcomeOf(cluster.applyAll([widgets]))).error).toBeUndefined();
});

test("a version that is not served is not waited for, and its objects fail with what is served", async () => {
  const { cluster } = setUp();
  const old = { apiVersion: "example.com/v0", kind: "Widget", metadata: { name: "w" } };
  const { error, ms } = await outcomeOf(cluster.applyAll([old, widgets]));
  expect(error).toMatchObject({ applied: [{ kind: "CustomResourceDefinition" }], failures: [{ object: old }] });
  expect(error?.message).toContain("the server has no Widget in example.com/v0; it has it in example.com/v1");
  expect(ms).toBeLessThan(1000);
});

test("a namespace that is being deleted is waited for, with all that it is to hold", async () => {
  const { cluster, remove, patched } = setUp();
  await outcomeOf(cluster.applyAll([namespace]));
  remove("a", 4000);
  const config = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c", namespace: "a" } };
  const { value, ms } = await outcomeOf(cluster.applyAll([config, namespace]));
  expect(value).toMatchObject([{ kind: "ConfigMap" }, { kind: "Namespace", metadata: { uid: "u2" } }]);
  expect(ms).toBeGreaterThanOrEqual(4000);
  expect(patched()).toEqual(["a", "a", "a", "c"]);
});

test("another object that is being deleted is applied, with a warning", async () => {
  const { cluster, remove, warnings } = setUp();
  const config = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c", namespace: "a" } };
  await outcomeOf(cluster.apply(config));
  remove("c", Infinity);
  await outcomeOf(cluster.apply(config));
  await outcomeOf(cluster.applyAll([config]));
  expect(warnings).toEqual(["ConfigMap a/c is being deleted, and what was applied to it goes with it"]);
});

describe("a namespace on an object that lives outside namespaces", () => {
  test.each<["apply" | "applyAll"]>([["apply"], ["applyAll"]])("is left out by %s, with a warning", async (call) => {
    const { cluster, warnings, requests } = setUp();
    const object = {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "b", namespace: "team", labels: { a: "b" } },
    };
    await outcomeOf(call === "apply" ? cluster.apply(object) : cluster.applyAll([object]));
    expect(warnings).toEqual([
      'Namespace b: metadata.namespace "team" is left out, since Namespace lives outside namespaces',
    ]);
    const sent = requests.find(({ method }) => method === "PATCH");
    expect(JSON.parse(sent?.body as string)).toEqual({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: "b", labels: { a: "b" } },
    });
    expect(object.metadata.namespace).toBe("team");
  });

  test("is still an error of a typed call", async () => {
    const { cluster } = setUp();
    const found = await cluster.find({ apiVersion: "v1", kind: "Namespace" });
    await expect(found.apply({ metadata: { name: "b", namespace: "team" } } as never)).rejects.toThrow(
      "metadata.namespace",
    );
  });
});

test("timeoutMs of an apply bounds discovery and the apply together", async () => {
  for (const silent of ["/apis", "/api/v1/namespaces/a"]) {
    const transport = recordingTransport(async ({ path, signal }) => {
      if (path === silent)
        return new Promise<never>((_, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason as Error));
        });
      await pause(clock, 150);
      const items = path === "/api" ? [inGroup("", entry("", "Namespace", "namespaces", "Cluster"))] : [];
      return { json: { kind: "APIGroupDiscoveryList", items } };
    });
    const cluster = createCluster({ transport, clock, fieldManager: "test" });
    const { error, ms } = await outcomeOf(cluster.apply(namespace, { timeoutMs: 200 }));
    expect(error?.message).toContain(
      `no complete answer within 200 ms; pass a larger timeoutMs if the server needs longer (apply ${silent})`,
    );
    expect(ms).toBeLessThan(300);
  }
});
