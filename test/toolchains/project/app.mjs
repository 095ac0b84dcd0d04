// What most programs do: a kubeconfig in YAML with a credential plugin, lists and watches in protobuf, writing, a manifest, an error, a watch, a command in a pod.
import { connect, isKubeError, isNotFound, parseManifest } from "kubewright";
import { AppsV1 } from "kubewright/apps/v1";
import { CoreV1 } from "kubewright/core/v1";

export async function run(kubeconfig) {
  const cluster = await connect({ kubeconfig });
  try {
    const core = cluster.api(CoreV1);
    const pods = core.pods.in("default");
    const { items } = await pods.list({ labelSelector: { app: "web" } });
    const error = await pods.get("none").catch((caught) => caught);
    const [manifest] = await parseManifest(
      "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata:\n  a: b\n",
    );
    const { data } = await core.configMaps.in("default").create(manifest);
    const { spec } = await cluster
      .api(AppsV1)
      .deployments.in("default")
      .apply({ metadata: { name: "web" }, spec: { replicas: 3 } }, { fieldManager: "toolchains" });
    const seen = [];
    for await (const event of pods.watch()) {
      seen.push(event.type);
      if (seen.length === 2) break;
    }
    const { stdout, exitCode } = await pods.exec("web-0", { command: ["say"], stdin: "it" }).output();
    const read = [items[0].metadata.name, isKubeError(error) && isNotFound(error), data.a, spec.replicas];
    return [...read, ...seen, stdout, exitCode].join(" ");
  } finally {
    await cluster.close();
  }
}
