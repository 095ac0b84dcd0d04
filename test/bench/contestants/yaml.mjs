// What reading YAML costs in a process that has read some. Arguments: a file, the module, the function, how often.
import { readFileSync } from "node:fs";

const [file, module, name, times] = process.argv.slice(2);
const text = readFileSync(file, "utf8");
const read = (await import(module))[name];
for (let i = 0; i < 3; i++) await read(text);
const cpu = process.cpuUsage();
const started = performance.now();
for (let i = 0; i < Number(times); i++) await read(text);
const wall = performance.now() - started;
const { user, system } = process.cpuUsage(cpu);
process.send({ wall: wall / times, cpu: (user + system) / 1000 / times });
process.disconnect();
