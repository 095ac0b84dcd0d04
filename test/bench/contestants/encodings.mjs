// What a call costs the first time in a process and from then on. Arguments: the contestant's module, what its open() takes, and the
// call as JSON: { method, args, warm, counted }, how often before it counts, and how often it counts. Needs --expose-gc.
const [module, options, call] = process.argv.slice(2);
const { open } = await import(module);
const client = await open(JSON.parse(options));
await client.version(); // connects
const { method, args, warm, counted } = JSON.parse(call);

/** Milliseconds of one call, on average of so many. */
async function costOf(times) {
  gc();
  const before = process.cpuUsage();
  const started = performance.now();
  for (let i = 0; i < times; i++) await client[method](...args);
  const { user, system } = process.cpuUsage(before);
  return { wall: (performance.now() - started) / times, cpu: (user + system) / 1000 / times };
}

const first = await costOf(1);
if (warm > 0) await costOf(warm);
process.send({ first, later: await costOf(counted) });
await client.close();
process.disconnect();
