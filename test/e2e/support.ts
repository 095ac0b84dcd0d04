import { connect, type ConnectOptions } from "kubewright";
import type { Cluster } from "@kubewright/core";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, beforeAll, inject } from "vitest";

/** A connection of the admin, closed after the file's tests. */
export function adminCluster(options: ConnectOptions = {}): { readonly cluster: Cluster } {
  const held = {} as { cluster: Cluster };
  beforeAll(async () => {
    held.cluster = await connect({ kubeconfig: inject("controlPlane").admin.kubeconfig, ...options });
  });
  afterAll(() => held.cluster.close());
  return held;
}

/** A namespace of the test file's own, deleted after its tests; `held` gives the connection. In `streams-` pods run on both servers. */
export function ownNamespace(
  held: { readonly cluster: Cluster },
  generateName: "test-" | "streams-" = "test-",
): { readonly namespace: string } {
  const made = {} as { namespace: string };
  beforeAll(async () => {
    const { metadata } = await held.cluster.api(CoreV1).namespaces.create({ metadata: { generateName } });
    made.namespace = metadata.name;
  });
  afterAll(() => held.cluster.api(CoreV1).namespaces.delete(made.namespace));
  return made;
}
