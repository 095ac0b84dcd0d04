import { AppsV1, type Deployment } from "kubewright/apps/v1";
import { CoreV1 } from "kubewright/core/v1";
import { deleteNamespace } from "../delete-namespace.ts";
import { call, done, heading } from "../print.ts";
import type { Tour } from "../tour.ts";

const talk = 'i=0; while true; do i=$((i + 1)); echo "tick $i"; sleep 1; done';

const deployment: Deployment = {
  metadata: { name: "clock", labels: { app: "clock" } },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: "clock" } },
    template: {
      metadata: { labels: { app: "clock" } },
      spec: {
        terminationGracePeriodSeconds: 1,
        containers: [{ name: "clock", image: "busybox:1.37", command: ["sh", "-c", talk] }],
      },
    },
  },
};

export async function createDeployment({ cluster, namespace, undo }: Tour): Promise<void> {
  heading("A namespace and a Deployment");
  const { namespaces } = cluster.api(CoreV1);
  call(`await cluster.api(CoreV1).namespaces.create({ metadata: { name: "${namespace}" } })`);
  await namespaces.create({ metadata: { name: namespace } });
  undo(`the namespace ${namespace}`, (later) => deleteNamespace(later, namespace));
  done(`Namespace ${namespace}`);

  call(`await cluster.api(AppsV1).deployments.in("${namespace}").create(deployment)`);
  const { metadata, spec } = await cluster.api(AppsV1).deployments.in(namespace).create(deployment);
  done(`Deployment ${metadata.name} with ${spec.replicas} replicas, uid ${metadata.uid}`);
}
