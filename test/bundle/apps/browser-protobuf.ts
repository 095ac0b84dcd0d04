import { CoreV1 } from "@kubewright/api/core/v1";
import { createCluster, createWebTransport } from "@kubewright/core/web";

/** What reads lists and watches in protobuf. Gives what it saw. */
export async function main(fetch: typeof globalThis.fetch): Promise<Record<string, unknown>> {
  const cluster = createCluster({
    transport: createWebTransport({ server: "https://cluster.test/k8s", fetch }),
    protobuf: () => import("@kubewright/protobuf").then(({ protobuf }) => protobuf),
  });
  const pods = cluster.api(CoreV1).pods.in("default");
  const { items } = await pods.list();
  const events = [];
  for await (const event of pods.watch()) if (events.push(event.type) === 2) break;
  await cluster.close();
  return { items, events };
}
