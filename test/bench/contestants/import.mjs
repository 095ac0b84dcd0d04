// What loading costs in a fresh process. Arguments: the modules, parted by commas.
const specifiers = process.argv[2].split(",");
const rss = process.memoryUsage.rss();
const cpu = process.cpuUsage();
const started = performance.now();
for (const specifier of specifiers) await import(specifier);
const wall = performance.now() - started;
const { user, system } = process.cpuUsage(cpu);
process.send({ wall, cpu: (user + system) / 1000, rss: process.memoryUsage.rss() - rss });
process.disconnect();
