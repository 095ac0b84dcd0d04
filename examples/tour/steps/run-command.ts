import { CoreV1 } from "kubewright/core/v1";
import { call, done, heading } from "../print.ts";
import type { Tour } from "../tour.ts";

export async function runCommand({ cluster, namespace }: Tour, pod: string): Promise<void> {
  heading("A command in one of them");
  const pods = cluster.api(CoreV1).pods.in(namespace);
  const stdin = "one\ntwo\nthree\n";
  call(`await pods.exec("${pod}", { command: ["sh", "-c", "wc -l; exit 3"], stdin }).output()`);
  const { stdout, exitCode } = await pods.exec(pod, { command: ["sh", "-c", "wc -l; exit 3"], stdin }).output();
  done(`It counted ${stdout.trim()} lines and ended with exit code ${exitCode}`);
}
