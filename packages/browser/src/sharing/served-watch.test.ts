import { createCluster } from "@kubewright/core";
import { createWebTransport } from "@kubewright/core/web";
import type { RelayEvent } from "@kubewright/runtime/relay";
import { expect, onTestFinished, test } from "vitest";
import { podBookmark, podDiscovery, podObject, podsPath, PageProxy } from "../../../../test/support/page-proxy.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createConnectionStore } from "../events/connection-state.ts";
import type { ToTab } from "./messages.ts";
import { serveWatch } from "./served-watch.ts";

test("a tab that takes nothing gets a bounded number of events, and then the newest state of each object", async () => {
  const proxy = new PageProxy();
  const clock = createVirtualClock();
  const names = Array.from({ length: 800 }, (_, i) => `p${i}`);
  let change: (type: string, object: object) => void = () => {};
  proxy.answer = (request) => {
    if (request.path !== podsPath) return podDiscovery(request);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        change = (type, object) =>
          controller.enqueue(new TextEncoder().encode(`${JSON.stringify({ type, object })}\n`));
        for (const name of names) change("ADDED", podObject(name));
        change("BOOKMARK", podBookmark("5", true));
      },
    });
    return new Response(body, { headers: { "content-type": "application/json" } });
  };
  const transport = createWebTransport({ server: "http://page.test/k8s", fetch: proxy.fetch });
  const cluster = createCluster({ transport, clock });
  onTestFinished(() => cluster.close());
  const connection = createConnectionStore(() => clock.wallNow());
  connection.set("connected");
  const events: RelayEvent[] = [];
  const said: ToTab["type"][] = [];
  const watch = serveWatch({
    cluster,
    connection,
    message: { type: "watch", id: 1, watched: { path: podsPath, query: "" } },
    say(message) {
      said.push(message.type);
      if (message.type === "events") events.push(...message.events);
    },
    over: () => {},
  });
  await clock.settle();
  expect(events).toHaveLength(500);
  // Half of what is on its way, and more than once what waits.
  for (let version = 10; version < 40; version++)
    for (const name of names.slice(600)) change("MODIFIED", podObject(name, String(version)));
  await clock.settle();
  expect(events).toHaveLength(500);
  watch.taken(500);
  await clock.settle();
  watch.taken(500);
  await clock.settle();

  expect(events.length).toBeLessThan(1300);
  const newest = new Map<string, string>();
  for (const { type, resourceVersion, data } of events) {
    if (type === "bookmark") continue;
    const { metadata } = JSON.parse(new TextDecoder().decode(data)) as { metadata: { name: string } };
    newest.set(metadata.name, resourceVersion);
  }
  expect(newest.size).toBe(800);
  expect([newest.get("p0"), newest.get("p700")]).toEqual(["1", "39"]);
  expect(said.filter((type) => type === "accepted")).toHaveLength(1);
  watch.end();
});
