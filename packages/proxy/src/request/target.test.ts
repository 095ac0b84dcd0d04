import fc from "fast-check";
import { expect, test } from "vitest";
import { readPath, writePath } from "./read-path.ts";
import { readQuery } from "./read-query.ts";
import { type Method, type ResourceTarget, targetOf } from "./target.ts";

function target(method: Method, path: string, query = ""): ResourceTarget | undefined {
  return targetOf(method, readPath(path), readQuery(query));
}

const pods = { group: "", version: "v1", resource: "pods", subresource: undefined, namespace: "shop", name: undefined };

test.each<[Method, string, string, Partial<ResourceTarget>]>([
  ["GET", "/api/v1/namespaces/shop/pods", "", { ...pods, verb: "list" }],
  ["GET", "/api/v1/namespaces/shop/pods", "watch=true", { ...pods, verb: "watch" }],
  ["HEAD", "/api/v1/pods", "", { ...pods, namespace: undefined, verb: "list" }],
  ["GET", "/api/v1/namespaces/shop/pods/a", "watch=1", { ...pods, name: "a", verb: "get" }],
  ["POST", "/api/v1/namespaces/shop/pods", "", { ...pods, verb: "create" }],
  ["PUT", "/api/v1/namespaces/shop/pods/a", "", { ...pods, name: "a", verb: "update" }],
  ["PATCH", "/api/v1/namespaces/shop/pods/a/status", "", { ...pods, name: "a", subresource: "status", verb: "patch" }],
  ["DELETE", "/api/v1/namespaces/shop/pods/a", "", { ...pods, name: "a", verb: "delete" }],
  ["DELETE", "/api/v1/namespaces/shop/pods", "", { ...pods, verb: "deletecollection" }],
  ["GET", "/api/v1/namespaces/shop/pods/a/proxy/b/c", "", { ...pods, name: "a", subresource: "proxy", verb: "get" }],
  ["GET", "/api/v1/namespaces/shop", "", { ...pods, resource: "namespaces", name: "shop", verb: "get" }],
  [
    "PUT",
    "/api/v1/namespaces/shop/finalize",
    "",
    { resource: "namespaces", name: "shop", subresource: "finalize", verb: "update" },
  ],
  ["GET", "/api/v1/namespaces", "", { resource: "namespaces", namespace: undefined, name: undefined, verb: "list" }],
  [
    "GET",
    "/apis/apps/v1/namespaces/shop/deployments/a/scale",
    "",
    { group: "apps", resource: "deployments", subresource: "scale" },
  ],
])("%s %s?%s is %j", (method, path, query, expected) => {
  expect(target(method, path, query)).toMatchObject(expected);
});

test.each(["/version", "/api", "/api/v1", "/apis", "/apis/apps", "/apis/apps/v1", "/openapi/v3", "/API/v1/pods"])(
  "%s is about no resource",
  (path) => {
    expect(target("GET", path)).toBeUndefined();
  },
);

test.each([
  "/api/v1/watch/pods",
  "/api/v1/watch/namespaces/shop/secrets",
  "/api/v1/proxy/nodes/a",
  "/apis/apps/v1/watch/deployments",
  "/api/v1/Secrets",
  "/apis/Apps/v1/deployments",
  "/api/v1/pods/a/Exec",
  "/api/v1/namespaces/shop/pods/a/log/b",
  "/apis/apps/v1/namespaces/shop/%20",
])("%s is refused", (path) => {
  expect(() => target("GET", path)).toThrow("Invalid path");
});

/** The API server's own, line by line (k8s.io/apiserver pkg/endpoints/request/requestinfo.go, NewRequestInfo); undefined for non-resources. */
function requestInfo(method: Method, path: string, query: string): object | undefined {
  let current = decodeURIComponent(path)
    .replace(/^\/+|\/+$/g, "")
    .split("/");
  if (current.length < 3) return undefined;
  const prefix = current[0]!;
  if (prefix !== "api" && prefix !== "apis") return undefined;
  current = current.slice(1);
  let group = "";
  if (prefix !== "api") {
    if (current.length < 3) return undefined;
    group = current[0]!;
    current = current.slice(1);
  }
  const version = current[0]!;
  current = current.slice(1);
  let verb = "";
  const special = ["proxy", "watch"].includes(current[0]!);
  if (special) {
    verb = current[0]!;
    current = current.slice(1);
  } else {
    verb = { POST: "create", GET: "get", HEAD: "get", PUT: "update", PATCH: "patch", DELETE: "delete" }[method];
  }
  let namespace: string | undefined;
  if (current[0] === "namespaces" && current.length > 1) {
    namespace = current[1];
    if (current.length > 2 && !["status", "finalize"].includes(current[2]!)) current = current.slice(2);
  }
  const [resource, name, third] = current;
  const subresource = verb === "proxy" ? undefined : third;
  if (name === undefined && verb === "get") {
    const watch = new URLSearchParams(query).get("watch");
    verb = watch !== null && !["false", "0"].includes(watch.toLowerCase()) ? "watch" : "list";
  }
  if (name === undefined && verb === "delete") verb = "deletecollection";
  return { verb, group, version, resource, subresource, namespace, name };
}

test("the rules judge what the API server will see, whatever the path", () => {
  const word = fc.constantFrom(
    ...["api", "apis", "apps", "v1", "namespaces", "shop", "pods", "secrets", "watch", "proxy", "status", "finalize"],
    ...["exec", "log", "..", "%2e%2e", "se%63rets", "Secrets", "", "a%2fb"],
  );
  const path = fc
    .tuple(fc.constantFrom("/api/v1", "/apis/apps/v1", "/apis", ""), fc.array(word, { maxLength: 7 }))
    .map(([start, words]) => [start, ...words].join("/"));
  const query = fc.constantFrom("", "watch=true", "watch=0", "watch", "watch=0&watch=1", "limit=1");
  const method = fc.constantFrom<Method>("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
  let judged = 0;
  fc.assert(
    fc.property(method, path, query, (how, where, what) => {
      let segments: readonly string[];
      let found: ResourceTarget | undefined;
      try {
        segments = readPath(where);
        found = targetOf(how, segments, readQuery(what));
      } catch {
        return;
      }
      if (found !== undefined) judged += 1;
      expect(found).toEqual(requestInfo(how, writePath(segments), what));
    }),
    { numRuns: 5000 },
  );
  expect(judged).toBeGreaterThan(50);
});
