import { setTimeout as wait } from "node:timers/promises";
import { Etcd } from "./etcd.ts";
import { podsUnder, sequence } from "./size.ts";

// The changes that the contestants watch, made by a process of its own: one pod after another gets the next number of
// a sequence as an annotation. A server on two cores takes some 500 updates a second from its API; so this writes into
// etcd what the API server stored there, with the number changed, and the API server finds the changes where it finds all others.

const { ETCD = "", UNDER = podsUnder } = process.env;
const etcd = new Etcd(ETCD);
const mark = Buffer.from(`${sequence}\x12\x07`);
const pods = (await etcd.under(UNDER)).map(({ key, value }) => ({
  key,
  value: Buffer.from(value),
  at: value.indexOf(mark),
}));
if (pods.some(({ at }) => at === -1)) throw new Error(`a pod has no ${sequence}`);
let number = 0;
const mostOpen = 200;

async function write(): Promise<void> {
  const { key, value, at } = pods[number % pods.length]!;
  value.write(String(++number).padStart(7, "0"), at + mark.length);
  await etcd.put(key, value);
}

/** A number of changes, evenly spread over the time that they shall take. */
async function run({
  count,
  perSecond,
}: {
  count: number;
  perSecond: number;
}): Promise<{ last: number; wall: number }> {
  const started = performance.now();
  let begun = 0;
  const open = new Set<Promise<void>>();
  while (begun < count || open.size > 0) {
    const due = Math.min(count, Math.ceil(((performance.now() - started) / 1000) * perSecond));
    for (; begun < due && open.size < mostOpen; begun++) {
      const one = write().finally(() => open.delete(one));
      open.add(one);
    }
    await (begun < due ? Promise.race(open) : wait(2));
  }
  return { last: number, wall: performance.now() - started };
}

process.on("message", (task: { count: number; perSecond: number }) => {
  void run(task).then((written) => process.send?.(written));
});
process.on("disconnect", () => process.exit());
process.send?.({ last: 0, wall: 0 });
