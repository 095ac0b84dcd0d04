import { CoreV1 } from "kubewright/core/v1";
import { portForward } from "kubewright/port-forward";
import { call, done, heading } from "../print.ts";
import type { Tour } from "../tour.ts";

export async function forwardPort({ cluster, namespace }: Tour, pod: string): Promise<void> {
  heading("A request to a port of it");
  const pods = cluster.api(CoreV1).pods.in(namespace);
  call(`const forward = await portForward(pods, "${pod}", { ports: [{ local: 0, remote: 8080 }] })`);
  const forward = await portForward(pods, pod, { ports: [{ local: 0, remote: 8080 }] });
  try {
    const [{ local } = { local: 0 }] = forward.ports;
    call("await fetch(`http://127.0.0.1:${forward.ports[0].local}/`)");
    const answer = await fetch(`http://127.0.0.1:${local}/`);
    done(`${answer.status} ${answer.statusText}: ${await answer.text()}`);
  } finally {
    await forward.close();
  }
}
