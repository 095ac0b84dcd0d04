import { type ConfigMap, CoreV1 } from "@kubewright/api/core/v1";
import type { Cluster, Stored } from "@kubewright/core";

/** ConfigMaps of a namespace that come, change and go. */
export interface ChangingMaps {
  /** Makes a few changes of each sort. */
  change(): Promise<void>;
  /** As they are at the API server. */
  list(): Promise<readonly Stored<ConfigMap>[]>;
}

/** Begins with none of its own. */
export function changingMaps(cluster: Cluster, namespace = "default"): ChangingMaps {
  const maps = cluster.api(CoreV1).configMaps.in(namespace);
  let count = 0;
  return {
    async change() {
      const round = ++count;
      for (const name of ["a", "b", "c"]) await maps.create({ metadata: { name: `${name}-${round}` } });
      await maps.patch(`a-${round}`, { merge: { data: { round: String(round) } } });
      await maps.delete(`b-${round}`);
      if (round > 1) {
        await maps.delete(`c-${round - 1}`);
        await maps.patch(`a-${round - 1}`, { merge: { data: { round: String(round) } } });
      }
    },
    list: async () => (await maps.list()).items,
  };
}
