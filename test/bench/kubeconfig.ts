import type { ServerOptions } from "./contestants.ts";

/** What a contestant reads that takes a kubeconfig. */
export function kubeconfigFor({ server, ca, token }: Omit<ServerOptions, "kubeconfig">): object {
  const authority = Buffer.from(ca).toString("base64");
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "bench", cluster: { server, "certificate-authority-data": authority } }],
    users: [{ name: "bench", user: { token } }],
    contexts: [{ name: "bench", context: { cluster: "bench", user: "bench" } }],
    "current-context": "bench",
  };
}
