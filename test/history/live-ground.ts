import { readFileSync } from "node:fs";
import { type ControlPlane, startControlPlane } from "../controlplane/start.ts";
import { rawApi, type RawApi } from "../support/raw-api.ts";
import { type SharedWorkerThread, startSharedWorker } from "../support/shared-worker.ts";
import { defineWidgets } from "./widgets.ts";

/** Real servers that may be killed, and how to reach them. */
export interface LiveGround {
  readonly plane: ControlPlane;
  /** Both that are killed in turn, and the one without a watch cache, which stays. */
  readonly servers: readonly [first: string, second: string, withoutCache: string];
  /** Straight to the server that stays. */
  readonly api: RawApi;
  /** PEM. */
  readonly ca: string;
  /** Holds the watches of pages. */
  readonly sharedWorker: SharedWorkerThread["worker"];
  stop(): Promise<void>;
}

/** Starts a control plane of two API servers and one without a watch cache. */
export async function startLiveGround(): Promise<LiveGround> {
  const plane = await startControlPlane({ apiOnly: true, second: true, noWatchCache: true });
  const { server, secondServer, noWatchCacheServer, caFile, admin } = plane;
  const servers = [server, secondServer?.server ?? "", noWatchCacheServer?.server ?? ""] as const;
  const [first, second, api] = servers.map((one) => rawApi({ server: one, caFile, token: admin.token })) as [
    RawApi,
    RawApi,
    RawApi,
  ];
  await defineWidgets([api, first, second]);
  first.close();
  second.close();
  const worker = startSharedWorker();
  return {
    plane,
    sharedWorker: worker.worker,
    servers,
    api,
    ca: readFileSync(caFile, "utf8"),
    async stop() {
      api.close();
      await worker.close();
      await plane.stop();
    },
  };
}
