// Gives tests the pods of the namespace that ?namespace= names.
import { CoreV1, type PodResource } from "@kubewright/api/core/v1";
import { connectProxy } from "@kubewright/browser";

declare global {
  var pods: PodResource;
}

const namespace = new URL(location.href).searchParams.get("namespace") ?? "default";
globalThis.pods = connectProxy({ baseUrl: "/k8s" }).api(CoreV1).pods.in(namespace);
