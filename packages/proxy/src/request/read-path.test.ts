import { posix } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readPath, writePath } from "./read-path.ts";
import { Refusal } from "./refusal.ts";

test.each<[string, readonly string[]]>([
  ["/version", ["version"]],
  ["/api/v1/namespaces/shop/pods/web-0", ["api", "v1", "namespaces", "shop", "pods", "web-0"]],
  ["/%61pi/v1/%70ods", ["api", "v1", "pods"]],
  [
    "/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node",
    ["apis", "rbac.authorization.k8s.io", "v1", "clusterroles", "system:node"],
  ],
  ["/a/%C3%BC", ["a", "ü"]],
  ["/a/...", ["a", "..."]],
  ["/~watch", ["~watch"]],
])("%s has the segments %j", (path, segments) => {
  expect(readPath(path)).toEqual(segments);
});

test.each([
  ["nothing", ""],
  ["no slash before it", "api"],
  ["a whole address", "http://127.0.0.1/api"],
  ["an asterisk", "*"],
  ["the root", "/"],
  ["two slashes", "/api//v1"],
  ["two slashes before it", "//api/v1"],
  ["a slash behind it", "/api/v1/"],
  ["a dot", "/api/./v1"],
  ["two dots", "/api/../v1"],
  ["an encoded dot", "/api/%2e/v1"],
  ["two encoded dots", "/api/%2E%2e/v1"],
  ["two dots of which one is encoded", "/api/.%2e/v1"],
  ["an encoded slash", "/api%2fv1"],
  ["a backslash", "/api\\v1"],
  ["an encoded backslash", "/api%5cv1"],
  ["an encoding that is encoded", "/api%252fv1"],
  ["an encoded percent sign", "/a%25"],
  ["half an escape", "/a%2"],
  ["an escape of other letters", "/a%zz"],
  ["an escape of UTF-16", "/a%u002e"],
  ["NUL", "/a%00"],
  ["a line break", "/a%0d%0aX: y"],
  ["DEL", "/a%7f"],
  ["a control character of C1", "/a%c2%85"],
  ["a mark that turns the direction of text", "/a%E2%80%AE"],
  ["half of a surrogate pair", "/a%ED%A0%80"],
  ["bytes that are no UTF-8", "/a%ff"],
  ["a slash in too many bytes", "/a%c0%af"],
  ["a semicolon", "/api;x/v1"],
  ["an encoded semicolon", "/api%3bx/v1"],
  ["a space", "/a b"],
  ["a letter that is not encoded", "/ü"],
  ["a fragment", "/a#b"],
  ["a query", "/a?b"],
])("a path with %s is refused", (_, path) => {
  expect(() => readPath(path)).toThrow(Refusal);
});

/** Paths as attackers make them: out of pieces that some reader of paths takes for something else. */
const hostile = fc
  .array(
    fc.constantFrom(
      ...[
        "/",
        "/",
        "//",
        ".",
        "..",
        "%2e",
        "%2E",
        "%2f",
        "%2F",
        "%5c",
        "\\",
        "%25",
        "%252f",
        "%00",
        "%0a",
        ";",
        "%3b",
        "?",
      ],
      ...[
        "api",
        "apis",
        "v1",
        "pods",
        "secrets",
        "%73ecrets",
        "namespaces",
        "proxy",
        "watch",
        "exec",
        "x",
        "%c3%bc",
        "%c0%af",
      ],
    ),
    { maxLength: 12 },
  )
  .map((pieces) => `/${pieces.join("")}`);

test("whatever is not refused means one thing, however often it is read", () => {
  let read = 0;
  fc.assert(
    fc.property(fc.oneof(hostile, fc.webPath(), fc.string({ unit: "binary" })), (path) => {
      let segments: readonly string[];
      try {
        segments = readPath(path);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
        return;
      }
      read += 1;
      const written = writePath(segments);
      const decoded = decodeURIComponent(written);
      expect(readPath(written)).toEqual(segments);
      // As Go reads it: decoded as a whole, then cut, then cleaned.
      expect(decoded).toBe(decodeURIComponent(path));
      expect(decoded.split("/").slice(1)).toEqual(segments);
      expect(posix.normalize(decoded)).toBe(decoded);
      expect(decodeURIComponent(decoded)).toBe(decoded);
      expect(new URL(written, "http://127.0.0.1").pathname.split("/").slice(1).map(decodeURIComponent)).toEqual(
        segments,
      );
    }),
    { numRuns: 3000 },
  );
  expect(read).toBeGreaterThan(50);
});
