import { decode } from "@kubewright/protobuf";
import { CoreV1 } from "kubewright/core/v1";
import { PolicyV1 } from "kubewright/policy/v1";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { ownNamespace } from "../e2e/support.ts";
import { rejection } from "../support/api-request.ts";
import { eventually } from "../support/eventually.ts";
import { rawApi, type RawApi } from "../support/raw-api.ts";
import { inBoth, protobufType, told } from "./both.ts";

const both = inBoth();
const own = ownNamespace({
  get cluster() {
    return both.json;
  },
});

beforeAll(async () => {
  await both.json
    .api(CoreV1)
    .serviceAccounts.in(own.namespace)
    .create({ metadata: { name: "one" } });
});

const opened: RawApi[] = [];
afterAll(() => {
  for (const api of opened) api.close();
});

/** The API without the library, for the admin, somebody without rights, or nobody. */
function raw(accept: string, who: "admin" | "noRights" | "nobody" = "admin"): RawApi {
  const { server, caFile, admin, noRights } = inject("controlPlane");
  const token = { admin: admin.token, noRights: noRights.token, nobody: "none" }[who];
  const api = rawApi({ server, caFile, token, accept });
  opened.push(api);
  return api;
}

interface Asked {
  readonly method: string;
  /** Below the namespace. */
  readonly path: string;
  readonly body?: object;
  readonly type?: string;
  readonly who?: "noRights" | "nobody";
}

/** Asks in both encodings, and expects the same Status of both; gives it. */
async function statusInBoth({ method, path, body, type, who }: Asked): Promise<Record<string, unknown>> {
  const full = `/api/v1/namespaces/${own.namespace}${path}`;
  const [json, protobuf] = await Promise.all(
    ["application/json", protobufType].map((accept) => raw(accept, who).send(method, full, body, type)),
  );
  if (json === undefined || protobuf === undefined) throw new Error("there are two answers");
  expect([protobuf.status, protobuf.headers["content-type"]]).toEqual([json.status, protobufType]);
  const status = JSON.parse(json.text) as Record<string, unknown>;
  const decoded = decode(protobuf.bytes);
  // Others write meanwhile.
  for (const one of [status, decoded]) one["message"] = String(one["message"]).replace(/current: \d+/, "current: 1");
  expect(decoded).toEqual(status);
  expect(told(decoded)).toBe(told(status));
  return status;
}

const wrongPod = {
  metadata: { name: "Wrong_Name" },
  spec: { containers: [{ name: "a" }, { name: "a", image: "b" }], restartPolicy: "Sometimes" },
};

describe("the Status of a failure is the same in both encodings", () => {
  test.each<[code: number, reason: string | undefined, what: string, asked: Asked]>([
    [404, "NotFound", "an object that is not there", { method: "GET", path: "/pods/none" }],
    [404, "NotFound", "a resource that is not there", { method: "GET", path: "/nothings" }],
    [403, "Forbidden", "what this one may not", { method: "GET", path: "/pods", who: "noRights" }],
    [401, "Unauthorized", "whom nobody knows", { method: "GET", path: "/pods", who: "nobody" }],
    [422, "Invalid", "an object with several faults", { method: "POST", path: "/pods", body: wrongPod }],
    [405, "MethodNotAllowed", "a verb that is not there", { method: "POST", path: "/pods/none", body: {} }],
    [400, "BadRequest", "what is no object", { method: "POST", path: "/pods", body: { metadata: 1 } }],
    [415, "UnsupportedMediaType", "a type", { method: "POST", path: "/pods", body: {}, type: "text/css" }],
    [409, "AlreadyExists", "a second one", { method: "POST", path: "/serviceaccounts", body: named("one") }],
    [409, "Conflict", "a version", { method: "PUT", path: "/serviceaccounts/one", body: named("one", "1") }],
    [504, "Timeout", "a version of the future", { method: "GET", path: "/pods?resourceVersion=999999999" }],
    [400, "BadRequest", "what is no version", { method: "GET", path: "/pods?resourceVersion=abc" }],
    [
      422,
      "Invalid",
      "options that do not go together",
      { method: "GET", path: "/pods?resourceVersion=0&resourceVersionMatch=Exact" },
    ],
  ])("%i %s: %s", async (code, reason, _, asked) => {
    const status = await statusInBoth(asked);
    expect(status).toMatchObject({ kind: "Status", apiVersion: "v1", status: "Failure", reason, code });
  });

  test("of several faults it has the causes", async () => {
    const { details } = await statusInBoth({ method: "POST", path: "/pods", body: wrongPod });
    const { causes } = details as { causes: { field: string }[] };
    expect(causes.length).toBeGreaterThan(3);
    expect(causes.map(({ field }) => field)).toContain("spec.restartPolicy");
  });

  test("429: a disruption budget refuses an eviction", async () => {
    const labels = { app: "kept" };
    const [pods, budgets] = [
      both.json.api(CoreV1).pods.in(own.namespace),
      both.json.api(PolicyV1).podDisruptionBudgets.in(own.namespace),
    ];
    await budgets.create({
      metadata: { name: "kept" },
      spec: { minAvailable: "100%", selector: { matchLabels: labels } },
    });
    const spec = { containers: [{ name: "main", image: "any" }], terminationGracePeriodSeconds: 0 };
    await pods.create({ metadata: { name: "kept", labels }, spec });
    await eventually(
      async () => (await budgets.get("kept")).status?.currentHealthy === 1 || undefined,
      "the pod is healthy",
    );
    const eviction = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name: "kept" } };
    const status = await statusInBoth({ method: "POST", path: "/pods/kept/eviction", body: eviction });
    expect(status).toMatchObject({ code: 429, details: { causes: [{ reason: "DisruptionBudget" }] } });
  });
});

function named(name: string, resourceVersion?: string): object {
  return { metadata: { name, ...(resourceVersion === undefined ? {} : { resourceVersion }) } };
}

test("what a deletion answers is the same in both encodings", async () => {
  const maps = both.json.api(CoreV1).configMaps.in(own.namespace);
  const { metadata } = await maps.create({ metadata: { name: "gone" } });
  const path = `/api/v1/namespaces/${own.namespace}/configmaps/gone`;
  const deleted = await raw(protobufType).send("DELETE", path);
  expect(decode(deleted.bytes)).toEqual({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    details: { name: "gone", kind: "configmaps", uid: metadata.uid },
  });
});

describe("a read that fails", () => {
  const failures = (which: "json" | "protobuf") => {
    const pods = both[which].api(CoreV1).pods.in(own.namespace);
    return [
      () => pods.get("none"),
      () => pods.list({ resourceVersion: "abc" }),
      () => pods.watch({ resourceVersion: "abc" })[Symbol.asyncIterator]().next(),
      () => pods.metadata.get("none"),
    ];
  };

  test.each(["get", "list", "watch", "metadata"].map((what, i) => [what, i] as const))(
    "%s gives the same error in both encodings",
    async (what, i) => {
      both.exchanged.length = 0;
      const json = await rejection(failures("json")[i]!());
      const protobuf = await rejection(failures("protobuf")[i]!());
      // Of metadata, failures come as JSON, whatever is asked for.
      expect(both.exchanged.at(-1)).toMatchObject({
        answered: what === "metadata" ? "application/json" : protobufType,
      });
      expect(protobuf).toMatchObject({ name: "StatusError" });
      expect(told({ ...(protobuf as object) })).toBe(told({ ...(json as object) }));
      expect(String(protobuf)).toBe(String(json));
    },
  );
});
