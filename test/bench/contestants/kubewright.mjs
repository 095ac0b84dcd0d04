import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

export async function open({ kubeconfig, protocol }) {
  const cluster = await connect({ kubeconfig, protocol });
  const configMaps = cluster.api(CoreV1).configMaps.in("default");
  return { get: (name) => configMaps.get(name), close: () => cluster.close() };
}
