import { readFileSync } from "node:fs";

/** What processes have used so far. */
export interface Usage {
  /** Milliseconds. */
  readonly cpu: number;
  /** Resident bytes. */
  readonly rss: number;
}

const ticksPerSecond = 100;

/** The sum over some processes of this machine, as Linux counts it. */
export function usageOf(pids: readonly number[]): Usage {
  let cpu = 0;
  let rss = 0;
  for (const pid of pids) {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Behind the name, which may hold anything: utime and stime are the 12th and 13th.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    cpu += ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1000;
    rss += Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
  }
  return { cpu, rss };
}
