import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { type Answer, recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createCluster } from "../cluster/create-cluster.ts";

type Answers = Readonly<Record<string, object | number>>;

/** A cluster that answers each path as given: a body, or the status of a failure. */
function setUp(answers: Answers) {
  const transport = recordingTransport(({ path }): Answer => {
    const answer = answers[path] ?? 404;
    return typeof answer === "number" ? { status: answer, body: "" } : { json: answer };
  });
  const { discovery } = createCluster({ transport, userAgent: "test" });
  return { discovery, paths: () => transport.requests.map(({ path }) => path) };
}

const entry = (resource: string, kind: string, rest: object = {}): object => ({
  resource,
  responseKind: { group: "", version: "", kind },
  scope: "Namespaced",
  verbs: ["get"],
  ...rest,
});

const list = (...items: readonly object[]): object => ({ kind: "APIGroupDiscoveryList", items });
const aggregated: Answers = {
  "/api": list({ metadata: {}, versions: [{ version: "v1", resources: [entry("pods", "Pod")] }] }),
  "/apis": list({
    metadata: { name: "apps" },
    versions: [
      {
        version: "v2",
        freshness: "Current",
        resources: [
          entry("sets", "Set", {
            scope: "Cluster",
            singularResource: "set",
            shortNames: ["s"],
            categories: ["all"],
            subresources: [
              { subresource: "status", responseKind: { group: "", version: "", kind: "Set" }, verbs: ["get"] },
              { subresource: "scale", responseKind: { group: "autoscaling", version: "v1", kind: "Scale" } },
            ],
          }),
        ],
      },
      { version: "v1", freshness: "Stale", resources: [entry("sets", "Set"), entry("old", "Old")] },
    ],
  }),
};

const set = {
  group: "apps",
  version: "v2",
  plural: "sets",
  kind: "Set",
  namespaced: false,
  verbs: ["get"],
  singular: "set",
  shortNames: ["s"],
  categories: ["all"],
  subresources: {
    status: { group: "apps", version: "v2", kind: "Set", verbs: ["get"] },
    scale: { group: "autoscaling", version: "v1", kind: "Scale", verbs: [] },
  },
};

test("aggregated documents: groups, versions in the server's order, what is stale, subresources with their own kinds", async () => {
  const { discovery, paths } = setUp(aggregated);
  const groups = await discovery.groups();
  expect(groups.map(({ name, versions }) => [name, versions.map(({ version, stale }) => [version, stale])])).toEqual([
    ["", [["v1", false]]],
    [
      "apps",
      [
        ["v2", false],
        ["v1", true],
      ],
    ],
  ]);
  expect(groups[1]?.versions[0]?.resources).toEqual([set]);
  expect(groups[0]?.versions[0]?.resources[0]).toMatchObject({ kind: "Pod", namespaced: true, categories: [] });
  expect(paths()).toEqual(["/api", "/apis"]);
});

test("resources: each once, in the first version that has it", async () => {
  const resources = await setUp(aggregated).discovery.resources();
  expect(resources.map(({ version, plural }) => `${plural} ${version}`)).toEqual(["pods v1", "sets v2", "old v1"]);
});

describe("documents of old servers", () => {
  const version = (name: string): object => ({ groupVersion: `apps/${name}`, version: name });
  const legacy: Answers = {
    "/api": { kind: "APIVersions", versions: ["v1"] },
    "/api/v1": { kind: "APIResourceList", resources: [] },
    "/apis": {
      kind: "APIGroupList",
      groups: [
        { name: "apps", versions: [version("v1"), version("v2"), version("v3")], preferredVersion: version("v2") },
        { name: "other", versions: [version("v1")] },
      ],
    },
    "/apis/apps/v1": 503,
    "/apis/apps/v2": {
      kind: "APIResourceList",
      resources: [
        {
          name: "sets",
          kind: "Set",
          namespaced: false,
          verbs: ["get"],
          singularName: "set",
          shortNames: ["s"],
          categories: ["all"],
        },
        { name: "sets/status", kind: "Set", namespaced: false, verbs: ["get"] },
        { name: "sets/scale", group: "autoscaling", version: "v1", kind: "Scale", namespaced: false, verbs: [] },
        { name: "setsandmore/status", kind: "More", namespaced: false, verbs: [] },
      ],
    },
    "/apis/other/v1": { kind: "APIResourceList" },
  };

  test("the preferred version comes first, what does not answer is stale and empty", async () => {
    const groups = await setUp(legacy).discovery.groups();
    expect(groups).toEqual([
      { name: "", versions: [{ version: "v1", stale: false, resources: [] }] },
      {
        name: "apps",
        versions: [
          { version: "v2", stale: false, resources: [set] },
          { version: "v1", stale: true, resources: [] },
          { version: "v3", stale: true, resources: [] },
        ],
      },
      { name: "other", versions: [{ version: "v1", stale: false, resources: [] }] },
    ]);
  });

  test("another failure is an error, and is not kept", async () => {
    const answers = { ...legacy, "/apis/apps/v2": 403 as object | number };
    const { discovery } = setUp(answers);
    await expect(discovery.groups()).rejects.toMatchObject({ statusCode: 403 });
    answers["/apis/apps/v2"] = {};
    expect(await discovery.groups()).toHaveLength(3);
  });

  test("a document of another kind is an error", async () => {
    await expect(setUp({ ...legacy, "/apis": { kind: "Fish" } }).discovery.groups()).rejects.toThrow('kind "Fish"');
  });
});

test("is read once for all who ask, until refresh", async () => {
  const { discovery, paths } = setUp(aggregated);
  await Promise.all([discovery.groups(), discovery.groups(), discovery.resources()]);
  await discovery.groups();
  expect(paths()).toHaveLength(2);
  discovery.refresh();
  await discovery.groups();
  expect(paths()).toHaveLength(4);
});

test("a failed read forgets no newer one", async () => {
  let fail: ((answer: Answer) => void) | undefined;
  const transport = recordingTransport(({ path }, index) =>
    index === 0 ? new Promise<Answer>((resolve) => (fail = resolve)) : { json: aggregated[path] },
  );
  const { discovery } = createCluster({ transport, userAgent: "test" });
  const failing = discovery.groups().catch(() => "failed");
  await expect.poll(() => transport.requests.length).toBe(2);
  discovery.refresh();
  expect(await discovery.groups()).toHaveLength(2);
  fail?.({ status: 500, body: "" });
  expect(await failing).toBe("failed");
  await discovery.groups();
  expect(transport.requests).toHaveLength(4);
});

test("an abort ends the caller's waiting, and nobody else's", async () => {
  const { discovery, paths } = setUp(aggregated);
  const controller = new AbortController();
  const { signal } = controller;
  const reason = new Error("enough");
  const impatient = discovery.groups({ signal }).catch((error: unknown) => error);
  const patient = discovery.groups();
  controller.abort(reason);
  expect(await impatient).toBe(reason);
  expect(getEventListeners(signal, "abort")).toEqual([]);
  expect(await patient).toHaveLength(2);
  await expect(discovery.groups({ signal })).rejects.toBe(reason);
  expect(paths()).toHaveLength(2);
  const other = new AbortController();
  await discovery.groups({ signal: other.signal });
  expect(getEventListeners(other.signal, "abort")).toEqual([]);
});
