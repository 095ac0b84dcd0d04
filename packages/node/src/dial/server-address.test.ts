import { InputError } from "@kubewright/core";
import { expect, test } from "vitest";

import { parseServerAddress } from "./server-address.ts";

test.each([
  ["https://10.0.0.1:6443", "https://10.0.0.1:6443", "10.0.0.1", 6443, "10.0.0.1:6443", ""],
  ["https://example.com", "https://example.com", "example.com", 443, "example.com", ""],
  ["http://localhost", "http://localhost", "localhost", 80, "localhost", ""],
  ["HTTPS://Example.com:443/", "https://example.com", "example.com", 443, "example.com", ""],
  ["https://[fd00::1]:6443/", "https://[fd00::1]:6443", "fd00::1", 6443, "[fd00::1]:6443", ""],
  ["https://[::1]", "https://[::1]", "::1", 443, "[::1]", ""],
  ["https://r.io/k8s/clusters/c-1/", "https://r.io/k8s/clusters/c-1", "r.io", 443, "r.io", "/k8s/clusters/c-1"],
  ["https://r.io/a%20b", "https://r.io/a%20b", "r.io", 443, "r.io", "/a%20b"],
])("%s", (given, server, host, port, authority, prefix) => {
  const address = parseServerAddress(given);
  expect(address).toMatchObject({ server, host, port, authority, prefix, secure: server.startsWith("https") });
  expect(address.hostPort).toMatch(new RegExp(`:${port}$`));
});

test.each([
  "",
  "10.0.0.1:6443",
  "localhost:8080",
  "ftp://x",
  "https://",
  "https://user:secret@x",
  "https://x?a=b",
  "https://x/#y",
])("%s is refused", (given) => {
  expect(() => parseServerAddress(given)).toThrow(InputError);
  expect(() => parseServerAddress(given)).not.toThrow(/secret/);
});
