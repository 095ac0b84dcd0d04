import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import { type Answer, recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import { pause } from "../time/pause.ts";

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

test("a stale version is asked last: what it has may be gone", async () => {
  const stale = { version: "v2", freshness: "Stale", resources: [entry("sets", "Set"), entry("olds", "Old")] };
  const fresh = { version: "v1", resources: [entry("sets", "Set")] };
  const cluster = createCluster({
    transport: recordingTransport(({ path }) => ({
      json: path === "/api" ? list() : list({ metadata: { name: "apps" }, versions: [stale, fresh] }),
    })),
  });
  const names = (await cluster.discovery.resources()).map(({ version, plural }) => `${plural} ${version}`);
  expect(names).toEqual(["sets v1", "olds v2"]);
  for (const [query, version] of [
    ["set", "v1"],
    ["sets.apps", "v1"],
    ["sets.v2.apps", "v2"],
    ["olds", "v2"],
  ] as const)
    expect((await cluster.find(query)).resource.version).toBe(version);
});

test("resources: each once, in the first version that has it", async () => {
  const resources = await setUp(aggregated).discovery.resources();
  expect(resources.map(({ version, plural }) => `${plural} ${version}`)).toEqual(["pods v1", "sets v2", "old v1"]);
});

describe("the documents of old servers", () => {
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
          { version: "v1", stale: true, error: expect.objectContaining({ statusCode: 503 }), resources: [] },
          { version: "v3", stale: true, error: expect.objectContaining({ statusCode: 404 }), resources: [] },
        ],
      },
      { name: "other", versions: [{ version: "v1", stale: false, resources: [] }] },
    ]);
  });

  const broken: readonly [string, Answer | Error, object][] = [
    ...[401, 403, 404, 429, 500, 502, 504].map((status): [string, Answer, object] => [
      `status ${status}`,
      { status, headers: { "content-type": "text/plain" }, body: "x" },
      { statusCode: status },
    ]),
    ["a web page", { headers: { "content-type": "text/html" }, body: "<html>" }, { name: "DecodeError" }],
    ["half of its list", { headers: { "content-type": "application/json" }, body: "{" }, { name: "DecodeError" }],
    ["another kind", { json: { kind: "Fish" } }, { name: "DecodeError" }],
    ["no kind", { json: {} }, { name: "DecodeError" }],
    ["a list of nothing", { json: { kind: "APIResourceList", resources: [null] } }, { name: "DecodeError" }],
    ["a lost connection", new ConnectionError("ConnectionLost: gone"), { name: "ConnectionError" }],
  ];
  test.each(broken)(
    "a version that answers with %s is stale, says why, and spoils no other",
    async (_, answer, error) => {
      const transport = recordingTransport(({ path }): Answer => {
        if (path === "/apis/other/v1") {
          if (answer instanceof Error) throw answer;
          return answer;
        }
        return typeof legacy[path] === "object" ? { json: legacy[path] } : { status: 404, body: "" };
      });
      const cluster = createCluster({ transport });
      const groups = await cluster.discovery.groups();
      expect(groups[1]?.versions[0]).toEqual({ version: "v2", stale: false, resources: [set] });
      const [other] = groups[2]?.versions ?? [];
      expect(other).toEqual({ version: "v1", stale: true, error: expect.objectContaining(error), resources: [] });
      expect((await cluster.find("sets")).resource).toEqual(set);
      await expect(cluster.find("fish.other")).rejects.toThrow(
        `Not known is what these would have: apps/v1 (${(groups[1]?.versions[1]?.error as Error | undefined)?.message}), `,
      );
    },
  );

  test("a version that never answers costs 5 s after the last of the others, however long those take", async () => {
    const clock = createVirtualClock();
    const transport = recordingTransport(async ({ path, signal }): Promise<Answer> => {
      if (path === "/apis/other/v1")
        return new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason as Error));
        });
      await pause(clock, path === "/apis/apps/v2" ? 4900 : path === "/apis/apps/v3" ? 9000 : 10);
      return typeof legacy[path] === "object" ? { json: legacy[path] } : { status: 404, body: "" };
    });
    const [, apps, other] = await clock.run(createCluster({ transport, clock }).discovery.groups());
    expect(
      apps?.versions.map(({ version, stale, error }) => [version, stale, (error as Error | undefined)?.message]),
    ).toEqual([
      ["v2", false, undefined],
      ["v1", true, expect.stringContaining("404")],
      ["v3", true, expect.stringContaining("404")],
    ]);
    expect(other?.versions[0]).toMatchObject({
      stale: true,
      error: { message: expect.stringMatching(/^Silent: no answer within 5000 ms/) },
    });
    // The two documents take 10 ms, the slowest of the others 9000 more.
    expect([clock.now(), clock.pending]).toEqual([14_010, 0]);
  });

  test("a version that never answers leaves half of a short timeoutMs to the call", async () => {
    const transport = recordingTransport(({ path, signal }): Answer | Promise<Answer> =>
      path === "/apis/other/v1"
        ? new Promise((_, reject) => {
            signal?.addEventListener("abort", () => reject(signal.reason as Error));
          })
        : typeof legacy[path] === "object"
          ? { json: legacy[path] }
          : { status: 404, body: "" },
    );
    const cluster = createCluster({ transport, timeoutMs: 100 });
    const [, , other] = await cluster.discovery.groups();
    expect(other?.versions[0]?.error).toMatchObject({ message: expect.stringContaining("within 50 ms") });
  });

  test("a server without /api has no core group; one without /apis is none", async () => {
    const groups = await setUp({ ...legacy, "/api": 404 }).discovery.groups();
    expect(groups.map(({ name }) => name)).toEqual(["apps", "other"]);
    await expect(setUp({ ...legacy, "/api": 403 }).discovery.groups()).rejects.toMatchObject({ statusCode: 403 });
    await expect(setUp({ ...legacy, "/apis": 404 }).discovery.groups()).rejects.toMatchObject({ statusCode: 404 });
  });

  test("what failed altogether is not kept", async () => {
    const answers: Record<string, object | number> = { ...legacy, "/apis": 500 };
    const { discovery } = setUp(answers);
    await expect(discovery.groups()).rejects.toMatchObject({ statusCode: 500 });
    answers["/apis"] = legacy["/apis"] as object;
    expect(await discovery.groups()).toHaveLength(3);
  });

  test("only one of both documents is aggregated: each is read as it came", async () => {
    const groups = await setUp({ ...legacy, "/apis": aggregated["/apis"] as object }).discovery.groups();
    expect(groups.map(({ name }) => name)).toEqual(["", "apps"]);
    const mixed = await setUp({ ...legacy, "/api": aggregated["/api"] as object }).discovery.groups();
    expect(mixed.map(({ name }) => name)).toEqual(["", "apps", "other"]);
  });

  test("lists that a Go server has not filled are null", async () => {
    const groups = await setUp({
      "/api": { kind: "APIVersions", versions: null },
      "/apis": {
        kind: "APIGroupList",
        groups: [
          { name: "a", versions: null },
          { name: "b", versions: [version("v1")] },
        ],
      },
      "/apis/b/v1": {
        kind: "APIResourceList",
        resources: [{ name: "bs", kind: "B", namespaced: true, verbs: null, shortNames: null }],
      },
    }).discovery.groups();
    expect(groups.map(({ versions }) => versions.length)).toEqual([0, 0, 1]);
    expect(groups[2]?.versions[0]?.resources[0]).toMatchObject({ plural: "bs", verbs: [], shortNames: [] });
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
