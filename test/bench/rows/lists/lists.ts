import type { Bench } from "../../bench.ts";
import type { Row } from "../../row.ts";
import type { Task } from "./contenders.ts";
import { measure } from "./measure.ts";
import { comparison, jsonRow, protobufRow } from "./rows.ts";

const cases: readonly (readonly [Task, gzip: boolean])[] = [
  ["list", false],
  ["list", true],
  ["each", true],
];

/** 10,000 pods with their managedFields as one list, and in pages that are dropped; in JSON and in protobuf. */
export async function listRows(bench: Bench): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [task, gzip] of cases) {
    const measured = await measure(bench, task, gzip);
    bench.compare(comparison(measured));
    rows.push(jsonRow(measured), protobufRow(measured));
  }
  return rows;
}
