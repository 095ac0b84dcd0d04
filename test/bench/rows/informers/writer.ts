import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { size } from "../../fleet/size.ts";

export interface Writer extends AsyncDisposable {
  /** Changes that many pods, that many in a second; resolves when all are written, with the last number. */
  write(count: number, perSecond: number): Promise<{ readonly last: number; readonly wall: number }>;
  /** The sum of the numbers on all pods. */
  sum(): number;
}

/** The process of fleet/writer.ts. `under`: only the pods that etcd has below this key. */
export async function startWriter(etcd: string, under?: string): Promise<Writer> {
  const child = fork(fileURLToPath(new URL("../../fleet/writer.ts", import.meta.url)), {
    env: { ...process.env, ETCD: etcd, ...(under === undefined ? {} : { UNDER: under }) },
  });
  const exit = once(child, "exit");
  const answer = async (): Promise<{ last: number; wall: number }> => {
    const ended = exit.then(([code]) => Promise.reject(new Error(`the writer ended with ${String(code)}`)));
    const [said] = await Promise.race([once(child, "message"), ended]);
    return said as { last: number; wall: number };
  };
  let { last } = await answer();
  return {
    async write(count, perSecond) {
      child.send({ count, perSecond });
      const written = await answer();
      ({ last } = written);
      return written;
    },
    sum() {
      // Each pod has one of the last numbers, or none yet.
      const numbers = Math.min(last, size.pods);
      return (numbers * (last - numbers + 1 + last)) / 2;
    },
    async [Symbol.asyncDispose]() {
      child.disconnect();
      await exit;
    },
  };
}
