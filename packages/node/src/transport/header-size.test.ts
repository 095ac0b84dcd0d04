import { describe, expect, test } from "vitest";

import { apiRequest, bodyText, rejection } from "../../../../test/support/api-request.ts";
import { answer, startRawH1Server } from "../../../../test/support/raw-h1-server.ts";
import { createNodeTransport } from "./node-transport.ts";

const mebibyte = 1024 * 1024;

/** What comes of a GET that is answered with these header lines. */
async function answered(fields: readonly string[]) {
  const server = await startRawH1Server((socket) => void socket.write(answer("ok", fields)));
  const transport = createNodeTransport({ server: server.origin });
  try {
    const response = await transport.send(apiRequest("/x"));
    return { headers: response.headers, text: await bodyText(response) };
  } finally {
    await transport.close();
    await server.close();
  }
}

describe("over HTTP/1.1 an answer's header may have 10 MiB", () => {
  test.each([
    ["one value of 9 MiB", 9 * mebibyte, 1],
    ["many values, together 9 MiB", 9 * mebibyte, 100],
    ["20,000 lines", 200_000, 20_000],
    ["a little more than Node's own bound", 17_000, 1],
  ])("%s arrives whole", async (_, bytes, lines) => {
    const value = "v".repeat(bytes / lines);
    const { headers, text } = await answered(Array.from({ length: lines }, (_line, i) => `x-${i}: ${value}`));
    expect(text).toBe("ok");
    for (const i of [0, lines - 1]) expect(headers.get(`x-${i}`)).toBe(value);
  });

  test("no line of one name is lost", async () => {
    const warnings = Array.from({ length: 3000 }, (_, i) => `299 - "${i}"`);
    const { headers } = await answered(warnings.map((value) => `warning: ${value}`));
    expect(headers.get("warning")).toBe(warnings.join(", "));
  });

  test.each([
    ["in one value", [`x: ${"v".repeat(10 * mebibyte)}`]],
    ["in many lines", Array.from({ length: 1100 }, (_, i) => `x-${i}: ${"v".repeat(10_000)}`)],
  ])("more, %s, is told as that, and asked for once", async (_, fields) => {
    const error = await rejection(answered(fields));
    expect(error).toMatchObject({ name: "LimitError", limit: 10 * mebibyte, request: { verb: "get", path: "/x" } });
    expect((error as Error).message).toMatch(/^TooLarge: the answer's header is larger than 10485760 bytes; /);
  });
});
