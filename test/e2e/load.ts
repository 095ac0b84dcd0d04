import { setTimeout } from "node:timers/promises";
import { connect, type ConnectOptions } from "kubewright";
import type { Cluster } from "@kubewright/core";
import { AuthenticationV1 } from "kubewright/authentication/v1";
import { CoreV1 } from "kubewright/core/v1";
import { eventually } from "../support/eventually.ts";

/** What happened under a load. */
export interface LoadReport {
  readonly calls: number;
  readonly failures: readonly string[];
  /** The credentials that the server saw, in order, each by its own id. */
  readonly credentials: readonly string[];
  /** ConfigMaps that were created, and of them those that not every watch saw. */
  readonly created: number;
  readonly missed: readonly string[];
  /** Attempts by status code, those that the caller never heard of too. */
  readonly codes: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

export interface Load {
  readonly cluster: Cluster;
  readonly codes: Readonly<Record<string, number>>;
  readonly calls: number;
  /** How often the server saw another credential than before. */
  readonly credentials: readonly string[];
  /** Ends it once `atLeast` calls were made, however long that takes, or one failed. Default 100. */
  stop(atLeast?: number): Promise<LoadReport>;
}

/**
 * Lists, creates and watches all the time through one connection: two readers, two that ask who they are (a POST), one that
 * creates ConfigMaps in a namespace that must exist, and watches that must see each of them.
 */
export async function startLoad(options: ConnectOptions, namespace: string, watches = 1): Promise<Load> {
  const codes: Record<string, number> = {};
  const warnings: string[] = [];
  const cluster = await connect({
    ...options,
    onWarning: (warning) => warnings.push(warning),
    metrics: {
      count: (name, { code = "" }) => {
        if (name === "rest_client_requests_total") codes[code] = (codes[code] ?? 0) + 1;
      },
      observe: () => undefined,
    },
  });
  const configMaps = cluster.api(CoreV1).configMaps.in(namespace);
  const reviews = cluster.api(AuthenticationV1).selfSubjectReviews;
  const failures: string[] = [];
  const credentials: string[] = [];
  const created: string[] = [];
  const stopped = new AbortController();
  const ended = new AbortController();
  let calls = 0;

  const again = async (pauseMs: number, work: () => Promise<void>): Promise<void> => {
    while (!stopped.signal.aborted) {
      try {
        await work();
        calls += 1;
      } catch (error) {
        failures.push(String(error));
      }
      await setTimeout(pauseMs);
    }
  };
  const watch = async (seen: Set<string>, from: string | undefined): Promise<void> => {
    let resourceVersion = from;
    while (!ended.signal.aborted) {
      try {
        for await (const { type, object } of configMaps.watch({ resourceVersion, signal: ended.signal })) {
          resourceVersion = object.metadata.resourceVersion;
          if (type === "ADDED") seen.add(object.metadata.name);
        }
      } catch (error) {
        if (!ended.signal.aborted) failures.push(`watch: ${String(error)}`);
      }
    }
  };

  const { metadata } = await configMaps.list();
  const seen = Array.from({ length: watches }, () => new Set<string>());
  const watching = seen.map((names) => watch(names, metadata.resourceVersion));
  const reader = (): Promise<void> => again(15, async () => void (await configMaps.list({ limit: 1 })));
  const asker = (): Promise<void> =>
    again(15, async () => {
      const { userInfo } = (await reviews.create({})).status ?? {};
      const id = userInfo?.extra?.["authentication.kubernetes.io/credential-id"]?.[0] ?? "none";
      if (!credentials.includes(id)) credentials.push(id);
    });
  const writer = again(50, async () => {
    const name = `load-${created.length}`;
    created.push(name);
    await configMaps.create({ metadata: { name } });
  });
  const working = [reader(), reader(), asker(), asker(), writer];

  return {
    cluster,
    codes,
    credentials,
    get calls() {
      return calls;
    },
    async stop(atLeast = 100) {
      const enough = (): boolean => calls > atLeast && created.length > atLeast / 20;
      await eventually(() => (enough() || failures.length > 0 ? true : undefined), `${atLeast} calls`);
      stopped.abort();
      await Promise.all(working);
      const missed = (): string[] => created.filter((name) => !seen.every((names) => names.has(name)));
      // The last events may still be on their way.
      for (let i = 0; i < 40 && missed().length > 0; i++) await setTimeout(50);
      ended.abort();
      await Promise.all(watching);
      await cluster.close();
      return { calls, failures, credentials, created: created.length, missed: missed(), codes, warnings };
    },
  };
}
