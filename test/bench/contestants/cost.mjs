/** What the time until `done` costs, in milliseconds: of wall time, and of CPU time of this process. */
export async function costOf(done) {
  const started = performance.now();
  const before = process.cpuUsage();
  await done();
  const { user, system } = process.cpuUsage(before);
  return { wall: performance.now() - started, cpu: (user + system) / 1000 };
}
