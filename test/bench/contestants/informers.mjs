// A process of one contestant that keeps what a cluster has in its caches. Arguments: its module, and what its open() takes, as JSON.
// It does what it is told, and answers with what that cost. Needs --expose-gc.
import { costOf } from "./cost.mjs";

const [module, options] = process.argv.slice(2);
const { open } = await import(module);
const client = await open(JSON.parse(options));
await client.pods(2); // connects

const sequence = "example.com/sequence";
let changes = 0; // of this task
let wanted = { changes: Infinity, reached: () => {} };
let cache;

/** Resolves once that many changes more have come, with those that had come by `milliseconds` otherwise. */
function changesToCome(count, milliseconds = 120_000) {
  changes = 0;
  return new Promise((resolve) => {
    const late = setTimeout(resolve, milliseconds);
    wanted = { changes: count, reached: () => (clearTimeout(late), resolve()) };
  });
}

function changed() {
  if (++changes === wanted.changes) wanted.reached();
}

/**
 * The longest that the event loop did not turn, in milliseconds: of wall time, which others on the machine make longer, and
 * of CPU time of its thread.
 */
function watchLoop() {
  const every = 2;
  const longest = { wall: 0, cpu: 0 };
  const cpuOfThread = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let last = { wall: performance.now(), cpu: cpuOfThread() };
  const look = () => {
    const now = { wall: performance.now(), cpu: cpuOfThread() };
    longest.wall = Math.max(longest.wall, now.wall - last.wall - every);
    longest.cpu = Math.max(longest.cpu, now.cpu - last.cpu);
    last = now;
  };
  const timer = setInterval(look, every);
  return () => {
    look();
    clearInterval(timer);
    return longest;
  };
}

/** What lives in the heap and beside it. */
function held() {
  gc();
  gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const tasks = {
  /** All pods into a cache, each told to a handler. */
  async sync({ count }) {
    const before = held();
    const rss = process.memoryUsage.rss();
    const loop = watchLoop();
    const cost = await costOf(async () => {
      const all = changesToCome(count);
      cache = await client.informer({ resource: "pods", changed });
      await all;
    });
    const stall = loop();
    const peak = process.resourceUsage().maxRSS * 1024;
    return { ...cost, stall, peak, rss, count: changes, heap: held() - before };
  },
  /** The same anew, with another cache in place of the one before. */
  async resync({ count }) {
    await cache.close();
    cache = undefined;
    gc();
    const cost = await costOf(async () => {
      const all = changesToCome(count);
      cache = await client.informer({ resource: "pods", changed });
      await all;
    });
    return { ...cost, count: changes };
  },
  /** Changes that somebody makes meanwhile. */
  async watch({ count, stalls }) {
    const loop = stalls ? watchLoop() : () => undefined;
    const cost = await costOf(() => {
      const all = changesToCome(count, 30_000);
      process.send("watching");
      return all;
    });
    return { ...cost, count: changes, stall: loop() };
  },
  /** The sum of all the numbers that the changes left in the cache. */
  check: () => ({
    size: cache.list().length,
    sum: cache.list().reduce((sum, { metadata }) => sum + Number(metadata.annotations[sequence]), 0),
  }),
  /** A cache for each of the namespaces. */
  async open({ namespaces }) {
    const rss = process.memoryUsage.rss();
    const cost = await costOf(async () => {
      const all = changesToCome(namespaces.length);
      await Promise.all(namespaces.map((namespace) => client.informer({ resource: "configMaps", namespace, changed })));
      await all;
    });
    return { ...cost, rss };
  },
  /** What it has used until now. */
  used() {
    const { user, system } = process.cpuUsage();
    return { cpu: (user + system) / 1000, rss: process.memoryUsage.rss() };
  },
};

process.on("message", ({ task, ...how }) => {
  // Whatever it costs to say that a task is over does not belong to it.
  void (async () => process.send(await tasks[task](how)))();
});
process.on("disconnect", () => process.exit());
process.send("ready");
