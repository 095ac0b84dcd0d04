import { expect, test } from "vitest";
import { recordingTransport } from "../../../../test/support/recording-transport.ts";
import * as core from "../index.ts";

const odd: readonly unknown[] = [
  undefined,
  null,
  1,
  "x",
  [],
  {},
  Symbol("x"),
  () => 1,
  [null],
  new Map(),
  Object.create(null),
  { toString: 1 },
];

test.each(
  Object.entries({
    addFinalizer: core.addFinalizer,
    removeFinalizer: core.removeFinalizer,
    hasFinalizer: core.hasFinalizer,
    ownerReference: core.ownerReference,
    controllerOf: core.controllerOf,
    isOwnedBy: core.isOwnedBy,
    findCondition: core.findCondition,
    isReady: core.isReady,
    whyNotReady: core.whyNotReady,
    secretData: core.secretData,
    secretBytes: core.secretBytes,
    secretText: core.secretText,
    microTime: core.microTime,
    compareResourceVersions: core.compareResourceVersions,
    createCluster: core.createCluster,
    parseManifest: core.parseManifest,
  }),
)("%s: whatever is passed to it, what it throws is an InputError", async (_, named) => {
  const call = named as (...all: readonly unknown[]) => unknown;
  for (const first of odd) {
    for (const second of odd) {
      try {
        await call(first, second);
      } catch (error) {
        expect(error, String(error)).toMatchObject({ name: "InputError" });
      }
    }
  }
});

test.each<[string, object, string]>([
  ["no transport", {}, "transport: it must be an object, not undefined"],
  ["a class as transport", { transport: recordingTransport }, "transport: it must be an object, not a function"],
  [
    "a transport that cannot send",
    { transport: { server: "", close: () => {} } },
    "transport.send: it must be a function",
  ],
  [
    "an interceptor that is none",
    { interceptors: [undefined] },
    "interceptors[0]: it must be a function, not undefined",
  ],
  ["a field manager of two lines", { fieldManager: "a\nb" }, "fieldManager: it holds control characters"],
  ["a timeout of 0", { timeoutMs: 0 }, "timeoutMs: it must be a number of milliseconds above 0"],
  ["a typo", { namspace: "a" }, "namspace: there is no such option; did you mean namespace?"],
])("a cluster with %s is refused", (what, options, message) => {
  const transport = what.includes("transport") ? {} : { transport: recordingTransport() };
  expect(() => core.createCluster({ ...transport, ...options } as core.ClusterOptions)).toThrow(message);
});
