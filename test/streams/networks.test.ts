import { readFileSync } from "node:fs";
import { afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import { refusal } from "../support/api-request.ts";
import { type FaultProxy, startFaultProxy } from "../support/fault-proxy.ts";
import { startLoopClock } from "../support/loop-clock.ts";
import { startPodServer } from "./pod-server.ts";
import { held, runningPod, shell, textOf } from "./support.ts";

let proxy: FaultProxy;
const own = held(async () => {
  const { server, caFile, admin } = inject("controlPlane");
  proxy = await startFaultProxy(server);
  return { server: proxy.url, ca: readFileSync(caFile, "utf8"), token: admin.token };
});

beforeAll(() => runningPod(own.pods, "one"));
afterEach(() => proxy.heal());

describe("a connection that breaks", () => {
  test.each<[string, () => void]>([
    ["reset", () => proxy.reset()],
    ["ended", () => proxy.fin()],
    ["half closed", () => proxy.halfClose()],
  ])("%s under way", async (_, breakIt) => {
    const run = await own.pods.exec("one", shell("echo up; sleep 1000"));
    const iterator = run.stdout[Symbol.asyncIterator]();
    await iterator.next();
    breakIt();
    expect(await refusal(run.exit)).toMatch(
      /^ConnectionError: NoExitStatus: the connection ended before the server said how the command ended/,
    );
    expect(await refusal(iterator.next())).toMatch(/^ConnectionError: NoExitStatus/);
  });
});

describe("a connection that is dead", () => {
  test("is found within 20 s, while it is idle and while it brings something", { timeout: 120_000 }, async () => {
    const idle = await own.pods.exec("one", { command: ["sleep", "1000"] });
    const receiving = await own.pods.exec("one", shell("while true; do echo text; sleep 0.1; done"));
    const runs = [idle.exit, receiving.exit, textOf(receiving.stdout)].map((end) => refusal(end));
    await using silent = await startPodServer(() => {});
    await using speaking = await startPodServer((socket) => {
      const timer = setInterval(() => socket.write("text"), 100);
      socket.once("close", () => clearInterval(timer));
    });
    const ports = [silent, speaking].map(({ port }) => own.pods.connect("one", port));
    const connections = (await Promise.all(ports)).map(({ readable }) => refusal(textOf(readable)));
    using since = startLoopClock();
    proxy.blackHole();
    for (const end of await Promise.all(runs)) expect(end).toMatch(/^ConnectionError: NoExitStatus/);
    for (const end of await Promise.all(connections))
      expect(end).toMatch(/^ConnectionError: ConnectionLost: .* answers no pings/);
    // 18 s by the rule; the operating system would take 15 minutes.
    expect(since.ms).toBeLessThan(20_000);
  });
});
