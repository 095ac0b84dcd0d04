// A process of one contestant. Arguments: its module, and what its open() takes, as JSON. It runs the rounds that it is told to.
const [module, options] = process.argv.slice(2);
const { open } = await import(module);
const client = await open(JSON.parse(options));

/** As many gets as fit into the time, `parallel` at once. */
async function round({ milliseconds, parallel }) {
  let count = 0;
  const started = performance.now();
  const before = process.cpuUsage();
  const worker = async () => {
    while (performance.now() - started < milliseconds) {
      const { data } = await client.get("small");
      if (data.value === undefined) throw new Error("not what was asked for");
      count++;
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  const { user, system } = process.cpuUsage(before);
  const wall = performance.now() - started;
  return { count, wall, cpu: (user + system) / 1000 };
}

/** A number of gets, one after another. */
async function gets({ count }) {
  for (let i = 0; i < count; i++) await client.get("small");
  return {};
}

async function run(task) {
  if (task.kind === "end") {
    await client.close();
    process.disconnect();
    return;
  }
  process.send(await (task.kind === "round" ? round(task) : gets(task)));
}

process.on("message", (task) => void run(task));
process.send("ready");
