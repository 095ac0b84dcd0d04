import { eventually } from "../support/eventually.ts";
import type { RawApi } from "../support/raw-api.ts";
import { compareVersions, trueHistory, type TrueHistory, type TrueObject } from "./true-history.ts";

/** The true history of a collection on a real server, by a watch without a client library. */
export interface LiveTruth {
  readonly history: TrueHistory;
  /** Waits until it is known up to this version of an object. */
  reaches(resourceVersion: string): Promise<void>;
  stop(): void;
}

/** Begins to record a collection that is empty. `api` must be a server that stays. */
export async function liveTruth(api: RawApi, path: string): Promise<LiveTruth> {
  const history = trueHistory();
  const { text } = await api.send("GET", path);
  const { metadata, items } = JSON.parse(text) as { metadata: { resourceVersion: string }; items: unknown[] };
  if (items.length > 0) throw new Error(`${path} is not empty`);
  let broken: Error | undefined;
  const watch = await api.watch(`${path}?watch=1&resourceVersion=${metadata.resourceVersion}`, (part) => {
    const line = part.toString();
    const { type, object } = JSON.parse(line) as { type: string; object: TrueObject };
    if (type === "ADDED" || type === "MODIFIED") history.put(object);
    else if (type === "DELETED") history.delete(object);
    else broken = new Error(`the watch of the true history broke: ${line}`);
  });
  let stopped = false;
  void watch.ended.then(
    () => (broken ??= stopped ? undefined : new Error("the watch of the true history ended")),
    (error: Error) => (broken ??= error),
  );
  return {
    history,
    async reaches(version) {
      await eventually(() => {
        if (broken !== undefined) throw broken;
        const last = history.commits.at(-1)?.resourceVersion;
        return (last !== undefined && compareVersions(last, version) >= 0) || undefined;
      }, `the true history reaches ${version}`);
    },
    stop() {
      stopped = true;
      watch.close();
    },
  };
}
