import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";

import { ConnectionError, TimeoutError } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { describe, expect, test } from "vitest";

import { until } from "../support/api-request.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import { asAdmin, closing, connecting, controlPlane, failureOf, measured } from "./support.ts";

const held = closing();
const connected = connecting();

/** Every kind of call fails in the same way, in this time. */
async function everyCallFails(server: string, name: string, said: RegExp, withinMs: number): Promise<void> {
  const cluster = await connected(asAdmin(server));
  const core = cluster.api(CoreV1);
  const watch = async (): Promise<void> => {
    for await (const _ of core.namespaces.watch());
  };
  const calls = [() => core.namespaces.list(), () => core.namespaces.create({ metadata: { name: "x" } }), watch];
  let slowest = 0;
  for (const call of calls) {
    const { error, ms } = await failureOf(call());
    expect(`${error.name}: ${error.message}`).toMatch(said);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(ms).toBeLessThan(withinMs);
    slowest = Math.max(slowest, ms);
  }
  measured(`${name}, found after`, `${slowest} ms`);
}

describe("a server that cannot be reached is told at once", () => {
  test("a refused connection is told as that", async () => {
    const proxy = await held(startFaultProxy(controlPlane().server));
    await proxy.refuse();
    await everyCallFails(
      proxy.url,
      "connection refused",
      /^ConnectionError: ConnectionRefused: nothing accepts connections at 127.*\((list|create|watch) /,
      500,
    );
    await proxy.heal();
    const cluster = await connected(asAdmin(proxy.url));
    await cluster.version();
  });

  test("a name that nobody knows is told as that", async () => {
    await everyCallFails(
      "https://no-such-host.invalid:6443",
      "unknown host",
      /^ConnectionError: UnknownHost: .*no-such-host\.invalid:6443/,
      5000,
    );
  });

  test("a server that hangs up at once is told as that, with FIN and with RST", async () => {
    for (const hangUp of [(socket: Socket) => socket.destroy(), (socket: Socket) => socket.resetAndDestroy()]) {
      const server = createServer(hangUp).listen(0, "127.0.0.1");
      await once(server, "listening");
      const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      await everyCallFails(url, "hung up in the handshake", /^ConnectionError: ConnectionLost: /, 1000);
      server.close();
    }
  });
});

describe("a server that says nothing", () => {
  test(
    "in the TLS handshake: found after 10 s, as in client-go; timeoutMs bounds it before",
    { timeout: 30_000 },
    async () => {
      const proxy = await held(startFaultProxy(controlPlane().server));
      proxy.blackHole();
      const cluster = await connected(asAdmin(proxy.url));
      const core = cluster.api(CoreV1);
      const patient = failureOf(core.namespaces.list());
      const hasty = await failureOf(core.namespaces.list({ timeoutMs: 300 }));
      expect(hasty.error).toBeInstanceOf(TimeoutError);
      expect(hasty.ms).toBeLessThan(5000);
      const { error, ms } = await patient;
      measured("silent TLS handshake, found after", `${ms} ms`);
      expect(error.message).toMatch(/^NoTlsHandshake: .* \(list /);
      expect(ms).toBeGreaterThan(9000);
      expect(ms).toBeLessThan(20_000);
      await cluster.close();
      await proxy.heal();
      await until(() => proxy.open === 0);
    },
  );

  test.each(["auto", "http/1.1"] as const)(
    "to a request over %s: timeoutMs bounds lists, watches' headers, and bodies",
    async (protocol) => {
      const proxy = await held(startFaultProxy(controlPlane().server));
      const cluster = await connected({ ...asAdmin(proxy.url), protocol });
      const core = cluster.api(CoreV1);
      await core.namespaces.list();
      proxy.blackHole();
      const timeoutMs = 400;
      const watch = async (): Promise<void> => {
        for await (const _ of core.namespaces.watch({ timeoutMs }));
      };
      for (const call of [
        () => core.namespaces.list({ timeoutMs }),
        () => core.namespaces.delete("x", { timeoutMs }),
        watch,
      ]) {
        const { error, ms } = await failureOf(call());
        expect(error).toBeInstanceOf(TimeoutError);
        expect(error.message).toMatch(/^Timeout: no complete answer within 400 ms; .*\((list|delete|watch) /);
        expect(ms).toBeGreaterThanOrEqual(395);
        expect(ms).toBeLessThan(10 * timeoutMs);
      }
      await proxy.heal();
      proxy.shape({ bytesPerSecond: 2000 });
      const slow = await failureOf(core.configMaps.list({ timeoutMs }));
      expect(slow.error).toBeInstanceOf(TimeoutError);
      expect(slow.ms).toBeLessThan(10 * timeoutMs);
    },
  );

  test("an abort ends a call at once with its reason, whatever it waits for", async () => {
    const proxy = await held(startFaultProxy(controlPlane().server));
    const cluster = await connected(asAdmin(proxy.url));
    const core = cluster.api(CoreV1);
    const reason = new Error("enough");
    const abortSoon = (): AbortSignal => {
      const stop = new AbortController();
      setTimeout(() => stop.abort(reason), 50);
      return stop.signal;
    };
    proxy.blackHole();
    const dialling = await failureOf(core.namespaces.list({ signal: abortSoon() }));
    await proxy.heal();
    await core.namespaces.list();
    proxy.blackHole();
    const waiting = await failureOf(core.namespaces.list({ signal: abortSoon() }));
    for (const { error, ms } of [dialling, waiting]) {
      expect(error).toBe(reason);
      // Sooner than a handshake or a ping would be given up.
      expect(ms).toBeLessThan(5000);
    }
  });
});
