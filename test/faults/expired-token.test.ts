import { setTimeout as sleep } from "node:timers/promises";

import { CoreV1 } from "kubewright/core/v1";
import { expect, test } from "vitest";

import { until } from "../support/api-request.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import { makeServiceAccount, untilRefused } from "./service-account.ts";
import { asAdmin, closing, clusterCa, connecting, controlPlane, measured } from "./support.ts";

const held = closing();
const connected = connecting();

test("a token that expires under 80 watches: no request fails, it is fetched once, the watches go on", async () => {
  const admin = await connected(asAdmin());
  const { namespace, token } = await makeServiceAccount(admin);
  const configMapsOfAdmin = admin.api(CoreV1).configMaps.in(namespace);
  await configMapsOfAdmin.create({ metadata: { name: "beacon" } });
  const tokens = [await token("first"), await token("second")];

  const counter = await held(startFaultProxy(controlPlane().server));
  let fetched = 0;
  const cluster = await connected({
    server: counter.url,
    ca: clusterCa(),
    token: async () => {
      await sleep(50);
      return tokens[fetched++] ?? "too many";
    },
  });
  const configMaps = cluster.api(CoreV1).configMaps.in(namespace);
  const { metadata } = await configMaps.list();

  const stop = new AbortController();
  const seen = Array.from({ length: 80 }, () => new Set<string>());
  const failures: unknown[] = [];
  for (const names of seen) {
    void (async () => {
      const { resourceVersion } = metadata;
      for await (const event of configMaps.watch({ resourceVersion, signal: stop.signal })) {
        names.add((event.object as { metadata: { name: string } }).metadata.name);
      }
    })().catch((error: unknown) => stop.signal.aborted || failures.push(error));
  }
  await configMaps.create({ metadata: { name: "before" } });
  await until(() => seen.every((names) => names.has("before")), 10_000);
  expect([fetched, counter.accepted]).toEqual([1, 1]);

  await admin.api(CoreV1).secrets.in(namespace).delete("first");
  await untilRefused(controlPlane().server, tokens[0] as string, namespace);

  const began = performance.now();
  const requests = Array.from({ length: 40 }, (_, i) =>
    i % 2 === 0 ? configMaps.get("beacon") : configMaps.create({ metadata: { name: `after-${i}` } }),
  );
  await Promise.all(requests);
  measured("40 requests over an expired token beside 80 watches", `${Math.round(performance.now() - began)} ms`);
  expect(fetched).toBe(2);
  await until(() => seen.every((names) => names.has("after-39")), 10_000);
  expect(failures).toEqual([]);
  // The first, and one for what found no room beside the watches. What these did not take is sent again as it is, with the old token,
  // and each 401 ends another connection: usually one, on a busy machine more, at most as many as the transport tries.
  measured("connections for it", counter.accepted);
  expect(counter.accepted).toBeLessThanOrEqual(2 + 7);

  stop.abort();
  await admin.api(CoreV1).namespaces.delete(namespace);
});

test("a token that no renewal makes good: every request gets its 401, and the source is not stormed", async () => {
  let fetched = 0;
  const cluster = await connected({
    server: controlPlane().server,
    ca: clusterCa(),
    token: async () => `wrong-${fetched++}`,
  });
  const outcomes = await Promise.allSettled(
    Array.from({ length: 100 }, () => cluster.api(CoreV1).namespaces.get("default")),
  );
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ status: "rejected", reason: { name: "StatusError", statusCode: 401 } });
  }
  measured("fetches of a token for 100 requests that all get 401", fetched);
  expect(fetched).toBeLessThan(10);
});
