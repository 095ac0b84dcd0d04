import { expect, test } from "vitest";
import type { Sequence } from "../exchange.ts";
import { readRecording, writeRecording } from "./recording.ts";

// Keys are in order, as the normaliser leaves them.
const spec = { containers: [{ image: "b", name: "a" }], restartPolicy: "Always" };
const updates =
  (label: string): Sequence =>
  async ({ send, watch }) => {
    const made = await send({ method: "POST", path: "/pods", body: { kind: "Pod", metadata: { name: "a" }, spec } });
    const { metadata } = made.body as { metadata: object };
    await send({ method: "PUT", path: "/pods/a", body: { metadata: { ...metadata, labels: { a: label } }, spec } });
    const watching = await watch({ path: "/pods?watch=true" });
    await watching.next(2);
    await watching.ended();
  };
const pod = { kind: "Pod", metadata: { name: "a", resourceVersion: "version 1", uid: "uid 1" }, spec };
const usual = { "content-type": "application/json", "cache-control": "no-cache, private" };
const answers = [
  { status: 201, ...usual, body: pod },
  { status: 409, ...usual, warning: "299", body: { code: 409, kind: "Status", message: "no" } },
  { status: 200, "content-type": "text/plain", body: "" },
  { type: "ADDED", object: pod },
  "nothing",
  { ended: false },
];

test("answers are kept as what changed, and read again", async () => {
  const recorded = [1, 2].map((seed) => ({ seed, answers }));
  const text = await writeRecording(updates("b"), recorded);
  expect(text.split("\n")[1]).toBe(
    '{"status":201,"body":{"@":0,">metadata":{"=resourceVersion":"version 1","=uid":"uid 1"}}}',
  );
  expect(await readRecording(updates("b"), text)).toEqual(recorded);
});

test("a recording of other requests is refused", async () => {
  const text = await writeRecording(updates("b"), [{ seed: 1, answers }]);
  await expect(readRecording(updates("c"), text)).rejects.toThrow("other requests than were recorded");
});
