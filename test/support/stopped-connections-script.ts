import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { CoreV1 } from "kubewright/core/v1";
import { connect } from "kubewright";

// A program that connects to two ports of a pod and stands still: it leaves 100 MB of what one sends unread, and the other leaves 100 MB
// of what it sends unread, then answers with its sum. Namespace, pod, the two ports and seconds come as arguments, the cluster as
// KUBECONFIG. Prints by how much memory grew meanwhile, and what had arrived in the end.

const [namespace = "", name = "", sends = "", takes = "", seconds = "60"] = process.argv.slice(2);
const size = 100_000_000;
const collect = (globalThis as { gc?: () => void }).gc;
const megabytes = (): number => process.memoryUsage().rss / 1_000_000;

const cluster = await connect();
const pods = cluster.api(CoreV1).pods.in(namespace);
const piece = new Uint8Array(64 * 1024).fill(7);

async function write(writable: WritableStream<Uint8Array>, bytes: number): Promise<void> {
  const writer = writable.getWriter();
  for (let left = bytes; left > 0; left -= piece.byteLength)
    await writer.write(piece.slice(0, Math.min(left, piece.byteLength)));
  await writer.close();
}

/** Everything is loaded and has its size. */
const first = await pods.connect(name, Number(sends));
const sending = write(first.writable, 5_000_000).catch(() => undefined); // as far as it comes
let few = 0;
for await (const bytes of first.readable) {
  if ((few += bytes.byteLength) > 20_000_000) break;
}
await Promise.all([first.close(), sending]);
collect?.();
const before = megabytes();

const reads = await pods.connect(name, Number(sends));
const output = reads.readable[Symbol.asyncIterator]();
const hash = createHash("sha256").update((await output.next()).value ?? "");
const writes = await pods.connect(name, Number(takes));
const writing = write(writes.writable, size);

let most = before;
for (const end = Date.now() + Number(seconds) * 1000; Date.now() < end; await sleep(200))
  most = Math.max(most, megabytes());

for (let next = await output.next(); next.done !== true; next = await output.next()) hash.update(next.value);
let said = "";
for await (const bytes of writes.readable) said += new TextDecoder().decode(bytes);
await Promise.all([writing, reads.closed, writes.closed]);
const sums = [hash.digest("hex"), (JSON.parse(said) as { sum: string }).sum];
console.log(JSON.stringify({ grewBy: Math.round(most - before), sums }));
await cluster.close();
