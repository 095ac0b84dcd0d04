import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Bench } from "../../bench.ts";
import { buildClientGo } from "../../client-go.ts";
import { createFleet } from "../../fleet/create.ts";
import { size } from "../../fleet/size.ts";
import type { Row } from "../../row.ts";
import { contendersOf } from "./contenders.ts";
import { idleRow } from "./idle.ts";
import { measureAll } from "./measure.ts";
import { eventRow, heapRow, syncRow } from "./rows.ts";

/** 10,000 pods of a real API server in a cache that follows it, and 200 caches that nothing happens to. */
export async function informerRows(bench: Bench): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "kubewright-bench-informers-"));
  try {
    bench.say("building the program on client-go");
    const program = await buildClientGo(folder);
    const caFile = join(folder, "ca.crt");
    writeFileSync(caFile, bench.server.ca);
    bench.say(`creating ${size.pods} pods`);
    await createFleet(bench.server.kubeconfig, bench.etcd);
    const contenders = contendersOf(bench, program, caFile);
    const all = await measureAll(bench, contenders);
    return [syncRow(all), heapRow(all), eventRow(all), await idleRow(bench, contenders)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
