import {
  ConnectionError,
  type KubernetesObject,
  type Lists,
  type NamespacedObject,
  sourceKey,
  StatusError,
  type Stored,
  type Watches,
} from "@kubewright/core";
import { describe, expect, test } from "vitest";
import { createScriptedSource, objectAt, type ScriptedSource } from "../../../../test/support/scripted-source.ts";
import { watcher } from "./watcher.ts";

interface Pod extends KubernetesObject, NamespacedObject {
  readonly spec?: { readonly nodeName?: string };
}

/** A client of the scripted collection, as far as a watcher needs one. */
function clientOf({ source }: ScriptedSource): Lists<Pod> & Watches<Pod> {
  return { [sourceKey]: () => source } as never;
}

async function sync(scripted: ScriptedSource, version = "7"): Promise<void> {
  await scripted.clock.settle();
  await scripted.last.open();
  await scripted.last.bookmark(version, true);
}

describe("a watcher", () => {
  test("begins with its first value, and goes on where a watch broke", async () => {
    const scripted = createScriptedSource();
    const stream = watcher(clientOf(scripted), { labelSelector: { app: "web" } });
    const iterator = stream[Symbol.asyncIterator]();
    expect(scripted.asked).toHaveLength(0);
    expect(stream.health).toMatchObject({ state: "listing", synced: false });
    const first = iterator.next();
    await sync(scripted);
    expect(scripted.last).toMatchObject({
      options: { labelSelector: "app=web" },
      wanted: { managedFields: false, select: undefined, shareStrings: false },
    });
    expect(await first).toEqual({ done: false, value: { type: "init" } });
    expect(await iterator.next()).toEqual({ done: false, value: { type: "synced", resourceVersion: "7" } });
    const change = iterator.next();
    await scripted.last.fail(new ConnectionError("Disconnected: it broke"));
    expect(stream.health).toMatchObject({ state: "recovering", error: { name: "ConnectionError" } });
    await scripted.clock.advance(1_000);
    const object = objectAt("a", "9");
    await scripted.last.open();
    await scripted.last.say("ADDED", object);
    expect(await change).toEqual({ done: false, value: { type: "apply", object } });
    expect(stream.health).toMatchObject({ state: "streaming", synced: true, restarts: 1, resourceVersion: "9" });
    await stream.close();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(scripted.last.aborted).toBe(true);
    expect(scripted.clock.pending).toBe(0);
    expect(stream.health.state).toBe("stopped");
  });

  test("an abort rejects with its own reason; leaving the loop ends it", async () => {
    for (const leave of ["abort", "break", "throw"]) {
      const scripted = createScriptedSource();
      const controller = new AbortController();
      const reason = new Error("mine");
      const loop = (async () => {
        for await (const event of watcher(clientOf(scripted), { signal: controller.signal })) {
          if (event.type !== "synced") continue;
          if (leave === "break") break;
          if (leave === "throw") throw reason;
          controller.abort(reason);
        }
      })();
      const outcome = loop.then(
        () => "done",
        (error: unknown) => error,
      );
      await sync(scripted);
      expect(await outcome).toBe(leave === "break" ? "done" : reason);
      await scripted.clock.settle();
      expect(scripted.last.aborted).toBe(true);
      expect(scripted.clock.pending).toBe(0);
    }
  });

  test("closing the cluster ends it", async () => {
    const scripted = createScriptedSource();
    const iterator = watcher(clientOf(scripted))[Symbol.asyncIterator]();
    const values = [iterator.next(), iterator.next(), iterator.next()];
    await sync(scripted);
    scripted.close();
    expect(await values[2]).toEqual({ done: true, value: undefined });
    expect(scripted.clock.pending).toBe(0);
  });

  test("a resource that the server no longer has is an error", async () => {
    const scripted = createScriptedSource();
    const iterator = watcher(clientOf(scripted))[Symbol.asyncIterator]();
    const values = [iterator.next(), iterator.next(), iterator.next()];
    const outcome = values[2]?.catch((error: unknown) => error);
    await sync(scripted);
    for (let answers = 0; answers < 4; answers++) {
      const error = new StatusError({ reason: "NotFound", message: "the server could not find it" }, 404);
      if (!scripted.last.aborted) await scripted.last.fail(error);
      await scripted.clock.advance(10_000);
    }
    expect(await outcome).toMatchObject({ name: "StatusError", reason: "NotFound" });
  });

  test("a slow consumer holds up the connection after some changes, but never a list", async () => {
    const scripted = createScriptedSource();
    const iterator = watcher(clientOf(scripted))[Symbol.asyncIterator]();
    const first = iterator.next();
    await scripted.clock.settle();
    await scripted.last.open();
    for (let i = 1; i <= 300; i++) void scripted.last.say("ADDED", objectAt(`pod-${i}`, String(i)));
    await scripted.clock.settle();
    expect(scripted.last.waiting).toBe(true); // all of it was taken
    await scripted.last.bookmark("300", true);
    for (let i = 301; i <= 700; i++) void scripted.last.say("ADDED", objectAt(`pod-${i}`, String(i)));
    await scripted.clock.settle();
    expect(scripted.last.waiting).toBe(false);
    const versions: string[] = [];
    expect((await first).value).toEqual({ type: "init" });
    while (versions.length < 700) {
      const { value } = await iterator.next();
      if (value?.type === "apply") versions.push(value.object.metadata.resourceVersion);
    }
    expect(versions).toEqual(Array.from({ length: 700 }, (_, i) => String(i + 1)));
    expect(scripted.last.waiting).toBe(true);
    await iterator.return?.();
  });
});

describe("a watcher refuses", () => {
  const scripted = createScriptedSource();
  const pods = clientOf(scripted);

  test.each([
    [{ labelSelektor: "a=b" }, "Invalid labelSelektor: there is no such option; did you mean labelSelector?"],
    [{ select: { spec: 1 } }, "Invalid select.spec: it must be true or fields below, not a number"],
    [{ managedFields: "no" }, "Invalid managedFields: it must be true or false"],
    [{ labelSelector: "a in b" }, "Invalid labelSelector"],
    [{ signal: {} }, "Invalid signal"],
  ])("%o", (options, message) => {
    expect(() => watcher(pods, options as never)).toThrow(message);
  });

  test("what is no client", () => {
    expect(() => watcher({} as never)).toThrow("Invalid resource: it must be the client of a resource");
  });

  test.each([
    [["get", "list"], "can be listed, but not watched; read them by list() as often as they are needed"],
    [["watch"], "can be watched, but not listed; use watch()"],
    [["create"], "can neither be listed nor watched; they can create"],
  ] as const)("a resource that can only %o", (verbs, message) => {
    const descriptor = { group: "metrics.k8s.io", version: "v1beta1", plural: "pods", verbs };
    expect(() => watcher(clientOf(createScriptedSource({ descriptor })))).toThrow(
      `Invalid resource: pods in metrics.k8s.io/v1beta1 ${message}`,
    );
  });
});

test("the types of what a watcher gives", () => {
  // Never run: the compiler is the test.
  const types = async (pods: Lists<Pod> & Watches<Pod>): Promise<string | undefined> => {
    for await (const event of watcher(pods)) {
      // @ts-expect-error only some events have an object
      event.object satisfies unknown;
      if (event.type === "apply") return event.object.spec?.nodeName;
      const pod: Stored<Pod> | undefined = event.type === "delete" ? event.object : undefined;
      if (pod !== undefined) return pod.metadata.namespace;
    }
    return undefined;
  };
  expect(types).toBeTypeOf("function");
});
