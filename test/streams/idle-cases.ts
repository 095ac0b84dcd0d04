import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { createCluster } from "@kubewright/core";
import { CoreV1, type PodResource } from "kubewright/core/v1";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Clock, systemClock } from "../../packages/core/src/time/clock.ts";
import { createNodeTransport } from "../../packages/node/src/transport/node-transport.ts";
import type { ControlPlane } from "../controlplane/start.ts";
import { refusal } from "../support/api-request.ts";
import { type PodServer, startPodServer } from "./pod-server.ts";
import { type Held, phaseOf, shell, textOf } from "./support.ts";

type Idle = (pods: PodResource, seconds: number, token: string) => Promise<string>;

/** A minute passes in 3 s, or never does. */
const fast: Clock = {
  ...systemClock,
  now: () => 20 * systemClock.now(),
  after: (ms, act) => systemClock.after(ms / 20, act),
};
const still: Clock = { ...systemClock, after: () => () => {} };

/**
 * What is idle for longer than the runtime allows goes on by what is sent meanwhile, and ends without. It begins before the tests of the
 * file, and is looked at behind them. Beside `connectCases`, whose pod it uses; `commands` where those of exec are cut off too.
 */
export function idleCases(held: Held, plane: () => ControlPlane, seconds: number, commands: boolean): void {
  const begun: Record<string, Promise<readonly [string, string]>> = {};
  let server: PodServer;

  async function idling(idle: Idle, clock: Clock): Promise<string> {
    const { server: address, caFile, admin } = plane();
    const transport = createNodeTransport({ server: address, ca: readFileSync(caFile, "utf8") });
    await using cluster = createCluster({ transport, clock, timeoutMs: Infinity });
    return await idle(cluster.api(CoreV1).pods.in(held.namespace), seconds, admin.token);
  }

  const kinds: Readonly<Record<string, Idle>> = {
    "a connection": async (pods, idleSeconds, token) => {
      const { readable, writable } = await pods.connect("db", server.port, { token });
      const said = textOf(readable);
      const writer = writable.getWriter();
      // Why it takes no more, the other direction says.
      writer.closed.catch(() => undefined);
      const write = (text: string): Promise<unknown> =>
        writer.write(new TextEncoder().encode(text)).catch(() => undefined);
      await write("before, ");
      await Promise.race([sleep(idleSeconds * 1000), said.catch(() => undefined)]);
      await write("after.");
      return said;
    },
    ...(commands && {
      "a command": async (pods, idleSeconds, token) => {
        const script = shell(`echo before, after.; sleep ${idleSeconds}; exit 7`);
        const { exitCode, stdout } = await pods.exec("one", { ...script, token }).output();
        return exitCode === 7 ? stdout.trim() : `code ${exitCode}`;
      },
    }),
  };

  beforeAll(async () => {
    await phaseOf(held.pods, "db", "Running");
    // It says all that it was told when it was told the last word.
    server = await startPodServer((socket) => {
      let heard = "";
      socket.on("data", (data) => {
        heard += String(data);
        if (heard.endsWith(".")) socket.end(heard);
      });
    });
    for (const [kind, idle] of Object.entries(kinds)) {
      const both = Promise.all([idling(idle, fast), refusal(idling(idle, still))]);
      both.catch(() => undefined);
      begun[kind] = both;
    }
  });
  afterAll(() => server.close());

  test.each(Object.keys(kinds))(
    "%s that is idle for longer than the runtime allows goes on, by what is sent meanwhile",
    { timeout: seconds * 1000 + 60_000 },
    async (kind) => {
      const [kept, lost] = await (begun[kind] as Promise<readonly [string, string]>);
      expect(kept).toBe("before, after.");
      // The runtime ends it, and a command with it.
      expect(lost).toMatch(/^StatusError: InternalError: .*context canceled|^ConnectionError: /);
    },
  );
}
