import { expect, test } from "vitest";
import { isContent } from "./syntax.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

test.each([
  "apiVersion: v1\nkind: Config",
  '{"apiVersion":"v1"}',
  "-----BEGIN CERTIFICATE----- on one line",
  base64("-----BEGIN EC PRIVATE KEY-----\n"),
  base64("---\napiVersion: v1"),
  base64("apiVersion: v1\n"),
  base64("kind: Config\n"),
  base64("clusters:\n"),
  base64("users:\n"),
  base64('{"kind":"Config"}'),
  "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2ln",
])("content: %s", (text) => expect(isContent(text)).toBe(true));

test.each(["/home/me/.kube/config", "config", "./client.key", "C:\\Users\\me\\kube config", "~/a b/{x}.yaml", ""])(
  "a path: %s",
  (path) => expect(isContent(path)).toBe(false),
);
