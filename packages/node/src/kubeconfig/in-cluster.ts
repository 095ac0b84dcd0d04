import { ConfigError } from "@kubewright/core";
import { emptyCluster } from "./override.ts";
import type { ClusterDraft } from "./read-cluster.ts";
import { anonymous } from "./read-user.ts";
import { fileProblem } from "../settings/file-problem.ts";
import type { ResolvedUser } from "../settings/resolved.ts";
import type { Surroundings } from "../settings/surroundings.ts";

/** Where the kubelet puts a pod's service account. */
export const serviceAccountDir = "/var/run/secrets/kubernetes.io/serviceaccount";

/** What a pod knows of its cluster. */
export interface PodConfig {
  readonly cluster: ClusterDraft;
  readonly user: ResolvedUser;
  readonly namespace: string;
}

/**
 * The configuration of a pod, from its environment and service account (client-go rest.InClusterConfig); a text that says what is
 * missing when this is not a pod.
 */
export async function readPodConfig(around: Surroundings): Promise<PodConfig | string> {
  const { env } = around;
  const [host, port] = [env["KUBERNETES_SERVICE_HOST"], env["KUBERNETES_SERVICE_PORT"]];
  if (!host || !port) {
    const missing = [...(host ? [] : ["KUBERNETES_SERVICE_HOST"]), ...(port ? [] : ["KUBERNETES_SERVICE_PORT"])];
    return `${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} not set, so this is not a pod`;
  }
  const [token, ca, namespace] = await Promise.all(
    ["token", "ca.crt", "namespace"].map((name) => readPodFile(`${serviceAccountDir}/${name}`, around)),
  );
  if (token === undefined) {
    return `this is a pod, but ${serviceAccountDir}/token is missing (automountServiceAccountToken: false?)`;
  }
  return {
    cluster: {
      ...emptyCluster,
      server: `https://${host.includes(":") ? `[${host}]` : host}:${port}`,
      // As client-go: without the file the system's authorities count.
      ca: ca === undefined ? undefined : { file: `${serviceAccountDir}/ca.crt` },
    },
    user: { ...anonymous, tokenFile: `${serviceAccountDir}/token` },
    namespace: env["POD_NAMESPACE"] || namespace?.trim() || "default",
  };
}

async function readPodFile(path: string, around: Surroundings): Promise<string | undefined> {
  try {
    const bytes = await around.readFile(path);
    return bytes && Buffer.from(bytes).toString("utf8");
  } catch (error) {
    const problem = fileProblem(error, "check the user and fsGroup of the pod");
    throw new ConfigError(`Unreadable service account: ${path} ${problem}`, { cause: error });
  }
}
