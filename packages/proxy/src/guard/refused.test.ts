import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { Refusal } from "../request/refusal.ts";
import { createRefusalLog, refusedRequest } from "./refused.ts";

const request = {
  method: "GET",
  url: "/k8s/api\x1b[2J\u009b?token=hunter2",
  headers: { host: 'a"\r\n', origin: "https://evil.test", cookie: "hunter2", authorization: "Bearer hunter2" },
  socket: { remoteAddress: "127.0.0.1" },
} as unknown as IncomingMessage;

test("a line says what was refused and why, in plain characters and without credentials", () => {
  const lines: string[] = [];
  const log = createRefusalLog(createVirtualClock(), (line) => lines.push(line));
  log(refusedRequest(request, new Refusal(403, "why not", { cause: new Error("behind\nit") })));
  expect(lines).toEqual([
    String.raw`Kubewright proxy: 403 Forbidden: "GET" "/k8s/api\u001b[2J\u009b" from 127.0.0.1, host "a\"\r\n", origin "https://evil.test": why not ("behind\nit")`,
  ]);
});

test("an attack does not fill the disk", async () => {
  const lines: string[] = [];
  const clock = createVirtualClock();
  const log = createRefusalLog(clock, (line) => lines.push(line));
  const refused = refusedRequest(request, new Refusal(403, "why not"));
  for (let at = 0; at < 1000; at++) log(refused);
  expect(lines).toHaveLength(10);
  await clock.advance(1000);
  log(refused);
  expect(lines.slice(10)).toEqual([
    "Kubewright proxy: refused 990 more requests in a second",
    expect.stringContaining("403"),
  ]);
});
