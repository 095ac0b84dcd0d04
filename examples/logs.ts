// Follows the logs of all pods of a selector, also of those that come, until Ctrl-C: node examples/logs.ts SELECTOR [NAMESPACE]
import { connect, type LogEvent, logs } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

const [labelSelector, namespace] = process.argv.slice(2);
if (labelSelector === undefined) throw new Error("usage: node examples/logs.ts SELECTOR [NAMESPACE]");

const cluster = await connect();
const lines = logs(cluster.api(CoreV1).pods.in(namespace), {
  labelSelector,
  follow: true,
  tailLines: 20,
  onEvent: (event) => console.error(`${event.pod}/${event.container}: ${what(event)}`),
});
process.once("SIGINT", () => void lines.close());
for await (const { pod, container, line } of lines) console.log(`${pod}/${container}: ${line}`);
await cluster.close();

function what(event: LogEvent): string {
  switch (event.type) {
    case "gap":
      return `lines are missing after ${event.after ?? "its beginning"}: ${event.why}`;
    case "failed":
      return `trying again: ${event.error.message}`;
    case "waiting":
    case "skipped":
      return `${event.type}: ${event.reason}`;
    default:
      return `${event.type}, run ${event.run}`;
  }
}
