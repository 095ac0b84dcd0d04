import { expect, test } from "vitest";
import { checkSameSite, checkUpgrade, type Entrance, type Names } from "./same-site.ts";

const defaults: Names = { hosts: undefined, origins: undefined };
const port8001: Entrance = { port: 8001, encrypted: false };

function lets(
  names: Names,
  entrance: Entrance,
  headers: Record<string, string>,
  method: "GET" | "POST" = "GET",
): boolean {
  try {
    checkSameSite(names, entrance, method, new Map(Object.entries(headers)));
    return true;
  } catch {
    return false;
  }
}

test.each<[string, Entrance, boolean]>([
  ["localhost:8001", port8001, true],
  ["LOCALHOST:8001", port8001, true],
  ["[::1]:8001", port8001, true],
  ["localhost", port8001, false],
  ["localhost", { port: 80, encrypted: false }, true],
  ["localhost:80", { port: 80, encrypted: false }, true],
  ["127.0.0.1", { port: 443, encrypted: true }, true],
  ["127.0.0.1", { port: 443, encrypted: false }, false],
  ["localhost", { port: undefined, encrypted: false }, true],
  ["dashboard.example", { port: undefined, encrypted: false }, false],
])("without hosts, %s is answered at %j: %s", (host, entrance, expected) => {
  expect(lets(defaults, entrance, { host })).toBe(expected);
});

test("with hosts, those and no others are answered", () => {
  const names: Names = { hosts: ["dashboard.example", "[fd00::1]:8443"], origins: undefined };
  const hosts = ["dashboard.example", "Dashboard.Example", "[fd00::1]:8443", "dashboard.example:80", "localhost:8001"];
  expect(hosts.map((host) => lets(names, port8001, { host }))).toEqual([true, true, true, false, false]);
});

test("without origins, a page's origin is that of the host it asks, by the scheme it asks in", () => {
  const asked = (origin: string, encrypted: boolean) =>
    lets(defaults, { port: 8001, encrypted }, { host: "localhost:8001", origin });
  expect(asked("http://localhost:8001", false)).toBe(true);
  expect(asked("http://127.0.0.1:8001", false)).toBe(false);
  expect(asked("https://localhost:8001", true)).toBe(true);
  expect(asked("http://localhost:8001", true)).toBe(false);
});

test("with origins, those and no others are answered", () => {
  const names: Names = { hosts: ["dashboard.example"], origins: ["https://dashboard.example"] };
  const asked = (origin: string) => lets(names, port8001, { host: "dashboard.example", origin });
  expect([asked("https://dashboard.example"), asked("http://dashboard.example"), asked("null")]).toEqual([
    true,
    false,
    false,
  ]);
});

test("who writes sends our header, and a browser its origin", () => {
  const base = { host: "localhost:8001" };
  const page = { ...base, "kubewright-page": "1" };
  const ours = { origin: "http://localhost:8001" };
  expect(lets(defaults, port8001, page, "POST")).toBe(true);
  expect(lets(defaults, port8001, { ...page, ...ours, "sec-fetch-site": "same-origin" }, "POST")).toBe(true);
  expect(lets(defaults, port8001, { ...page, "sec-fetch-site": "same-origin" }, "POST")).toBe(false);
  expect(lets(defaults, port8001, { ...base, ...ours }, "POST")).toBe(false);
  expect(lets(defaults, port8001, { ...page, ...ours, "sec-fetch-site": "cross-site" }, "POST")).toBe(false);
});

test("an upgrade needs a browser's origin, and no header of ours", () => {
  const asked = (headers: Record<string, string>) => (): void =>
    checkUpgrade(defaults, port8001, new Map(Object.entries({ host: "localhost:8001", ...headers })));
  expect(
    asked({ origin: "http://localhost:8001", "sec-fetch-site": "same-origin", "sec-fetch-dest": "websocket" }),
  ).not.toThrow();
  expect(asked({ "sec-fetch-site": "same-origin" })).toThrow("needs the header origin");
  expect(asked({ origin: "http://evil.test" })).toThrow("not the proxy's own");
});
