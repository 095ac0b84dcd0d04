// What a program costs that loads its client, connects and gets one object. Arguments: the contestant's module, and what its open() takes.
const [module, options] = process.argv.slice(2);
const rss = process.memoryUsage.rss();
const cpu = process.cpuUsage();
const started = performance.now();
const { open } = await import(module);
const client = await open(JSON.parse(options));
const { data } = await client.get("small");
const wall = performance.now() - started;
const { user, system } = process.cpuUsage(cpu);
process.send({
  wall,
  cpu: (user + system) / 1000,
  rss: process.memoryUsage.rss() - rss,
  total: process.memoryUsage.rss(),
});
if (data.value === undefined) throw new Error("not what was asked for");
await client.close();
process.disconnect();
