// A process with an embedded API server. It says how long its start took, where it is, and on demand what it has used so far.
const started = performance.now();
const before = process.cpuUsage();
const { startApiServer } = await import("@kubewright/testing");
const loaded = performance.now();
const api = await startApiServer();
const now = performance.now();
const { user, system } = process.cpuUsage(before);

/** CPU time in milliseconds and resident bytes, after garbage is collected. */
function used() {
  globalThis.gc?.();
  const { user: u, system: s } = process.cpuUsage();
  return { cpu: (u + s) / 1000, rss: process.memoryUsage.rss(), heap: process.memoryUsage().heapUsed };
}

async function end() {
  await api.close();
  process.disconnect();
}

process.on("message", (task) => {
  if (task.kind === "used") process.send(used());
  else void end();
});
process.send({
  kubeconfig: api.kubeconfig,
  start: { load: loaded - started, listen: now - loaded, cpu: (user + system) / 1000 },
});
