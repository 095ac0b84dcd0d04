import { connectProxy } from "@kubewright/browser";

/** The cluster behind this page's own server. */
export const cluster = connectProxy({ baseUrl: "/k8s" });
