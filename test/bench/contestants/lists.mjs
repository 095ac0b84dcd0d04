// What reading all pods costs in a fresh process. Arguments: the contestant's module, what its open() takes, and `list` or `each`.
import { monitorEventLoopDelay } from "node:perf_hooks";

const [module, options, task] = process.argv.slice(2);
const { open } = await import(module);
const client = await open(JSON.parse(options));
await client.pods(2); // connects

const loop = monitorEventLoopDelay({ resolution: 1 });
loop.enable();
const rss = process.memoryUsage.rss();
const before = process.cpuUsage();
const started = performance.now();
let count = 0;
let kept;
if (task === "list") {
  kept = await client.pods();
  count = kept.length;
} else {
  await client.eachPod((pod) => {
    if (pod.metadata.name !== "") count++;
  });
}
const wall = performance.now() - started;
const { user, system } = process.cpuUsage(before);
await new Promise((resolve) => setTimeout(resolve, 5)); // the last stall is seen by the timer after it
loop.disable();
process.send({
  count,
  wall,
  cpu: (user + system) / 1000,
  peak: process.resourceUsage().maxRSS * 1024 - rss,
  stall: loop.percentile(99.9) / 1e6,
});
if (kept?.[0].metadata.name === "") throw new Error("not what was asked for");
await client.close();
process.disconnect();
