import { connectProxy } from "@kubewright/browser";
import { warn } from "./app/warnings.ts";

/** The cluster behind this page's own server. Its tabs share what they watch. */
export const cluster = connectProxy({
  baseUrl: "/k8s",
  onWarning: warn,
  worker: () => new SharedWorker(new URL("./watches.ts", import.meta.url), { type: "module" }),
});
