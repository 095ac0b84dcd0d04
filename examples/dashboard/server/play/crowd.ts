import type { Cluster } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { nodes } from "./actors.ts";

/** How many are created at once. */
const hands = 16;

/** Adds `count` pods that run and do nothing more, over ten namespaces, unless `signal` aborts meanwhile. */
export async function gatherCrowd(cluster: Cluster, count: number, signal: AbortSignal): Promise<void> {
  const core = cluster.api(CoreV1);
  const places = Object.keys(nodes);
  const namespaces = Array.from({ length: 10 }, (_, index) => `crowd-${index}`);
  if (count > 0) for (const name of namespaces) await core.namespaces.create({ metadata: { name } });
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < count && !signal.aborted; index = next++) {
      const pods = core.pods.in(namespaces[index % namespaces.length]);
      const name = `extra-${String(index).padStart(5, "0")}`;
      const container = { name: "main", image: "registry.example/extra:1.0.0" };
      await pods.create({
        metadata: { name, labels: { app: "extra" } },
        spec: { nodeName: places[index % places.length]!, containers: [container] },
      });
      const startedAt = new Date().toISOString();
      await pods.status.patch(name, {
        merge: {
          status: {
            phase: "Running",
            startTime: startedAt,
            conditions: [{ type: "Ready", status: "True", lastTransitionTime: startedAt }],
            containerStatuses: [
              { ...container, imageID: "", ready: true, restartCount: 0, state: { running: { startedAt } } },
            ],
          },
        },
      });
    }
  };
  await Promise.all(Array.from({ length: hands }, worker));
}
