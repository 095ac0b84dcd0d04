import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { CoreV1 } from "kubewright/core/v1";
import { connect } from "kubewright";

// A program that runs two commands in a pod and stands still: it leaves 100 MB of output unread, and the other command leaves 100 MB of
// input unread. Namespace, pod and seconds come as arguments, the cluster as KUBECONFIG. Prints by how much memory grew meanwhile, and
// what had arrived in the end.

const [namespace = "", name = "", seconds = "60"] = process.argv.slice(2);
const size = 100_000_000;
const collect = (globalThis as { gc?: () => void }).gc;
const megabytes = (): number => process.memoryUsage().rss / 1_000_000;

const cluster = await connect();
const pods = cluster.api(CoreV1).pods.in(namespace);
const command = (script: string) => ["sh", "-c", script];
const piece = new Uint8Array(64 * 1024).fill(7);

async function* input(): AsyncGenerator<Uint8Array> {
  for (let left = size; left > 0; left -= piece.byteLength) yield piece.slice(0, Math.min(left, piece.byteLength));
}

/** Everything is loaded and has its size. */
await pods.exec(name, { command: command("head -c 2000000 /dev/zero; cat | wc -c >&2"), stdin: piece }).output();
collect?.();
const before = megabytes();

// It ends when all was read: what still waits somewhere then, the kubelet can lose.
let end = (): void => {};
const nothing = new ReadableStream<Uint8Array>({ start: (controller) => void (end = () => controller.close()) });
const reads = await pods.exec(name, { command: command(`head -c ${size} /dev/zero; cat`), stdin: nothing });
const output = reads.stdout[Symbol.asyncIterator]();
const hash = createHash("sha256");
let left = size;
/** Takes the next piece; false at the end. */
async function take(): Promise<boolean> {
  const { done, value } = await output.next();
  if (done === true) return false;
  hash.update(value);
  left -= value.byteLength;
  if (left === 0) end();
  return true;
}
await take();
const writes = await pods.exec(name, { command: command(`sleep ${seconds}; sha256sum`), stdin: input() });

let most = before;
for (const over = Date.now() + Number(seconds) * 1000; Date.now() < over; await sleep(200))
  most = Math.max(most, megabytes());

while (await take());
let said = "";
for await (const bytes of writes.stdout) said += new TextDecoder().decode(bytes);
const exits = await Promise.all([reads.exit, writes.exit]);
const sums = [hash.digest("hex"), said.slice(0, 64)];
console.log(JSON.stringify({ grewBy: Math.round(most - before), sums, codes: exits.map(({ exitCode }) => exitCode) }));
await cluster.close();
