import { CoreV1 } from "kubewright/core/v1";
import { call, heading, line } from "../print.ts";
import type { Tour } from "../tour.ts";

export async function clusterInfo({ cluster }: Tour): Promise<void> {
  heading("The cluster");
  call("await cluster.version()");
  const { gitVersion, platform } = await cluster.version();
  line(`Kubernetes ${gitVersion} on ${platform}`);

  call("await cluster.info()");
  const { controlPlane, services } = await cluster.info();
  line(`Control plane: ${controlPlane}`);
  for (const { name, url } of services) line(`${name}: ${url}`);

  call("await cluster.api(CoreV1).nodes.list({ limit: 5 })");
  const { items } = await cluster.api(CoreV1).nodes.list({ limit: 5 });
  for (const { metadata, status } of items) {
    line(`Node ${metadata.name}: ${status.nodeInfo?.kubeletVersion ?? "?"}, ${status.capacity?.["cpu"] ?? "?"} CPUs`);
  }
}
