import { constants } from "node:http2";
import { setTimeout as sleep } from "node:timers/promises";

import type { Cluster } from "@kubewright/core";
import { ConnectionError, isAlreadyExists } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

import { until } from "../support/api-request.ts";
import { createAuthority, type TestAuthority } from "../support/certificates.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import { type Relay, startRelay } from "../support/relay.ts";
import {
  asAdmin,
  closing,
  clusterCa,
  connecting,
  controlPlane,
  measured,
  ownNamespace,
  secondServer,
} from "./support.ts";

const held = closing();
const connected = connecting();
const own = ownNamespace();

interface Load {
  reads: number;
  readonly failures: unknown[];
  readonly slowest: number;
  stop(): Promise<void>;
}

/** Readers that get, list and stream pages without a pause. */
function startReading(cluster: Cluster, readers: number): Load {
  const core = cluster.api(CoreV1);
  const load = { reads: 0, failures: [] as unknown[], slowest: 0, stop: async () => {} };
  let going = true;
  const kinds = [
    () => core.namespaces.get("default"),
    () => core.namespaces.list(),
    async () => {
      for await (const _ of core.configMaps.each({ limit: 3 }));
    },
  ];
  const all = Array.from({ length: readers }, async (_, i) => {
    while (going) {
      const began = performance.now();
      try {
        await kinds[i % kinds.length]?.();
        load.reads += 1;
      } catch (error) {
        load.failures.push(error);
        await sleep(10);
      }
      load.slowest = Math.max(load.slowest, performance.now() - began);
    }
  });
  load.stop = async () => {
    going = false;
    await Promise.all(all);
  };
  // Also where the test fails before it stops them.
  onTestFinished(load.stop);
  return load;
}

describe.each(["auto", "http/1.1"] as const)("failover to the other API server over %s", (protocol) => {
  test.each(["reset", "fin"] as const)(
    "by %s of every connection: reads lose nothing, watches can go on where they were",
    async (how) => {
      const proxy = await held(startFaultProxy(controlPlane().server));
      const cluster = await connected({ ...asAdmin(proxy.url), protocol });
      const configMaps = cluster.api(CoreV1).configMaps.in(own.namespace);
      const load = startReading(cluster, 12);
      let { resourceVersion } = (await configMaps.list()).metadata;
      const seen: string[] = [];
      const stop = new AbortController();
      let watches = 0;
      const watching = (async () => {
        while (!stop.signal.aborted) {
          watches += 1;
          try {
            for await (const { object } of configMaps.watch({ resourceVersion, signal: stop.signal })) {
              const { name, resourceVersion: version } = (
                object as { metadata: { name: string; resourceVersion: string } }
              ).metadata;
              resourceVersion = version;
              if (name.startsWith("moves-")) seen.push(name);
            }
          } catch (error) {
            if (!stop.signal.aborted && !(error instanceof ConnectionError)) throw error;
          }
        }
      })();

      const direct = await connected(asAdmin());
      for (let i = 0; i < 6; i++) {
        await direct
          .api(CoreV1)
          .configMaps.in(own.namespace)
          .create({ metadata: { name: `moves-${how}-${protocol.slice(0, 4)}-${i}` } });
        // Each cut has some four reads sent again, which the budget of a tenth of all calls must allow on a slow machine too.
        const before = load.reads;
        await until(() => load.reads >= before + 40, 30_000);
        proxy.switchTo(i % 2 === 0 ? secondServer() : controlPlane().server);
        proxy[how]();
      }
      await until(() => seen.length === 6, 10_000);
      await load.stop();
      stop.abort();
      await watching;
      measured(
        `failover (${how}, ${protocol}) 6 times`,
        `${load.reads} reads, ${load.failures.length} failed, slowest ${Math.round(load.slowest)} ms, ${watches} watches`,
      );
      expect(load.failures).toEqual([]);
      expect(load.slowest).toBeLessThan(3000);
      expect(new Set(seen).size).toBe(6);
      for (const name of seen) await direct.api(CoreV1).configMaps.in(own.namespace).delete(name);
    },
  );
});

describe("an HTTP/2 proxy in between", () => {
  let authority: TestAuthority;
  beforeAll(() => {
    authority = createAuthority();
  });
  afterAll(() => authority.remove());

  async function startWith(
    maxConcurrentStreams?: number,
  ): Promise<{ readonly relay: Relay; readonly cluster: Cluster }> {
    const relay = await held(
      startRelay({
        upstream: controlPlane().server,
        upstreamCa: clusterCa(),
        certificate: authority.issue(),
        ...(maxConcurrentStreams === undefined ? {} : { maxConcurrentStreams }),
      }),
    );
    return { relay, cluster: await connected({ ...asAdmin(relay.url), ca: authority.ca }) };
  }

  test("GOAWAY every 100 ms under load: nothing fails, reads and writes alike, and no write is done twice", async () => {
    const { relay, cluster } = await startWith();
    const load = startReading(cluster, 12);
    const configMaps = cluster.api(CoreV1).configMaps.in(own.namespace);
    let going = true;
    const goingAway = (async () => {
      while (going) {
        await sleep(100);
        relay.goAway();
      }
    })();
    const twice: unknown[] = [];
    for (let i = 0; i < 150; i++) {
      await configMaps.create({ metadata: { name: `goaway-${i}` } }).catch((error: unknown) => twice.push(error));
    }
    going = false;
    await goingAway;
    await load.stop();
    measured(
      "GOAWAY every 100 ms",
      `${load.reads} reads, 150 creates, ${load.failures.length + twice.length} failed, ${relay.accepted} connections`,
    );
    expect(load.failures).toEqual([]);
    expect(twice).toEqual([]);
    expect(relay.accepted).toBeGreaterThan(5);
    await configMaps.deleteCollection({ fieldSelector: "metadata.name!=kube-root-ca.crt" });
    await cluster.close();
    await until(() => relay.open === 0);
  });

  test("GOAWAY under a watch: it goes on to its end, requests take another connection", async () => {
    const { relay, cluster } = await startWith();
    const core = cluster.api(CoreV1);
    const watch = core.configMaps.in(own.namespace).watch({ timeoutSeconds: 3, fieldSelector: "metadata.name=late" });
    const names: string[] = [];
    const watching = (async () => {
      for await (const { object } of watch) names.push((object as { metadata: { name: string } }).metadata.name);
    })();
    await until(() => relay.requests.length === 1);
    await sleep(200);
    relay.goAway();
    await core.configMaps.in(own.namespace).create({ metadata: { name: "late" } });
    await watching;
    expect(names).toEqual(["late"]);
    expect(relay.accepted).toBe(2);
    await core.configMaps.in(own.namespace).delete("late");
  });

  test("connections that break with an error under load: reads lose nothing; a write fails or is done once", async () => {
    const { relay, cluster } = await startWith();
    const load = startReading(cluster, 8);
    const configMaps = cluster.api(CoreV1).configMaps.in(own.namespace);
    let going = true;
    let cuts = 0;
    const breaking = (async () => {
      // Each cut has eight reads sent again, and a tenth of all may be: however slow the machine, so many come before the next.
      for (let enough = 100; going;) {
        await sleep(300);
        if (load.reads < enough) continue;
        relay.abort(constants.NGHTTP2_INTERNAL_ERROR);
        cuts += 1;
        enough = load.reads + 100;
      }
    })();
    let failed = 0;
    let creates = 0;
    for (const end = performance.now() + 2000; performance.now() < end || cuts < 3; creates++) {
      const name = `broken-${creates}`;
      try {
        await configMaps.create({ metadata: { name } });
      } catch (error) {
        failed += 1;
        expect(error).toBeInstanceOf(ConnectionError);
        // Whether it was done can be asked, as the message says; it is never sent twice by itself.
        await configMaps.create({ metadata: { name } }).catch((again: unknown) => {
          if (!(again instanceof ConnectionError) && !isAlreadyExists(again)) throw again;
        });
      }
    }
    going = false;
    await breaking;
    await load.stop();
    measured(
      "connections broken with INTERNAL_ERROR every 300 ms",
      `${cuts} cuts, ${load.reads} reads, ${load.failures.length} failed; ${creates} creates, ${failed} failed`,
    );
    expect(load.failures).toEqual([]);
    await configMaps.deleteCollection({ fieldSelector: "metadata.name!=kube-root-ca.crt" });
  });

  test("a limit of 5 streams: 60 requests and 30 watches at once all run", async () => {
    const { relay, cluster } = await startWith(5);
    const core = cluster.api(CoreV1);
    const stop = new AbortController();
    const events = Array.from({ length: 30 }, () =>
      core.namespaces.watch({ signal: stop.signal })[Symbol.asyncIterator](),
    );
    await Promise.all(events.map((event) => event.next()));
    await Promise.all(Array.from({ length: 60 }, () => core.namespaces.get("default")));
    measured("connections for 30 watches and 60 requests at 5 streams each", relay.accepted);
    stop.abort();
    expect(relay.accepted).toBeLessThan(60);
  });
});
