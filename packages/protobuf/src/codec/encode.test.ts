import { runInNewContext } from "node:vm";
import { InputError } from "@kubewright/core";
import { describe, expect, test } from "vitest";
import { decode } from "../protobuf.ts";
import { type Encodable, encode } from "./encode.ts";
import { encodeWatchEvent } from "./encode-watch-event.ts";

/** Bytes as hex digits, and text in quotes. */
function bytes(...parts: readonly string[]): Uint8Array {
  return Buffer.concat(
    parts.map((part) =>
      part.startsWith('"') ? Buffer.from(part.slice(1, -1)) : Buffer.from(part.replaceAll(" ", ""), "hex"),
    ),
  );
}

const hex = (value: Uint8Array): string => Buffer.from(value).toString("hex");

function caught(act: () => unknown): InputError {
  try {
    act();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

const configMap = (data: unknown): Encodable => ({ apiVersion: "v1", kind: "ConfigMap", data });
const schema = (openAPIV3Schema: unknown): Encodable => ({
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  spec: { versions: [{ schema: { openAPIV3Schema } }] },
});
const pod = (spec: unknown): Encodable => ({ apiVersion: "v1", kind: "Pod", spec });

describe("bytes", () => {
  const envelope = bytes('"k8s"', "00", "0a 0f", "0a 02", '"v1"', "12 09", '"ConfigMap"');
  const entry = bytes("12 0a", "12 08", "0a 01", '"a"', "12 03", '"bcd"');

  test("are an envelope that says what the object is, and its fields", () => {
    expect(hex(encode(configMap({ a: "bcd" })))).toBe(hex(Buffer.concat([envelope, entry])));
  });

  test("have a buffer of their own", () => {
    const { buffer, byteLength } = encode(configMap({}));
    expect(buffer.byteLength).toBe(byteLength);
  });

  test("of an event of a watch begin with their length", () => {
    const object = Buffer.concat([envelope, entry]);
    const event = Buffer.concat([bytes("0a 05", '"ADDED"', "12 23", "0a 21"), object]);
    expect(hex(encodeWatchEvent("ADDED", configMap({ a: "bcd" })))).toBe(
      hex(Buffer.concat([bytes("00 00 00 2c"), event])),
    );
  });
});

describe("what a field cannot hold", () => {
  test.each<[object: unknown, field: string, problem: string]>([
    [pod("x"), ".spec", "it must be an object, not text"],
    [pod([]), ".spec", "it must be an object, not a list"],
    [pod({ containers: {} }), ".spec.containers", "it must be a list, not an object"],
    [pod({ containers: [1] }), ".spec.containers[0]", "it must be an object, not a number"],
    [pod({ containers: [{ name: 1 }] }), ".spec.containers[0].name", "it must be text, not a number"],
    [pod({ containers: [{ args: ["a", true] }] }), ".spec.containers[0].args[1]", "it must be text, not a boolean"],
    [pod({ volumes: [{ name: "a", hostPath: 1 }] }), ".spec.volumes[0].hostPath", "it must be an object, not a number"],
    [pod({ hostNetwork: "yes" }), ".spec.hostNetwork", "it must be true or false, not text"],
    [pod({ priority: "1" }), ".spec.priority", "it must be a whole number of 32 bits, not text"],
    [pod({ priority: 1.5 }), ".spec.priority", "it must be a whole number of 32 bits"],
    [pod({ priority: 2 ** 31 }), ".spec.priority", "it must be a whole number of 32 bits"],
    [pod({ activeDeadlineSeconds: 2 ** 63 }), ".spec.activeDeadlineSeconds", "it must be a whole number of 64 bits"],
    [
      pod({ activeDeadlineSeconds: -(2n ** 63n) - 1n }),
      ".spec.activeDeadlineSeconds",
      "it must be a whole number of 64 bits",
    ],
    [pod({ activeDeadlineSeconds: 1e21 }), ".spec.activeDeadlineSeconds", "it must be a whole number of 64 bits"],
    [pod({ priority: 2n ** 60n }), ".spec.priority", "it must be a whole number of 32 bits"],
    [pod({ hostname: 2n ** 60n }), ".spec.hostname", "it must be text, not a number"],
    [pod({ overhead: { cpu: true } }), ".spec.overhead.cpu", "it must be a quantity, text or a number, not a boolean"],
    [
      pod({ containers: [{ ports: [{}, { protocol: {} }] }] }),
      ".spec.containers[0].ports[1].protocol",
      "it must be text, not an object",
    ],
    [
      { apiVersion: "v1", kind: "Pod", metadata: { creationTimestamp: "yesterday" } },
      ".metadata.creationTimestamp",
      "it must be a time in RFC 3339, such as 2026-01-31T12:00:00Z",
    ],
    [
      { apiVersion: "v1", kind: "Pod", metadata: { creationTimestamp: 1 } },
      ".metadata.creationTimestamp",
      "it must be a time as text, not a number",
    ],
    [
      { apiVersion: "coordination.k8s.io/v1", kind: "Lease", spec: { renewTime: "2026-01-31T12:00:00Z" } },
      ".spec.renewTime",
      "it must be a time in RFC 3339 with exactly six digits after the second (microseconds); microTime() writes it",
    ],
    [
      { apiVersion: "v1", kind: "Secret", data: { a: "hunter2" } },
      ".data.a",
      "it must be bytes as base64 text, of the standard alphabet and padded",
    ],
    [{ apiVersion: "v1", kind: "Secret", data: { a: [1] } }, ".data.a", "it must be bytes as base64 text, not a list"],
    [
      { apiVersion: "v1", kind: "Service", spec: { ports: [{ targetPort: true }] } },
      ".spec.ports[0].targetPort",
      "it must be a whole number or text, not a boolean",
    ],
    [
      { apiVersion: "v1", kind: "Service", spec: { ports: [{ targetPort: 2 ** 40 }] } },
      ".spec.ports[0].targetPort",
      "it must be a whole number of 32 bits",
    ],
    [schema({ maximum: "1" }), ".spec.versions[0].schema.openAPIV3Schema.maximum", "it must be a number, not text"],
    [
      schema({ items: "x" }),
      ".spec.versions[0].schema.openAPIV3Schema.items",
      "it must be an object or a list, not text",
    ],
    [
      schema({ additionalProperties: "x" }),
      ".spec.versions[0].schema.openAPIV3Schema.additionalProperties",
      "it must be an object, true or false, not text",
    ],
    [
      schema({ dependencies: { a: [1] } }),
      ".spec.versions[0].schema.openAPIV3Schema.dependencies.a[0]",
      "it must be text, not a number",
    ],
    [
      { apiVersion: "apps/v1", kind: "StatefulSet", spec: { volumeClaimTemplates: [{ kind: 1 }] } },
      ".spec.volumeClaimTemplates[0].kind",
      "it must be text, not a number",
    ],
  ])("%o is refused at %s", (object, field, problem) => {
    const error = caught(() => encode(object as Encodable));
    expect(error.field).toBe(`object${field}`);
    expect(error.message).toBe(`Invalid object${field}: ${problem}`);
  });

  test.each<[object: unknown, field: string, problem: RegExp]>([
    [null, "", /null/],
    [[], "", /an object, not a list/],
    [new Map(), "", /is a Map/],
    [{}, ".apiVersion", /does not know an object without apiVersion/],
    [{ apiVersion: "v1", kind: "" }, ".kind", /does not know an object without kind/],
    [
      { apiVersion: "example.com/v1", kind: "Lamp" },
      ".kind",
      /does not know the kind Lamp of example.com\/v1; only kinds of Kubernetes itself/,
    ],
    [{ apiVersion: "toString", kind: "__proto__" }, ".kind", /does not know the kind __proto__ of toString/],
    [
      pod({ hostname: undefined, hostNam: "a" }),
      ".spec.hostNam",
      /does not know field spec.hostNam; did you mean hostname\?/,
    ],
    [
      pod({ constructor: "a" }),
      ".spec.constructor",
      /does not know field spec.constructor; leave it out, or write JSON/,
    ],
    [
      JSON.parse('{"apiVersion":"v1","kind":"Pod","spec":{"__proto__":{"hostname":"a"}}}'),
      ".spec.__proto__",
      /does not know field spec.__proto__/,
    ],
    [pod({ kind: "x" }), ".spec.kind", /does not know field spec.kind/],
    [pod({ Hostname: "a" }), ".spec.Hostname", /did you mean hostname\?/],
  ])("%o is not known at %s", (object, field, problem) => {
    const error = caught(() => encode(object as Encodable));
    expect(error.field).toBe(`object${field}`);
    expect(error.message).toMatch(problem);
  });

  test.each<[object: Encodable, field: string]>([
    [configMap({ a: Number.NaN }), ".data.a"],
    [configMap({ a: Symbol("a") }), ".data.a"],
    [configMap({ a: "\ud800" }), ".data.a"],
    [configMap({ "\udc00": "a" }), ".data"],
    [configMap(new Map([["a", "b"]])), ".data"],
    [{ apiVersion: "v1", kind: "Secret", data: { a: Buffer.from("a") } } as Encodable, ".data.a"],
    [pod({ containers: [undefined] }), ".spec.containers[0]"],
    [pod({ activeDeadlineSeconds: Infinity }), ".spec.activeDeadlineSeconds"],
    [schema({ default: { a: [Number.NaN] } }), ".spec.versions[0].schema.openAPIV3Schema.default.a[0]"],
  ])("nor what JSON cannot hold: %o is refused at %s", (object, field) => {
    expect(caught(() => encode(object)).field).toBe(`object${field}`);
  });

  test("is never quoted", () => {
    for (const object of [{ apiVersion: "v1", kind: "Secret", data: { a: "hunter2" } }, pod({ priority: "hunter2" })])
      expect(String(caught(() => encode(object)))).not.toContain("hunter2");
  });
});

describe("what is no plain data", () => {
  class Named {
    readonly name = "a";
    toJSON(): unknown {
      return { name: this.name };
    }
  }

  test.each<[what: string, given: Encodable, plain: Encodable]>([
    [
      "a Date",
      { apiVersion: "v1", kind: "Pod", metadata: { creationTimestamp: new Date(0) } } as Encodable,
      { apiVersion: "v1", kind: "Pod", metadata: { creationTimestamp: "1970-01-01T00:00:00Z" } } as Encodable,
    ],
    ["a bigint", pod({ activeDeadlineSeconds: 5n }), pod({ activeDeadlineSeconds: 5 })],
    ["what has a toJSON", pod({ containers: [new Named()] }), pod({ containers: [{ name: "a" }] })],
    ["a plain object with a toJSON", configMap({ toJSON: () => ({ a: "b" }) }), configMap({ a: "b" })],
    [
      "a list with a toJSON",
      pod({ containers: Object.assign([], { toJSON: () => [{ name: "a" }] }) }),
      pod({ containers: [{ name: "a" }] }),
    ],
    [
      "objects of another realm",
      runInNewContext('({ apiVersion: "v1", kind: "ConfigMap", data: { a: "b" } })') as Encodable,
      configMap({ a: "b" }),
    ],
    [
      "objects without a prototype",
      configMap(Object.assign(Object.create(null) as object, { a: "b" })),
      configMap({ a: "b" }),
    ],
    ["undefined fields", configMap({ a: "b", c: undefined }), configMap({ a: "b" })],
    ["keys that are symbols", configMap({ a: "b", [Symbol("c")]: "d" }), configMap({ a: "b" })],
  ])("is what JSON makes of it: %s", (_, given, plain) => {
    expect(hex(encode(given))).toBe(hex(encode(plain)));
  });

  test("does not include what objects inherit", () => {
    const plain = hex(encode(pod({})));
    // oxlint-disable-next-line no-extend-native
    Object.defineProperty(Object.prototype, "hostname", { value: "a", enumerable: true, configurable: true });
    const polluted = hex(encode(pod({})));
    delete (Object.prototype as { hostname?: string }).hostname;
    expect(polluted).toBe(plain);
  });

  test("names where reading it fails", () => {
    const cause = new TypeError("not now");
    const failing = pod({
      get hostname(): string {
        throw cause;
      },
    });
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(caught(() => encode(failing))).toMatchObject({ field: "object", cause });
    expect(caught(() => encode(pod(proxy))).field).toBe("object");
  });
});

describe("fields of managers", () => {
  const entry = { manager: "a", fieldsV1: { "f:spec": {} } };
  const owned = (managedFields: unknown): Encodable =>
    ({ apiVersion: "v1", kind: "Pod", metadata: { managedFields } }) as Encodable;
  const entryOf = (bytes: Uint8Array): Record<string, unknown> =>
    (decode(bytes) as { metadata: { managedFields: [Record<string, unknown>] } }).metadata.managedFields[0];
  const parsed = (object: object, key: string): boolean =>
    Object.getOwnPropertyDescriptor(object, key)?.get === undefined;

  test("that came in protobuf go out unread", () => {
    const bytes = encode(owned([entry]));
    const came = entryOf(bytes);
    expect(hex(encode(owned([came])))).toBe(hex(bytes));
    expect(parsed(came, "fieldsV1")).toBe(false);
  });

  test("that were read or changed go out as they are now", () => {
    const bytes = encode(owned([entry]));
    const read = entryOf(bytes);
    (read["fieldsV1"] as Record<string, unknown>)["f:status"] = {};
    const set = entryOf(bytes);
    set["fieldsV1"] = { "f:data": {} };
    const gone = entryOf(bytes);
    delete gone["fieldsV1"];
    const none = Object.assign(entryOf(bytes), { fieldsV1: null });
    expect(entryOf(encode(owned([read])))).toEqual({ manager: "a", fieldsV1: { "f:spec": {}, "f:status": {} } });
    expect(entryOf(encode(owned([set])))).toEqual({ manager: "a", fieldsV1: { "f:data": {} } });
    expect(entryOf(encode(owned([gone])))).toEqual({ manager: "a" });
    expect(entryOf(encode(owned([none])))).toEqual({ manager: "a" });
  });
});

describe("what never ends", () => {
  const nest = (levels: number): object => {
    let inner = {};
    for (let level = 0; level < levels; level++) inner = { not: inner };
    return inner;
  };

  test("an object that contains itself is refused", () => {
    const cycle: Record<string, unknown> = {};
    cycle["not"] = { allOf: [cycle] };
    expect(caught(() => encode(schema(cycle))).message).toContain("it contains itself");
  });

  test("many levels are written, too many are refused", () => {
    expect(encode(schema(nest(500))).length).toBeGreaterThan(1000);
    expect(caught(() => encode(schema(nest(100_000)))).message).toContain("lie too deep inside each other");
    expect(caught(() => encode(schema({ default: nest(100_000) }))).message).toContain(
      "lie too deep inside each other",
    );
  });

  test("one object many times over is refused before it fills the memory", () => {
    let twice: object = { description: "x".repeat(1 << 20) };
    for (let level = 0; level < 40; level++) twice = { allOf: [twice, twice] };
    expect(caught(() => encode(schema(twice))).message).toBe("Invalid object: it is larger than 256 MiB");
  });
});
