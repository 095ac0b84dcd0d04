import { describe, expect, test } from "vitest";
import { InputError } from "../errors/input-error.ts";
import { rawPath } from "./raw-path.ts";

describe("the path of a raw request", () => {
  test.each(["/healthz", "/api/v1/namespaces/a/services/https:b:c/proxy/x%20y", "/"])("takes %s", (path) => {
    expect(rawPath(path)).toBe(path);
  });

  test.each(["", "api", "/a b", "/a?b", "/a#b", "/a/../b", "/a/%2e%2E/b", "/./a", "/a\\b", "/ä", "/a%zz", "/a\n"])(
    "refuses %j",
    (path) => {
      expect(() => rawPath(path)).toThrow(InputError);
    },
  );
});
