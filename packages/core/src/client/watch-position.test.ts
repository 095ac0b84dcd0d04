import { describe, expect, test } from "vitest";
import { fakeCodec, protobufType, speakingProtobuf } from "../../../../test/support/fake-protobuf.ts";
import { type Answer, recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { isExpired } from "../errors/guards.ts";
import { TimeoutError } from "../errors/transport-errors.ts";
import type { ApiRequest } from "../transport/transport.ts";
import type { KubernetesObject } from "../types/object.ts";
import type { WatchOptions } from "../types/options.ts";
import { sourceOf } from "./source.ts";

const pods = { group: "", version: "v1", plural: "pods", kind: "Pod", namespaced: true } as const;

const event = (type: string, version: string | undefined, more: object = {}, annotations?: object) => ({
  type,
  object: {
    kind: "Pod",
    apiVersion: "v1",
    metadata: { name: `p${version}`, resourceVersion: version, annotations },
    ...more,
  },
});
/** An event that the schema does not know whole. */
const newer = (type: string, version: string) => event(type, version, { newField: 1 });
const endOfInitial = (version: string) => event("BOOKMARK", version, {}, { "k8s.io/initial-events-end": "true" });

type Said = ReturnType<typeof event>;

/** A cluster whose server answers the first watch with these, in protobuf, and the second with those. */
function setUp(first: readonly Said[], second: readonly Said[] | ((request: ApiRequest) => Promise<Answer>) = []) {
  const clock = createVirtualClock();
  const warnings: string[] = [];
  const lines = (events: readonly Said[]): Answer => ({
    headers: { "content-type": "application/json" },
    body: events.map((one) => `${JSON.stringify(one)}\n`),
  });
  const transport = recordingTransport((request, index) => {
    if (index === 0) return lines(first);
    return typeof second === "function" ? second(request) : lines(second);
  });
  const cluster = createCluster({
    transport: speakingProtobuf(transport),
    clock,
    protobuf: () => fakeCodec,
    onWarning: (text) => warnings.push(text),
  });
  return { clock, warnings, client: cluster.resource<KubernetesObject>(pods), requests: transport.requests };
}

/** What a watch told, as `TYPE version`, and how it ended. */
async function watched(
  { client }: ReturnType<typeof setUp>,
  options: WatchOptions,
  onEvent?: () => Promise<void>,
): Promise<{ readonly told: string[]; readonly error: unknown }> {
  const told: string[] = [];
  try {
    for await (const { type, object } of client.watch(options)) {
      told.push(`${type} ${object.metadata.resourceVersion}`);
      await onEvent?.();
    }
  } catch (error) {
    return { told, error };
  }
  return { told, error: undefined };
}

const parameters = ({ query }: ApiRequest): Record<string, string> => Object.fromEntries(new URLSearchParams(query));
const accepted = ({ headers }: ApiRequest): string | undefined => headers["accept"]?.join();

describe("a watch that comes upon what the schema does not know", () => {
  test("goes on as JSON behind the last event that it told", async () => {
    const at = setUp(
      [event("ADDED", "11"), event("MODIFIED", "12"), newer("ADDED", "13"), event("DELETED", "14")],
      [newer("ADDED", "13"), event("DELETED", "14")],
    );
    const { told, error } = await watched(at, {
      resourceVersion: "10",
      labelSelector: "app=web",
      allowWatchBookmarks: true,
    });
    expect(error).toBeUndefined();
    expect(told).toEqual(["ADDED 11", "MODIFIED 12", "ADDED 13", "DELETED 14"]);
    expect(at.requests.map(accepted)).toEqual([`${protobufType},application/json`, "application/json"]);
    const [one, two] = at.requests.map(parameters);
    expect(one).toMatchObject({ resourceVersion: "10" });
    expect(two).toEqual({ ...one, resourceVersion: "12" });
    expect(at.warnings).toHaveLength(1);
  });

  test("is made as it was where it told none", async () => {
    for (const options of [
      { resourceVersion: "10" },
      {},
      { resourceVersion: "0" },
      { sendInitialEvents: true, resourceVersionMatch: "NotOlderThan", allowWatchBookmarks: true },
    ] as const) {
      const at = setUp([newer("ADDED", "11")], [newer("ADDED", "11")]);
      expect(await watched(at, options)).toEqual({ told: ["ADDED 11"], error: undefined });
      const [one, two] = at.requests.map(parameters);
      expect(two).toEqual(one);
    }
  });

  test("goes on behind a bookmark, too", async () => {
    for (const options of [{ resourceVersion: "10" }, { resourceVersion: "0" }, { resourceVersion: "" }, {}]) {
      const at = setUp([event("ADDED", "3"), event("BOOKMARK", "15"), newer("MODIFIED", "16")]);
      expect(await watched(at, options)).toEqual({ told: ["ADDED 3", "BOOKMARK 15"], error: undefined });
      expect(parameters(at.requests[1]!)).toMatchObject({ resourceVersion: "15" });
    }
  });

  test("among the objects that it begins with, it ends as with a version too old: what is missing has no version", async () => {
    const initial = {
      sendInitialEvents: true,
      resourceVersionMatch: "NotOlderThan",
      allowWatchBookmarks: true,
    } as const;
    for (const [options, first] of [
      [{}, [event("ADDED", "9"), newer("ADDED", "3")]],
      [{ resourceVersion: "0" }, [event("ADDED", "9"), newer("ADDED", "3")]],
      [initial, [event("ADDED", "9"), newer("ADDED", "3")]],
      [{ ...initial, resourceVersion: "5" }, [event("ADDED", "9"), event("BOOKMARK", "10"), newer("ADDED", "3")]],
      [{ resourceVersion: "5" }, [event("ADDED", undefined), newer("ADDED", "7")]],
    ] as const) {
      const at = setUp(first);
      const { told, error } = await watched(at, options);
      expect(told).toHaveLength(first.length - 1);
      expect(isExpired(error)).toBe(true);
      expect(error).toMatchObject({ statusCode: 410, reason: "Expired" });
      expect(String(error)).toBe(
        "StatusError: Expired: the watch came upon what this version of Kubewright can only read as JSON, before it had told " +
          "all objects; begin again, and it reads JSON (watch /api/v1/pods)",
      );
      expect(at.requests).toHaveLength(1);
      await watched(at, options);
      expect(accepted(at.requests[1]!)).toBe("application/json");
    }
  });

  test("behind the end of those it goes on as a watch from there", async () => {
    const at = setUp(
      [event("ADDED", "9"), endOfInitial("20"), event("MODIFIED", "21"), newer("MODIFIED", "22")],
      [newer("MODIFIED", "22")],
    );
    const options = {
      sendInitialEvents: true,
      resourceVersionMatch: "NotOlderThan",
      allowWatchBookmarks: true,
    } as const;
    expect((await watched(at, options)).told).toEqual(["ADDED 9", "BOOKMARK 20", "MODIFIED 21", "MODIFIED 22"]);
    expect(parameters(at.requests[1]!)).toEqual({
      resourceVersion: "21",
      allowWatchBookmarks: "true",
      watch: "1",
      pretty: "0",
    });
    const none = setUp([event("ADDED", "9"), newer("ADDED", "10")]);
    await watched(none, { sendInitialEvents: false });
    expect(parameters(none.requests[1]!)).toMatchObject({ resourceVersion: "9" });
  });

  test("goes on for the rest of its time", async () => {
    const at = setUp([event("ADDED", "11"), newer("ADDED", "12")]);
    await watched(at, { resourceVersion: "10", timeoutSeconds: 300 }, () => at.clock.advance(100_500));
    expect(at.requests.map((request) => parameters(request)["timeoutSeconds"])).toEqual(["300", "200"]);
    const over = setUp([event("ADDED", "11"), newer("ADDED", "12")]);
    await watched(over, { resourceVersion: "10", timeoutSeconds: 300 }, () => over.clock.advance(400_000));
    expect(parameters(over.requests[1]!)["timeoutSeconds"]).toBe("1");
  });

  test("what the second request meets is the watch's end", async () => {
    const first = [event("ADDED", "11"), newer("ADDED", "12")];
    const status = {
      kind: "Status",
      apiVersion: "v1",
      status: "Failure",
      reason: "Expired",
      message: "old",
      code: 410,
    };
    const expired = setUp(first, async () => ({ status: 410, json: status }));
    expect((await watched(expired, { resourceVersion: "10" })).error).toMatchObject({ reason: "Expired" });
    const silent = setUp(
      first,
      ({ signal }) =>
        new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error))),
    );
    const ending = watched(silent, { resourceVersion: "10", timeoutMs: 5000 });
    await silent.clock.advance(6000);
    expect((await ending).error).toBeInstanceOf(TimeoutError);
  });

  test("an ERROR event is read as JSON where the schema does not know it whole", async () => {
    const status = {
      kind: "Status",
      apiVersion: "v1",
      status: "Failure",
      reason: "Expired",
      message: "old",
      code: 410,
    };
    const known = setUp([event("ADDED", "11"), { type: "ERROR", object: status } as never]);
    expect((await watched(known, { resourceVersion: "10" })).error).toMatchObject({ reason: "Expired", status });
    expect(known.requests).toHaveLength(1);
    const said = { type: "ERROR", object: { ...status, newField: 1 } } as never;
    const unknown = setUp([said], [said]);
    expect((await watched(unknown, { resourceVersion: "10" })).error).toMatchObject({ status: { newField: 1 } });
    expect(unknown.requests).toHaveLength(2);
  });
});

test("406 makes a watch JSON before it began; whoever follows is told once that it is open", async () => {
  const status = {
    kind: "Status",
    apiVersion: "v1",
    status: "Failure",
    reason: "NotAcceptable",
    message: "no",
    code: 406,
  };
  const { client, requests } = setUpRefusing(status);
  let opened = 0;
  const wanted = { managedFields: false, select: undefined, shareStrings: true };
  const source = sourceOf(client);
  const { signal } = new AbortController();
  const told: string[] = [];
  for await (const { type } of source.watch({ resourceVersion: "10", signal }, wanted, () => (opened += 1)))
    told.push(type);
  expect(told).toEqual(["ADDED"]);
  expect(opened).toBe(1);
  expect(requests.map(accepted)).toEqual([`${protobufType},application/json`, "application/json"]);
  expect(requests.map(({ replay }) => replay)).toEqual(["never", "never"]);
});

function setUpRefusing(status: object) {
  const transport = recordingTransport(({ headers }) =>
    headers["accept"]?.join() === "application/json"
      ? { headers: { "content-type": "application/json" }, body: JSON.stringify(event("ADDED", "11")) }
      : { status: 406, json: status },
  );
  const cluster = createCluster({ transport, protobuf: () => fakeCodec, onWarning: () => {} });
  return { client: cluster.resource<KubernetesObject>(pods), requests: transport.requests };
}

test("what nobody wants may be beyond the schema; whoever follows is told once that it is open, of both watches", async () => {
  const managed = { metadata: { name: "p", resourceVersion: "11", managedFields: [{ newField: 1 }] } };
  const at = setUp(
    [event("ADDED", "11", managed), event("MODIFIED", "12"), newer("MODIFIED", "13")],
    [newer("MODIFIED", "13")],
  );
  const source = sourceOf(at.client);
  const wanted = { managedFields: false, select: undefined, shareStrings: true };
  const { signal } = new AbortController();
  let opened = 0;
  const told: string[] = [];
  for await (const { type } of source.watch({ resourceVersion: "10", signal }, wanted, () => (opened += 1)))
    told.push(type);
  expect(told).toEqual(["ADDED", "MODIFIED", "MODIFIED"]);
  expect(opened).toBe(1);
  expect(parameters(at.requests[1]!)).toMatchObject({ resourceVersion: "12" });
});
