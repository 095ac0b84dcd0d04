import { connectProxy } from "@kubewright/browser";

/** The cluster behind this page's own server. Its tabs share what they watch. */
export const cluster = connectProxy({
  baseUrl: "/k8s",
  worker: () => new SharedWorker(new URL("./watches.ts", import.meta.url), { type: "module" }),
});
