// What reading all pods costs in a fresh process, and then, for a list, once its code is compiled. Needs --expose-gc.
// Arguments: the contestant's module, what its open() takes, `list` or `each`, and how often again.
import { monitorEventLoopDelay } from "node:perf_hooks";

const [module, options, task, again] = process.argv.slice(2);
const { open } = await import(module);
const client = await open(JSON.parse(options));
await client.pods(2); // connects

let kept;

async function read() {
  if (task === "list") {
    kept = await client.pods();
    if (kept[0].metadata.name === "") throw new Error("not what was asked for");
    return kept.length;
  }
  let count = 0;
  await client.eachPod((pod) => {
    if (pod.metadata.name !== "") count++;
  });
  return count;
}

/** What reading them costs now; what was read before is let go of first, at nobody's cost. */
async function measured() {
  kept = undefined;
  gc();
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const rss = process.memoryUsage.rss();
  const before = process.cpuUsage();
  const started = performance.now();
  const count = await read();
  const wall = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  await new Promise((resolve) => setTimeout(resolve, 5)); // the last stall is seen by the timer after it
  loop.disable();
  const peak = process.resourceUsage().maxRSS * 1024 - rss;
  return { count, wall, cpu: (user + system) / 1000, peak, stall: loop.percentile(99.9) / 1e6 };
}

const cold = await measured();
const warm = [];
for (let i = 0; i < Number(again); i++) warm.push(await measured());
process.send({ cold, warm });
await client.close();
process.disconnect();
