import { expect, test } from "vitest";
import { checkBody, checkMessage } from "./check-message.ts";

// Node's parser refuses some of these before a handler sees them, unless it is told to be lenient.

const headers = (given: Record<string, string>): ReadonlyMap<string, string> => new Map(Object.entries(given));

test.each<[string, Record<string, string>, number]>([
  ["length beside chunks", { "content-length": "2", "transfer-encoding": "chunked" }, 400],
  ["another encoding", { "transfer-encoding": "gzip, chunked" }, 400],
  ["a length with a sign", { "content-length": "+2" }, 400],
  ["a length without end", { "content-length": "9".repeat(16) }, 400],
  ["an expectation", { expect: "100-continue" }, 417],
  ["an impersonation", { "impersonate-extra-a": "b" }, 403],
])("%s is refused", (_, given, code) => {
  expect(() => checkMessage("POST", headers(given))).toThrow(expect.objectContaining({ code }));
});

test.each(["OPTIONS", "TRACE", "get", "", undefined])("the method %j is refused", (method) => {
  expect(() => checkMessage(method, headers({}))).toThrow(expect.objectContaining({ code: 405 }));
});

test.each<[string, Record<string, string>, number | undefined]>([
  ["POST", { "content-length": "2", "content-type": "application/json" }, undefined],
  [
    "POST",
    { "transfer-encoding": "chunked", "content-type": "application/apply-patch+yaml; charset=UTF-8" },
    undefined,
  ],
  ["DELETE", {}, undefined],
  ["POST", { "content-length": "0" }, undefined],
  ["GET", { "content-length": "2", "content-type": "application/json" }, 400],
  ["POST", { "content-length": "2" }, 415],
  ["POST", { "content-length": "2", "content-type": "text/plain" }, 415],
  ["POST", { "content-length": "2", "content-type": "application/json; charset=utf-7" }, 415],
  ["POST", { "content-length": "2", "content-type": "application/json", "content-encoding": "gzip" }, 415],
])("a %s with %j is refused with %s", (method, given, code) => {
  const check = (): void => checkBody(method as "GET", headers(given));
  if (code === undefined) expect(check).not.toThrow();
  else expect(check).toThrow(expect.objectContaining({ code }));
});
