import { CoreV1 } from "kubewright/core/v1";
import { call, heading, line } from "../print.ts";
import type { Tour } from "../tour.ts";

export async function followLog({ cluster, namespace }: Tour, pod: string): Promise<void> {
  heading("What one of them says");
  call(`for await (const text of pods.log("${pod}", { follow: true, timestamps: true })) …`);
  let count = 0;
  for await (const text of cluster.api(CoreV1).pods.in(namespace).log(pod, { follow: true, timestamps: true })) {
    line(text);
    count++;
    if (count === 3) return;
  }
  throw new Error(`The log of ${pod} ended after ${count} lines`);
}
