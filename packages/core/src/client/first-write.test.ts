import { expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { widgets as descriptor } from "../../../../test/support/widgets.ts";
import type { KubernetesObject } from "../types/object.ts";
import { createCluster } from "./cluster.ts";

// In a file of its own: only the first write has to wait until writing is loaded.
test.each(["before writing is loaded", "after"])("a write sends what it was given: %s", async () => {
  const transport = recordingTransport(() => ({
    json: { apiVersion: "example.com/v1", kind: "Widget", metadata: { name: "w", namespace: "home" } },
  }));
  const cluster = createCluster({ transport, namespace: "home", userAgent: "test", fieldManager: "me" });
  const here = cluster.resource<KubernetesObject>(descriptor).in();
  const object = { metadata: { name: "", labels: { n: "" } }, spec: { size: 0 } };
  const calls: Promise<unknown>[] = [];
  const next = (): typeof object => {
    object.metadata.name = object.metadata.labels.n = `w${calls.length}`;
    return object;
  };
  calls.push(here.create(next()));
  calls.push(here.update(next(), { overwrite: true }));
  calls.push(here.apply(next()));
  calls.push(here.patch("w3", { merge: next() }));
  next();
  await Promise.all(calls);
  expect(transport.requests.map(({ body }) => JSON.parse(body as string))).toMatchObject(
    ["w0", "w1", "w2", "w3"].map((name) => ({ metadata: { name, labels: { n: name } } })),
  );
});
