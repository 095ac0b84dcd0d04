import { CoreV1, type Pod } from "kubewright/core/v1";
import { call, done, heading, line } from "../print.ts";
import type { Tour } from "../tour.ts";

const patience = 90;

/** Watches the Deployment's pods until as many are ready; gives their names. */
export async function watchPods({ cluster, namespace }: Tour, wanted: number): Promise<readonly string[]> {
  heading("Its pods come up, watched live");
  const pods = cluster.api(CoreV1).pods.in(namespace);
  call(`for await (const { type, object } of pods.watch({ labelSelector: { app: "clock" } })) …`);
  const started = performance.now();
  const ready = new Set<string>();
  const shown = new Map<string, string>();
  // The server ends the watch when patience does.
  for await (const event of pods.watch({ labelSelector: { app: "clock" }, timeoutSeconds: patience })) {
    if (event.type === "BOOKMARK") continue;
    const { name } = event.object.metadata;
    const text = `${event.type.padEnd(8)}  ${name}  ${stateOf(event.object)}`;
    const seconds = ((performance.now() - started) / 1000).toFixed(2).padStart(6);
    // Much of what changes in a pod is of no interest here.
    if (shown.get(name) !== text) line(`${seconds} s  ${text}`);
    shown.set(name, text);
    if (event.type !== "DELETED" && isReady(event.object)) ready.add(name);
    else ready.delete(name);
    if (ready.size === wanted) {
      // Leaving the loop closes the connection.
      done(`${wanted} pods are ready`);
      return [...ready];
    }
  }
  throw new Error(`Only ${ready.size} of ${wanted} pods were ready after ${patience} seconds`);
}

function isReady({ status }: Pod): boolean {
  return status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True") ?? false;
}

function stateOf(pod: Pod): string {
  const { phase, containerStatuses = [] } = pod.status ?? {};
  const waiting = containerStatuses.flatMap(({ state }) => state?.waiting?.reason ?? []);
  if (waiting.length > 0) return `${phase} (${waiting.join(", ")})`;
  if (isReady(pod)) return `${phase}, ready`;
  return pod.spec?.nodeName === undefined ? `${phase}, no node yet` : `${phase} on ${pod.spec.nodeName}`;
}
