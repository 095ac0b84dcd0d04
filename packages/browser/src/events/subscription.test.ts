import type { RelayEvent } from "@kubewright/runtime/relay";
import { expect, test } from "vitest";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createSubscription, type Subscription } from "./subscription.ts";
import type { Batch } from "./watches.ts";

const event = (type: RelayEvent["type"], value: object, resourceVersion = "1"): RelayEvent => ({
  type,
  resourceVersion,
  data: new TextEncoder().encode(JSON.stringify(value)),
});
const forbidden = { kind: "Status", status: "Failure", reason: "Forbidden", code: 403, message: "not for you" };

interface Setup {
  readonly subscription: Subscription;
  readonly clock: ReturnType<typeof createVirtualClock>;
  readonly opened: () => boolean;
  readonly overs: () => number;
}

function setUp(signal?: AbortSignal): Setup {
  const clock = createVirtualClock();
  let overs = 0;
  let opened = false;
  const subscription = createSubscription({ clock, signal, over: () => void (overs += 1) });
  subscription.opened.then(
    () => (opened = true),
    () => {},
  );
  return { subscription, clock, opened: () => opened, overs: () => overs };
}

const nextOf = async ({ opened }: Subscription): Promise<IteratorResult<Batch>> => {
  const batches = await opened;
  return batches[Symbol.asyncIterator]().next();
};

test("a refusal before anything else is one of the request", async () => {
  const { subscription, overs } = setUp();
  subscription.accepted();
  subscription.push(event("error", forbidden));
  await expect(subscription.opened).rejects.toMatchObject({
    name: "StatusError",
    statusCode: 403,
    reason: "Forbidden",
  });
  expect(overs()).toBe(1);
});

test("it opens with the first event, or when none comes soon after it was taken", async () => {
  const silent = setUp();
  await silent.clock.advance(10_000);
  expect(silent.opened()).toBe(false);
  silent.subscription.accepted();
  await silent.clock.advance(2000);
  expect(silent.opened()).toBe(true);

  const telling = setUp();
  telling.subscription.push(event("added", {}));
  await telling.clock.settle();
  expect(telling.opened()).toBe(true);
});

test("a refusal later is its last event", async () => {
  const { subscription, overs } = setUp();
  subscription.push(event("added", {}));
  subscription.push(event("error", forbidden));
  subscription.push(event("added", {}));
  const batches = (await subscription.opened)[Symbol.asyncIterator]();
  const { value } = await batches.next();
  expect((value as Batch).map(({ type }) => type)).toEqual(["added", "error"]);
  expect((await batches.next()).done).toBe(true);
  expect(overs()).toBe(1);
});

test("a reader that is too far behind is told so, and holds no more", async () => {
  const { subscription } = setUp();
  const large = { type: "added", resourceVersion: "1", data: new Uint8Array(20 * 1024 * 1024) } as const;
  for (let i = 0; i < 5; i++) subscription.push(large);
  await expect(nextOf(subscription)).rejects.toThrow("Overrun: ");
});

test("it ends with its signal, whatever waits", async () => {
  const ending = new AbortController();
  const { subscription, overs } = setUp(ending.signal);
  subscription.push(event("added", {}));
  ending.abort(new Error("enough"));
  await expect(nextOf(subscription)).rejects.toThrow("enough");
  expect(overs()).toBe(1);
});
