import { describe, expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import { InputError } from "../errors/input-error.ts";
import type { KubernetesObject } from "../types/object.ts";
import { microTime } from "./micro-time.ts";

describe("microTime writes six digits after the second", () => {
  test.each<[Date | string, string]>([
    [new Date("2026-01-31T12:00:00.123Z"), "2026-01-31T12:00:00.123000Z"],
    [new Date(0), "1970-01-01T00:00:00.000000Z"],
    ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000000Z"],
    ["2026-01-31T12:00:00.5+02:00", "2026-01-31T12:00:00.500000+02:00"],
    ["2026-01-31T12:00:00.123456Z", "2026-01-31T12:00:00.123456Z"],
  ])("%s", (time, text) => {
    expect(microTime(time)).toBe(text);
  });

  test("without an argument it is now", () => {
    const before = Date.now();
    const written = microTime();
    expect(written).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    expect(Date.parse(written)).toBeGreaterThanOrEqual(before);
    expect(Date.parse(written)).toBeLessThanOrEqual(Date.now());
  });

  test.each<[string, Date | string]>([
    ["an invalid date", new Date("never")],
    ["a date beyond four digits of year", new Date(8.64e15)],
    ["nanoseconds, which would be lost", "2026-01-31T12:00:00.123456789Z"],
    ["a day", "2026-01-31"],
    ["a time without a zone", "2026-01-31T12:00:00"],
  ])("%s is refused", (_, time) => {
    expect(() => microTime(time)).toThrow(InputError);
  });
});

describe("a time of the wrong number of digits is refused before sending", () => {
  const transport = recordingTransport(() => ({ json: { metadata: { name: "a" } } }));
  const cluster = createCluster({ transport, namespace: "home", fieldManager: "test" });
  const place = (group: string, version: string, plural: string, kind: string) =>
    cluster
      .resource<KubernetesObject & Record<string, unknown>>({ group, version, plural, kind, namespaced: true })
      .in();
  const leases = place("coordination.k8s.io", "v1", "leases", "Lease");
  const events = place("", "v1", "events", "Event");
  const metadata = { name: "a" };
  const short = new Date(0).toISOString();

  test.each<[string, () => Promise<unknown>, string]>([
    ["create", () => leases.create({ metadata, spec: { renewTime: short } }), "spec.renewTime"],
    [
      "update",
      () => leases.update({ metadata, spec: { acquireTime: short } }, { overwrite: true }),
      "spec.acquireTime",
    ],
    ["apply", () => leases.apply({ metadata, spec: { renewTime: short } }), "spec.renewTime"],
    ["a merge patch", () => leases.patch("a", { merge: { spec: { renewTime: short } } }), "patch.merge.spec.renewTime"],
    [
      "a JSON patch",
      () => leases.patch("a", { json: [{ op: "add", path: "/spec/renewTime", value: short }] }),
      "patch.json[0].value",
    ],
    [
      "a JSON patch of what holds it",
      () => leases.patch("a", { json: [{ op: "replace", path: "/spec", value: { renewTime: short } }] }),
      "patch.json[0].value.renewTime",
    ],
    ["a Date, which would be written with three digits", () => events.create({ eventTime: new Date(0) }), "eventTime"],
    ["a number", () => events.create({ series: { lastObservedTime: 0 } }), "series.lastObservedTime"],
  ])("%s", async (_, act, field) => {
    const failed = await Promise.resolve()
      .then(act)
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(InputError);
    expect((failed as Error).message).toContain(
      `Invalid ${field}: this time needs exactly six digits after the second (microseconds); microTime() writes it (`,
    );
    expect(transport.requests).toEqual([]);
  });

  test("what is right, left out or null is sent; so are other kinds and other fields", async () => {
    await leases.create({
      metadata,
      spec: { renewTime: microTime(), acquireTime: "2026-01-31T12:00:00.123456+02:00" },
    });
    await leases.create({ metadata, spec: { acquireTime: null, holderIdentity: "me" } });
    await leases.create({ metadata });
    await leases.patch("a", { merge: { spec: null } });
    await leases.patch("a", { json: [{ op: "remove", path: "/spec/renewTime" }] });
    await leases.patch("a", { json: [{ op: "test", path: "/spec/holderIdentity", value: short }] });
    await events.create({ metadata, lastTimestamp: short });
    await place("example.com", "v1", "leases", "Lease").create({ metadata, spec: { renewTime: short } });
    expect(transport.requests).toHaveLength(8);
  });
});
