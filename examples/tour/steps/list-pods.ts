import { CoreV1 } from "kubewright/core/v1";
import { call, heading, line, table } from "../print.ts";
import type { Tour } from "../tour.ts";

export async function listPods({ cluster, namespace }: Tour): Promise<void> {
  heading("Lists");
  const pods = cluster.api(CoreV1).pods.in(namespace);
  call('const { items } = await pods.list({ labelSelector: "app=clock" })');
  const { items, metadata } = await pods.list({ labelSelector: "app=clock" });
  for (const pod of items) line(`${pod.metadata.name}: ${pod.status.phase}, ${pod.status.podIP ?? "no address"}`);
  line(`${items.length} pods at resourceVersion ${metadata.resourceVersion}`);

  call("await pods.table()   // the columns of kubectl get");
  const { columnDefinitions, rows } = await pods.table();
  const shown = columnDefinitions.flatMap(({ priority }, i) => (priority === 0 ? [i] : []));
  table(
    shown.map((i) => columnDefinitions[i]!.name),
    rows.map(({ cells }) => shown.map((i) => cells[i])),
  );
}
