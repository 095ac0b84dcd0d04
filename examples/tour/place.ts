import type { ConnectOptions } from "kubewright";
import type { TourArguments } from "./arguments.ts";

/** Where the tour takes place. */
export interface Place {
  readonly connection: Pick<ConnectOptions, "kubeconfig" | "context">;
  /** True when it ends with the tour, and nothing in it needs to be taken back. */
  readonly temporary: boolean;
  close(): Promise<void>;
}

/** The cluster that the arguments name, else a control plane that ends with the tour. */
export async function openPlace({ kubeconfig, context }: TourArguments): Promise<Place> {
  if (kubeconfig !== undefined) {
    return { connection: { kubeconfig, context }, temporary: false, close: () => Promise.resolve() };
  }
  console.log("Starting a real Kubernetes control plane on this machine (its first build takes minutes) …");
  const { startControlPlane } = await import("../../test/controlplane/start.ts");
  const controlPlane = await startControlPlane({ say: console.log });
  return {
    connection: { kubeconfig: controlPlane.admin.kubeconfig },
    temporary: true,
    close: () => controlPlane.stop(),
  };
}
