import { posix } from "node:path";
import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Answer,
  recordingTransport,
  type RecordingTransport,
} from "../../../../test/support/recording-transport.ts";
import { createCluster, type ClusterOptions } from "../cluster/create-cluster.ts";
import { InputError } from "../errors/input-error.ts";
import type { Resource, ResourceDescriptor } from "../types/descriptor.ts";
import type { Proxies } from "../types/capabilities.ts";
import type { ProxyOptions } from "../types/proxy.ts";
import type { RawRequest } from "../types/raw-request.ts";

function resource(plural: string, more: Partial<ResourceDescriptor> = {}): Resource<{ in(ns?: string): Proxies }> {
  return {
    group: "",
    version: "v1",
    plural,
    kind: plural,
    namespaced: true,
    verbs: ["get"],
    subresources: { proxy: { group: "", version: "v1", kind: "ServiceProxyOptions", verbs: ["get"] } },
    ...more,
  };
}

interface Held extends RecordingTransport {
  readonly services: { in(namespace?: string): Proxies };
  readonly pods: Proxies;
}

function client(answer?: Parameters<typeof recordingTransport>[0], options: Partial<ClusterOptions> = {}): Held {
  const transport = recordingTransport(answer);
  const cluster = createCluster({ transport, namespace: "home", userAgent: "test", ...options });
  return {
    ...transport,
    services: cluster.resource(resource("services")),
    pods: cluster.resource(resource("pods")).in("shop"),
  };
}

const below = "/api/v1/namespaces/shop/services";

test.each<[ProxyOptions | undefined, string]>([
  [undefined, "web"],
  [{}, "web"],
  [{ port: "http" }, "web:http"],
  [{ port: 8080 }, "web:8080"],
  [{ scheme: "https" }, "https:web:"],
  [{ scheme: "http", port: "metrics" }, "http:web:metrics"],
])("a service with %j is asked at %s", async (options, segment) => {
  const { services, requests } = client();
  await services.in("shop").proxy("web", options).request({ path: "/" });
  expect(requests[0]?.path).toBe(`${below}/${segment}/proxy/`);
});

test("a proxied request is sent as a raw one is, below the proxied path", async () => {
  const { pods, requests } = client();
  await pods.proxy("web-0", { port: 80 }).request({
    method: "POST",
    path: "/a%20b/c/",
    query: { q: ["x y", "z"] },
    headers: { "X-One": "1" },
    body: "text",
    impersonate: { user: "jane" },
  });
  expect(requests[0]).toMatchObject({
    verb: "post",
    method: "POST",
    path: "/api/v1/namespaces/shop/pods/web-0:80/proxy/a%20b/c/",
    query: "q=x%20y&q=z",
    headers: { "x-one": ["1"], "impersonate-user": ["jane"] },
    body: "text",
    replay: "refused",
  });
});

test("the connection's namespace may be known late; what looks like its place in a path stays", async () => {
  const namespace = { known: undefined, read: async () => "later" };
  const { services, requests } = client(undefined, { namespace });
  await services.in().proxy("web").request({ path: "/{namespace}" });
  expect(requests[0]?.path).toBe("/api/v1/namespaces/later/services/web/proxy/{namespace}");
});

describe("any status is an answer", () => {
  test.each<[Answer]>([
    [{ status: 204, body: "" }],
    [{ status: 302, headers: { location: "/login" }, body: "" }],
    [{ status: 404, body: "no such page" }],
    [{ status: 503, json: { kind: "Status", reason: "ServiceUnavailable", code: 503 } }],
  ])("%j", async (answer) => {
    const { services } = client(() => answer);
    const { status, headers, text } = await services.in("shop").proxy("web").request({ path: "/" });
    expect(status).toBe(answer.status);
    expect(headers.get("location")).toBe(answer.headers?.["location"]);
    expect(await text()).toBe("json" in answer ? JSON.stringify(answer.json) : answer.body);
  });
});

describe("what would reach something else is refused before anything is sent", () => {
  test.each<[unknown, string]>([
    ["", "name"],
    [".", "name"],
    ["..", "name"],
    ["a/b", "name"],
    ["a%2fb", "name"],
    ["web:80", "name"],
    ["https:web:", "name"],
    [undefined, "name"],
    [5, "name"],
  ])("the name %j", (name, field) => {
    const { services, requests } = client();
    expect(() => services.in("shop").proxy(name as string)).toThrow(
      expect.objectContaining({ name: "InputError", field }),
    );
    expect(requests).toEqual([]);
  });

  test.each<[object, string]>([
    [{ port: 0 }, "port"],
    [{ port: 65_536 }, "port"],
    [{ port: 1.5 }, "port"],
    [{ port: Number.NaN }, "port"],
    [{ port: "" }, "port"],
    [{ port: "a/b" }, "port"],
    [{ port: "80:x" }, "port"],
    [{ port: "80%" }, "port"],
    [{ port: null }, "port"],
    [{ scheme: "ftp" }, "scheme"],
    [{ scheme: "" }, "scheme"],
    [{ Port: 1 }, "Port"],
  ])("the options %j", (options, field) => {
    const { services } = client();
    expect(() => services.in("shop").proxy("web", options)).toThrow(
      expect.objectContaining({ name: "InputError", field }),
    );
  });

  test.each([
    "",
    "healthz",
    "/a/../b",
    "/a/%2e%2E/b",
    "/a%2fb",
    "/a%2F..%2Fb",
    "//",
    "/a//b",
    "/a?b",
    "/a#b",
    "/ä",
    "/\\",
  ])("the path %j", async (path) => {
    const { services, requests } = client();
    const asked = services.in("shop").proxy("web").request({ path });
    await expect(asked).rejects.toMatchObject({ name: "InputError", field: "path" });
    expect(requests).toEqual([]);
  });

  test("the name of a pod's port, which the API server would take for a well-known one", () => {
    expect(() => client().pods.proxy("web-0", { port: "http" })).toThrow("Invalid port: ");
  });

  test("a service across all namespaces, and what has no proxy", () => {
    const { services } = client();
    expect(() => (services as unknown as Proxies).proxy("web")).toThrow("Invalid namespace: ");
    const maps = createCluster({ transport: recordingTransport(), userAgent: "test" })
      .resource(resource("configmaps", { subresources: {} }))
      .in("shop");
    expect(() => maps.proxy("a")).toThrow("Invalid verb: ");
  });

  test("an error names the call", async () => {
    const { services } = client();
    const asked = services.in("shop").proxy("web").request({ method: "PUT", path: "//" });
    await expect(asked).rejects.toThrow(`PUT ${below}/web/proxy//`.replace("PUT", "put"));
  });
});

test("who prints it sees what it reaches", () => {
  expect(inspect(client().pods.proxy("web-0", { port: 80 }))).toBe(
    'ProxyClient { apiVersion: "v1", plural: "pods", namespace: "shop", name: "web-0:80" }',
  );
});

const nasty = fc.oneof(
  fc.constantFrom(
    "",
    ".",
    "..",
    "a",
    "a:b",
    "%2f",
    "%2F..",
    "..%2f..",
    "%2e%2e",
    "%252f",
    "//",
    "/..",
    ":",
    "a b",
    "ä",
    "\0",
  ),
  fc.string({ unit: "binary", maxLength: 8 }),
);

test("any name, port and path: a typed error, or exactly that name, port and path for the API server", async () => {
  const { services, requests } = client();
  let sent = 0;
  const paths = fc.array(nasty, { maxLength: 4 }).map((parts) => `/${parts.join("/")}`);
  const ports = fc.option(fc.oneof(nasty, fc.integer({ min: -1, max: 70_000 })), { nil: undefined });
  const schemes = fc.constantFrom<ProxyOptions["scheme"][]>(undefined, "http", "https");
  await fc.assert(
    fc.asyncProperty(nasty, ports, schemes, paths, fc.boolean(), async (name, port, scheme, plain, encode) => {
      const path = encode ? `/${plain.slice(1).split("/").map(encoded).join("/")}` : plain;
      requests.length = 0;
      const request: RawRequest = { path };
      try {
        await services.in("shop").proxy(name, { port, scheme }).request(request);
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        expect(requests).toEqual([]);
        return;
      }
      sent += 1;
      const asked = requests[0]?.path ?? "";
      // As a platform's URL, which the web transport makes of it, it stays what it is.
      expect(decoded(new URL(`https://host${asked}`).pathname)).toBe(decoded(asked));
      // The API server parts the unescaped path, and cleans what is proxied (path.Join).
      const parts = decoded(asked).split("/");
      expect(parts.slice(0, 6).join("/")).toBe(below);
      expect(parts[7]).toBe("proxy");
      const named = [name, ...(port === undefined && scheme === undefined ? [] : [`${port ?? ""}`])];
      const segment = scheme === undefined ? named : [scheme, ...named];
      expect(parts[6]?.split(":")).toEqual(segment.map((part) => decoded(encoded(part))));
      expect(posix.join("/", parts.slice(8).join("/"))).toBe(decoded(path));
    }),
    { numRuns: 600 },
  );
  expect(sent).toBeGreaterThan(30);
});

function encoded(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return "x";
  }
}

/** Escapes as bytes, each a character: they need not be UTF-8. */
function decoded(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
