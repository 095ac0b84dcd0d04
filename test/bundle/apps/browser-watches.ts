import { CoreV1 } from "@kubewright/api/core/v1";
import { connectProxy, createStore } from "@kubewright/browser";
import { informer } from "@kubewright/runtime";

/** What a dashboard with shared watches is made of. */
export function main(baseUrl: string): unknown {
  const cluster = connectProxy({ baseUrl });
  return createStore(informer(cluster.api(CoreV1).pods));
}
