import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodings, type Bench } from "../../bench.ts";
import type { Row } from "../../row.ts";
import { contendersOf } from "./contenders.ts";
import { idleRow } from "./idle.ts";
import { measureAll } from "./measure.ts";
import { comparisons, eventRow, heapRow, jsonSyncRow, protobufSyncRow } from "./rows.ts";

/** 10,000 pods of a real API server in a cache that follows it, and 200 caches that nothing happens to. */
export async function informerRows(bench: Bench): Promise<readonly Row[]> {
  const program = await bench.clientGo();
  await bench.fleet();
  const folder = mkdtempSync(join(tmpdir(), "kubewright-bench-informers-"));
  try {
    const caFile = join(folder, "ca.crt");
    writeFileSync(caFile, bench.server.ca);
    const contenders = contendersOf(bench, program, caFile);
    const all = await measureAll(bench, contenders);
    comparisons(all).forEach(bench.compare);
    return [
      jsonSyncRow(all),
      protobufSyncRow(all),
      heapRow(all),
      ...encodings.map((encoding) => eventRow(all, encoding)),
      await idleRow(bench, contenders),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
