import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InputError } from "../errors/input-error.ts";
import { pathSegment, resourcePath } from "./path.ts";

const pods = { group: "", version: "v1", plural: "pods", kind: "Pod", namespaced: true };
const deployments = { group: "apps", version: "v1", plural: "deployments", kind: "Deployment", namespaced: true };

describe("the path of a resource", () => {
  test("is that of collections, objects and subresources, in the core group and others", () => {
    expect(resourcePath(pods, undefined)).toBe("/api/v1/pods");
    expect(resourcePath(pods, "a", "b", "status")).toBe("/api/v1/namespaces/a/pods/b/status");
    expect(resourcePath(deployments, "a", "b")).toBe("/apis/apps/v1/namespaces/a/deployments/b");
  });

  test("names that RBAC allows are encoded, not refused", () => {
    expect(resourcePath({ ...pods, plural: "clusterroles" }, undefined, "system:a b?#\\ä")).toBe(
      "/api/v1/clusterroles/system%3Aa%20b%3F%23%5C%C3%A4",
    );
  });

  test.each(["", ".", "..", "a/b", "%2e%2e", "a%", "\0", "a\nb", "\u007f", "\ud800"])(
    "refuses %j as name and namespace",
    (bad) => {
      expect(() => resourcePath(pods, "ns", bad)).toThrow(InputError);
      expect(() => resourcePath(pods, bad, "name")).toThrow(InputError);
    },
  );

  test("any text is refused, or reaches the server as exactly that segment", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (namespace, name) => {
        let path: string;
        try {
          path = resourcePath(pods, namespace, name);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          return;
        }
        const parsed = new URL(path, "https://host").pathname;
        expect(parsed).toBe(path);
        expect(parsed.split("/").map(decodeURIComponent)).toEqual([
          "",
          "api",
          "v1",
          "namespaces",
          namespace,
          "pods",
          name,
        ]);
      }),
      { numRuns: 2000 },
    );
  });
});

test("a wrong segment is an error that names its field", () => {
  expect(() => pathSegment(undefined as unknown as string, "name")).toThrow(
    "Invalid name: it must be text, not undefined",
  );
});
