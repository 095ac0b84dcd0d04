// What clients do to an API server. Arguments: a kubeconfig as text, or nothing for an embedded server in this process; a task; numbers.
import { CoreV1 } from "kubewright/core/v1";

const [kubeconfigText, task, ...numbers] = process.argv.slice(2);
const cluster = await open();
const maps = cluster.api(CoreV1).configMaps.in("default");
const tasks = { gets, creates, watchers, pods };
const result = await tasks[task](...numbers.map(Number));
await cluster.close();
process.send(result);
process.disconnect();

async function open() {
  if (kubeconfigText !== "") {
    const { connect } = await import("kubewright");
    return connect({ kubeconfigText });
  }
  const { createCluster } = await import("@kubewright/core");
  const { createApiServer } = await import("@kubewright/testing/web");
  return createCluster({ transport: createApiServer().transport(), fieldManager: "bench" });
}

/** As often as fits into the time, so many at once. */
async function repeated(milliseconds, parallel, act) {
  let count = 0;
  const worker = async (until) => {
    while (performance.now() < until) await act(count++);
  };
  const round = (ms) => {
    const until = performance.now() + ms;
    return Promise.all(Array.from({ length: parallel }, () => worker(until)));
  };
  // The first ones compile and connect.
  await round(milliseconds / 2);
  count = 0;
  const started = performance.now();
  const before = process.cpuUsage();
  await round(milliseconds);
  const { user, system } = process.cpuUsage(before);
  return { count, wall: performance.now() - started, cpu: (user + system) / 1000 };
}

async function gets(milliseconds, parallel) {
  const name = `read-${process.pid}`;
  await maps.create({ metadata: { name }, data: { value: "x".repeat(400) } });
  return repeated(milliseconds, parallel, () => maps.get(name));
}

async function creates(milliseconds, parallel) {
  let made = 0;
  return repeated(milliseconds, parallel, () =>
    maps.create({ metadata: { name: `made-${process.pid}-${made++}` }, data: { value: "x".repeat(400) } }),
  );
}

/** So many watches of one collection, and so many changes that each of them hears of. */
async function watchers(count, changes) {
  const name = `watched-${process.pid}`;
  const { metadata } = await maps.create({ metadata: { name }, data: { value: "0" } });
  let events = 0;
  let all;
  const done = new Promise((resolve) => (all = resolve));
  const leave = new AbortController();
  const begun = [];
  const open = [];
  for (let i = 0; i < count; i++) {
    const watch = maps.watch({ resourceVersion: metadata.resourceVersion, signal: leave.signal });
    const events_ = watch[Symbol.asyncIterator]();
    let first;
    begun.push(new Promise((resolve) => (first = resolve)));
    open.push(
      (async () => {
        for (;;) {
          const { done: over, value } = await events_.next();
          if (over) return;
          if (value.object.metadata?.name !== name) continue;
          if (value.object.data.value === "begin") {
            first();
            continue;
          }
          if (++events === count * changes) all();
        }
      })().catch((error) => {
        if (!leave.signal.aborted) throw error;
      }),
    );
  }
  await maps.patch(name, { merge: { data: { value: "begin" } } });
  await Promise.all(begun);
  const started = performance.now();
  for (let i = 0; i < changes; i++) await maps.patch(name, { merge: { data: { value: String(i) } } });
  await done;
  const wall = performance.now() - started;
  leave.abort();
  await Promise.all(open);
  return { count: events, wall, cpu: 0 };
}

/** So many pods of two containers each. */
async function pods(count) {
  const pods = cluster.api(CoreV1).pods.in("default");
  const container = (name, port) => ({
    name,
    image: `registry.example.com/${name}:1.2.3`,
    ports: [{ containerPort: port, name }],
    env: [{ name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } }],
    resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "256Mi" } },
    readinessProbe: { httpGet: { path: "/ready", port: name } },
  });
  const started = performance.now();
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < count; i = next++)
      await pods.create({
        metadata: { name: `pod-${i}`, labels: { app: `app-${i % 100}`, "pod-template-hash": "7fd5b4c784" } },
        spec: { containers: [container("web", 8080), container("proxy", 15001)] },
      });
  };
  await Promise.all(Array.from({ length: 32 }, worker));
  return { count, wall: performance.now() - started, cpu: 0 };
}
