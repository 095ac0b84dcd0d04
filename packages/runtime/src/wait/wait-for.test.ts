import { getEventListeners } from "node:events";
import { inspect } from "node:util";
import {
  ConnectionError,
  type Gets,
  InputError,
  type KubernetesObject,
  type Lists,
  type NamespacedObject,
  type ResourceDescriptor,
  sourceKey,
  StatusError,
  type Stored,
  TimeoutError,
  type Watches,
} from "@kubewright/core";
import { describe, expect, test } from "vitest";
import { createScriptedSource, objectAt, type ScriptedSource } from "../../../../test/support/scripted-source.ts";
import type { WaitUntil } from "./until.ts";
import { WaitError, WaitTimeoutError } from "./wait-errors.ts";
import { waitFor, type WaitOptions } from "./wait-for.ts";

interface Pod extends KubernetesObject, NamespacedObject {
  readonly status?: { readonly phase?: string };
}
type Pods = Gets<Pod> & Lists<Pod> & Watches<Pod>;
type AnyStored = Stored<KubernetesObject>;

function clientOf({ source }: ScriptedSource): Pods {
  return { [sourceKey]: () => source } as never;
}

/** A pod in this state of its Ready condition. */
function pod(version: string, ready: boolean, uid: string = "u1"): AnyStored {
  const conditions = [{ type: "Ready", status: ready ? "True" : "False" }];
  const waiting = { reason: "CrashLoopBackOff", message: "back-off 40s restarting failed container" };
  const containerStatuses = [{ name: "web", ready, state: ready ? { running: {} } : { waiting } }];
  return Object.assign(objectAt("a", version, uid), { status: { phase: "Running", conditions, containerStatuses } });
}

interface Begun {
  readonly scripted: ScriptedSource;
  readonly outcome: Promise<unknown>;
}

/** A wait that has asked for its first state. Its outcome is the object, or the error. */
async function begin(
  until: WaitUntil<Stored<Pod>>,
  options?: WaitOptions,
  descriptor?: Partial<ResourceDescriptor>,
): Promise<Begun> {
  const scripted = createScriptedSource(descriptor && { descriptor });
  const outcome = waitFor(clientOf(scripted), "a", until as "ready", options).catch((error: unknown) => error);
  await scripted.clock.settle();
  return { scripted, outcome };
}

/** And has been told the first state. */
async function synced(until: WaitUntil<Stored<Pod>>, first?: AnyStored, options?: WaitOptions): Promise<Begun> {
  const begun = await begin(until, options);
  await begun.scripted.last.open();
  if (first !== undefined) await begun.scripted.last.say("ADDED", first);
  await begun.scripted.last.bookmark(first?.metadata.resourceVersion ?? "5", true);
  return begun;
}

/** No watch is open, no timer waits, and nobody listens. */
function expectLeft({ asked, clock, source }: ScriptedSource): void {
  expect(getEventListeners(source.connection.closed, "abort")).toHaveLength(0);
  expect(asked.filter(({ verb, waiting, aborted }) => verb === "watch" && waiting && !aborted)).toHaveLength(0);
  expect(clock.pending).toBe(0);
}

describe("waitFor", () => {
  test("asks for the newest state of the one object, as a call would get it", async () => {
    const impersonate = { user: "jane" };
    const { scripted, outcome } = await synced("ready", pod("6", true), { impersonate });
    expect(scripted.asked[0]).toMatchObject({
      verb: "watch",
      options: { fieldSelector: { "metadata.name": "a" }, sendInitialEvents: true, impersonate },
      wanted: { managedFields: true, select: undefined },
    });
    expect(await outcome).toMatchObject({ metadata: { resourceVersion: "6" } });
    expectLeft(scripted);
  });

  test("a server without WatchList gives it by a list of the newest", async () => {
    const { scripted, outcome } = await begin("ready");
    await scripted.last.fail(new StatusError({ reason: "Invalid" }, 422));
    expect(scripted.last).toMatchObject({ verb: "list", options: { fieldSelector: { "metadata.name": "a" } } });
    expect(scripted.last.options.resourceVersion).toBeUndefined();
    await scripted.last.page("9", [pod("8", true)]);
    expect(await outcome).toMatchObject({ metadata: { resourceVersion: "8" } });
    expectLeft(scripted);
  });

  test("waits for changes, through a watch that breaks", async () => {
    const { scripted, outcome } = await synced("ready", pod("6", false));
    await scripted.last.fail(new ConnectionError("Disconnected: it broke"));
    await scripted.clock.advance(1000);
    await scripted.last.open();
    await scripted.last.say("MODIFIED", pod("7", true));
    expect(await outcome).toMatchObject({ metadata: { resourceVersion: "7" } });
    expectLeft(scripted);
  });

  test("waits for an object that is not there yet, or goes meanwhile", async () => {
    const { scripted, outcome } = await synced("ready");
    await scripted.last.say("ADDED", pod("6", false));
    await scripted.last.say("DELETED", pod("7", false));
    await scripted.last.say("ADDED", pod("8", true, "u2"));
    expect(await outcome).toMatchObject({ metadata: { uid: "u2" } });
    expectLeft(scripted);
  });

  test("by a condition", async () => {
    const { scripted, outcome } = await synced({ condition: "Ready", status: "False" }, pod("6", true));
    await scripted.last.say("MODIFIED", pod("7", false));
    expect(await outcome).toMatchObject({ metadata: { resourceVersion: "7" } });
  });

  test("by a function, which sees each state", async () => {
    const seen: string[] = [];
    const { scripted, outcome } = await synced(
      ({ metadata, status }) => {
        seen.push(metadata.resourceVersion);
        return status?.phase === "Running" && seen.length === 2;
      },
      pod("6", true),
    );
    await scripted.last.say("MODIFIED", pod("7", true));
    expect(await outcome).toMatchObject({ metadata: { resourceVersion: "7" } });
    expect(seen).toEqual(["6", "7"]);
    expectLeft(scripted);
  });

  test("what the function throws ends it, and so does what is neither true nor false", async () => {
    const mine = new Error("mine");
    const thrown = await synced(
      () => {
        throw mine;
      },
      pod("6", true),
    );
    expect(await thrown.outcome).toBe(mine);
    expectLeft(thrown.scripted);
    const promised = await synced((async () => true) as never, pod("6", true));
    expect(await promised.outcome).toMatchObject({ field: "until" });
    expectLeft(promised.scripted);
  });
});

describe('waitFor "deleted"', () => {
  test("gives the last state", async () => {
    const { scripted, outcome } = await synced("deleted", pod("6", true));
    await scripted.last.say("MODIFIED", pod("7", true));
    await scripted.last.say("DELETED", pod("8", true));
    expect(await outcome).toMatchObject({ metadata: { resourceVersion: "8" } });
    expectLeft(scripted);
  });

  test("gives undefined for what was never there", async () => {
    const { scripted, outcome } = await synced("deleted");
    expect(await outcome).toBeUndefined();
    expectLeft(scripted);
  });

  test.each([
    ["nothing in its place", []],
    ["another in its place", [pod("20", true, "u2")]],
  ])("finds out by a new list, with %s", async (_, items) => {
    const { scripted, outcome } = await synced("deleted", pod("6", true));
    await scripted.last.fail(new StatusError({ reason: "Expired" }, 410));
    await scripted.clock.advance(1000);
    await scripted.last.open();
    for (const item of items) await scripted.last.say("ADDED", item);
    await scripted.last.bookmark("20", true);
    expect(await outcome).toMatchObject({ metadata: { uid: "u1", resourceVersion: "6" } });
    expectLeft(scripted);
  });
});

describe("a wait that fails", () => {
  async function timedOut({ scripted, outcome }: Begun): Promise<WaitTimeoutError> {
    await scripted.clock.advance(60_000);
    const error = await outcome;
    expectLeft(scripted);
    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ name: "TimeoutError", timeoutMs: 60_000 });
    return error as WaitTimeoutError;
  }
  const path = "(watch /api/v1/namespaces/default/pods/a)";

  test("says what the object falls short of, and holds it where no log shows it", async () => {
    const error = await timedOut(await synced("ready", pod("6", false)));
    expect(error.message).toBe(
      `Timeout: Pod "a" did not become ready within 60000 ms: container web: CrashLoopBackOff: back-off 40s restarting failed container ${path}`,
    );
    expect(error.why).toBe("container web: CrashLoopBackOff: back-off 40s restarting failed container");
    expect(error.object?.metadata.resourceVersion).toBe("6");
    expect(inspect(error)).not.toContain("resourceVersion");
  });

  test("says that the object does not exist", async () => {
    const error = await timedOut(await synced("ready"));
    expect(error.message).toBe(`Timeout: Pod "a" did not become ready within 60000 ms: it does not exist ${path}`);
    expect(error.object).toBeUndefined();
  });

  test("says that the object was deleted", async () => {
    const begun = await synced("ready", pod("6", false));
    await begun.scripted.last.say("DELETED", pod("7", false));
    const error = await timedOut(begun);
    expect(error.why).toBe("it was deleted");
    expect(error.object?.metadata.resourceVersion).toBe("7");
  });

  test("says of a function which state it refused", async () => {
    const error = await timedOut(await synced(() => false, pod("6", false)));
    expect(error.message).toContain('Pod "a" did not reach the state that the function asks for within 60000 ms');
    expect(error.why).toBe("the function returned false for resourceVersion 6");
  });

  test("says what the condition is", async () => {
    const error = await timedOut(await synced({ condition: "Available" }, pod("6", false)));
    expect(error.message).toContain('Pod "a" did not get condition Available True within 60000 ms');
    expect(error.why).toBe("it has no condition Available; it has Ready");
  });

  test("says what keeps the object from going", async () => {
    const error = await timedOut(await synced("deleted", pod("6", false)));
    expect(error.message).toContain('Pod "a" did not go within 60000 ms: it is not being deleted');
  });

  test("says that the server cannot be reached", async () => {
    const begun = await begin("ready");
    expect((await timedOut(await begin("ready"))).why).toBe("the server has not answered");
    const lost = new ConnectionError("Refused: nobody listens");
    await begun.scripted.last.fail(lost);
    const error = await timedOut(begun);
    expect(error.why).toBe("it could not be read: Refused: nobody listens");
    expect(error.cause).toBe(lost);
  });

  test("says that what it knows may be old", async () => {
    const begun = await synced("ready", pod("6", false));
    await begun.scripted.last.fail(new ConnectionError("Disconnected: it broke"));
    const { why } = await timedOut(begun);
    expect(why).toMatch(/^container web: .*; this may be old, for the server cannot be read: Disconnected: it broke$/);
  });

  test("has no bound where none is wanted", async () => {
    const { scripted, outcome } = await synced("ready", pod("6", false), { timeoutMs: Infinity });
    await scripted.clock.advance(120_000);
    await scripted.last.say("MODIFIED", pod("7", true));
    expect(await outcome).toMatchObject({ metadata: { resourceVersion: "7" } });
    expectLeft(scripted);
  });

  test("fails at once when the goal is out of reach, with the object", async () => {
    const ended = Object.assign(objectAt("a", "6"), { status: { phase: "Failed", reason: "Evicted" } });
    const { scripted, outcome } = await synced("ready", ended);
    const error = (await outcome) as WaitError;
    expect(error).toBeInstanceOf(WaitError);
    expect(error.message).toBe(`WaitFailed: Pod "a" will not become ready: it has failed: Evicted ${path}`);
    expect(error).toMatchObject({ name: "WaitError", why: "it has failed: Evicted" });
    expect(error.object?.metadata.resourceVersion).toBe("6");
    expect(inspect(error)).not.toContain("resourceVersion");
    expectLeft(scripted);
  });

  test.each([
    new StatusError({ reason: "Unauthorized" }, 401),
    new StatusError({ reason: "Forbidden" }, 403),
    new StatusError({ reason: "NotFound" }, 404),
    new StatusError({ reason: "MethodNotAllowed" }, 405),
    new ConnectionError("NotTrusted: the certificate is of somebody else", { permanent: true }),
    new InputError("impersonate", "it is wrong"),
  ])("fails at once with what any call would fail with: $message", async (refused) => {
    const { scripted, outcome } = await begin("ready");
    await scripted.last.fail(refused);
    expect(await outcome).toBe(refused);
    expectLeft(scripted);
  });

  test("a state that was read once shows that it may be read", async () => {
    const { scripted, outcome } = await synced("ready", pod("6", false));
    await scripted.last.fail(new StatusError({ reason: "Forbidden" }, 403));
    await scripted.clock.advance(10_000);
    await scripted.last.open();
    await scripted.last.say("MODIFIED", pod("7", true));
    expect(await outcome).toMatchObject({ metadata: { resourceVersion: "7" } });
  });

  test("fails when the server no longer has the resource", async () => {
    const { scripted, outcome } = await synced("ready", pod("6", false));
    for (let answers = 0; answers < 3; answers++) {
      await scripted.last.fail(new StatusError({ reason: "NotFound" }, 404));
      await scripted.clock.advance(5000);
    }
    expect(await outcome).toMatchObject({ reason: "NotFound" });
    expectLeft(scripted);
  });

  test("an abort fails with its own reason, before it begins and later", async () => {
    const reason = new Error("mine");
    const before = await begin("ready", { signal: AbortSignal.abort(reason) });
    expect(await before.outcome).toBe(reason);
    expect(before.scripted.asked).toHaveLength(0);
    const controller = new AbortController();
    const { scripted, outcome } = await synced("ready", pod("6", false), { signal: controller.signal });
    controller.abort(reason);
    expect(await outcome).toBe(reason);
    expect(getEventListeners(controller.signal, "abort")).toHaveLength(0);
    expectLeft(scripted);
  });

  test("closing the cluster ends it, before it begins and later", async () => {
    const { scripted, outcome } = await synced("ready", pod("6", false));
    scripted.close();
    expect(await outcome).toMatchObject({ name: "AbortError" });
    expectLeft(scripted);
    const late = waitFor(clientOf(scripted), "a", "ready").catch((error: unknown) => error);
    expect(await late).toMatchObject({ name: "AbortError" });
    expectLeft(scripted);
  });
});

describe("a Job", () => {
  const job = { group: "batch", version: "v1", plural: "jobs", kind: "Job" };
  const as = (type?: string): AnyStored =>
    Object.assign(objectAt("a", "6"), {
      apiVersion: "batch/v1",
      kind: "Job",
      spec: { completions: 1 },
      status: { active: 1, conditions: type === undefined ? [] : [{ type, status: "True", reason: "R" }] },
    });
  const reached = { metadata: { resourceVersion: "6" } };
  const missed = (why: string): object => ({ name: "WaitError", why });
  const late = { name: "TimeoutError", why: "pods that succeeded: 0 of 1, active: 1, failed: 0" };

  test.each([
    ["complete", "Complete", reached],
    ["complete", "Failed", missed("it has failed: R")],
    ["complete", undefined, late],
    ["ready", "Complete", reached],
    ["failed", "Failed", reached],
    ["failed", "Complete", missed("it is complete")],
    ["failed", undefined, late],
    ["finished", "Complete", reached],
    ["finished", "Failed", reached],
    ["finished", undefined, late],
  ] as const)("waits until %s, and its condition is %s", async (until, type, expected) => {
    const { scripted, outcome } = await begin(until, {}, job);
    await scripted.last.open();
    await scripted.last.say("ADDED", as(type));
    await scripted.clock.advance(60_000);
    expect(await outcome).toMatchObject(expected);
    expectLeft(scripted);
  });
});

test("a rollout with OnDelete has no end", async () => {
  const { scripted, outcome } = await begin(
    "rolledOut",
    {},
    { group: "apps", plural: "daemonsets", kind: "DaemonSet" },
  );
  await scripted.last.open();
  const spec = { updateStrategy: { type: "OnDelete" } };
  await scripted.last.say(
    "ADDED",
    Object.assign(objectAt("a", "6"), { apiVersion: "apps/v1", kind: "DaemonSet", spec }),
  );
  expect(await outcome).toMatchObject({
    name: "WaitError",
    why: 'with OnDelete there is no rollout that would end; wait until it is "ready"',
  });
});

describe("waitFor refuses", () => {
  test.each<[until: unknown, message: string]>([
    ["redy", 'Invalid until: there is no such state; did you mean "ready"?'],
    [
      "toString",
      "Invalid until: there is no such state; there are ready, rolledOut, complete, failed, finished, deleted",
    ],
    [undefined, "Invalid until: it must be a state, a condition or a function, not undefined"],
    [null, "Invalid until: it must be a state, a condition or a function, not null"],
    ["rolledOut", 'Invalid until: "rolledOut" is a state of Deployment, StatefulSet, DaemonSet, not of Pod'],
    ["complete", 'Invalid until: "complete" is a state of Job, not of Pod'],
    [{}, 'Invalid until.condition: it must be the type of a condition, such as "Available"'],
    [{ condition: "" }, 'Invalid until.condition: it must be the type of a condition, such as "Available"'],
    [{ condition: "A", status: "true" }, 'Invalid until.status: it must be "True", "False" or "Unknown"'],
    [{ condition: "A", state: "True" }, "Invalid until.state: there is no such field; it has condition and status"],
  ])("%o", async (until, message) => {
    const scripted = createScriptedSource();
    await expect(waitFor(clientOf(scripted), "a", until as "ready")).rejects.toThrow(message);
    expect(scripted.asked).toHaveLength(0);
  });

  test("a state of objects that are reduced to their metadata", async () => {
    const client = clientOf(createScriptedSource({ metadataOnly: true }));
    const message = 'Invalid until: objects are reduced to their metadata; wait for "deleted", or by a function';
    await expect(waitFor(client, "a", "ready")).rejects.toThrow(message);
    await expect(waitFor(client, "a", { condition: "Ready" })).rejects.toThrow(message);
  });

  test.each([
    [{ timeout: 5 }, "Invalid timeout: there is no such option; did you mean timeoutMs?"],
    [{ timeoutMs: 0 }, "Invalid timeoutMs: it must be a number of milliseconds above 0"],
    [{ signal: {} }, "Invalid signal"],
  ])("%o", async (options, message) => {
    await expect(waitFor(clientOf(createScriptedSource()), "a", "ready", options as never)).rejects.toThrow(message);
  });

  test("a resource that cannot be watched, and what is no client", async () => {
    const descriptor = { verbs: ["get", "list"] } as const;
    const client = clientOf(createScriptedSource({ descriptor }));
    await expect(waitFor(client, "a", "ready")).rejects.toThrow("can be listed, but not watched");
    await expect(waitFor({} as never, "a", "ready")).rejects.toThrow("Invalid resource: it must be the client");
  });
});

test("the types of what is waited for", () => {
  // Never run: the compiler is the test.
  const types = async (pods: Pods, all: Lists<Pod> & Watches<Pod>): Promise<void> => {
    const ready = await waitFor(pods, "a", "ready");
    ready.metadata.namespace satisfies string;
    await waitFor(pods, "a", (object) => object.metadata.namespace === object.status?.phase);
    const gone = await waitFor(pods, "a", "deleted");
    // @ts-expect-error it may never have been there
    gone.metadata satisfies unknown;
    gone?.metadata.namespace satisfies string | undefined;
    // @ts-expect-error one object has a namespace
    await waitFor(all, "a", "ready");
    // @ts-expect-error a promise is always true
    await waitFor(pods, "a", async () => true);
    // @ts-expect-error there is no such state
    await waitFor(pods, "a", "Ready");
  };
  expect(types).toBeTypeOf("function");
});
