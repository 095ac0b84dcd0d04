import { type ApiServer, startApiServer } from "@kubewright/testing";
import type { ConnectOptions } from "kubewright";
import type { TourArguments } from "./arguments.ts";

/** Where the tour takes place. */
export interface Place {
  readonly connection: Pick<ConnectOptions, "kubeconfig" | "kubeconfigText" | "context">;
  /** The API server in this process, which knows no apply and no definitions, and where nobody runs pods; undefined on a whole cluster. */
  readonly api: ApiServer | undefined;
  /** True when it ends with the tour, and nothing in it needs to be taken back. */
  readonly temporary: boolean;
  close(): Promise<void>;
}

/** The cluster that the arguments name, else an API server or a control plane that ends with the tour. */
export async function openPlace({ real, kubeconfig, context }: TourArguments): Promise<Place> {
  if (kubeconfig !== undefined) {
    return { connection: { kubeconfig, context }, api: undefined, temporary: false, close: () => Promise.resolve() };
  }
  return real ? openControlPlane() : openApiServer();
}

async function openApiServer(): Promise<Place> {
  const started = performance.now();
  const api = await startApiServer();
  const ms = (performance.now() - started).toFixed(0);
  console.log(`An API server has started in this process, in ${ms} ms: @kubewright/testing.`);
  return { connection: { kubeconfigText: api.kubeconfig }, api, temporary: true, close: () => api.close() };
}

async function openControlPlane(): Promise<Place> {
  console.log("Starting a real Kubernetes control plane on this machine (its first build takes minutes) …");
  const { startControlPlane } = await import("../../test/controlplane/start.ts");
  const controlPlane = await startControlPlane({ say: console.log });
  return {
    connection: { kubeconfig: controlPlane.admin.kubeconfig },
    api: undefined,
    temporary: true,
    close: () => controlPlane.stop(),
  };
}
