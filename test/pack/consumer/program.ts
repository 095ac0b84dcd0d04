// What a user writes on the first day; compiled against the installed packages, never run.
import { connect, isNotFound } from "kubewright";
import { AppsV1, type Deployment } from "kubewright/apps/v1";
import { CoreV1 } from "kubewright/core/v1";

export async function firstDay(): Promise<readonly string[]> {
  const cluster = await connect();
  const deployments = cluster.api(AppsV1).deployments.in("default");
  const pods = cluster.api(CoreV1).pods.in("default");
  try {
    const web: Deployment = await deployments.get("web");
    const { items } = await pods.list({ labelSelector: `app=${web.metadata?.name ?? "web"}` });
    return items.map((pod) => pod.metadata.name);
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  } finally {
    await cluster.close();
  }
}
