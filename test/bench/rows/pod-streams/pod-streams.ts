import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startControlPlane } from "../../../controlplane/start.ts";
import type { Bench } from "../../bench.ts";
import type { Row } from "../../row.ts";
import { commandRow } from "./commands.ts";
import { copyRows } from "./copies.ts";
import { forwardRow } from "./forwards.ts";
import { logsRow } from "./many-logs.ts";
import { withPlace } from "./place.ts";
import { inputRow, outputRow } from "./transfers.ts";
import { unreadInputRow } from "./unread-input.ts";

/** What goes on between a client and a pod, on a node of its own; and kubectl, a process each time. */
export async function podStreamRows(bench: Bench): Promise<readonly Row[]> {
  bench.say("starting a node");
  await using controlPlane = await startControlPlane({ allApis: false });
  const folder = mkdtempSync(join(tmpdir(), "kubewright-bench-pods-"));
  try {
    /** A file of so many zeros, which takes no room. */
    const zeros = (bytes: number): string => {
      const file = join(folder, `zeros-${bytes}`);
      writeFileSync(file, "");
      truncateSync(file, bytes);
      return file;
    };
    return await withPlace(bench, controlPlane, async (place) => [
      await commandRow(bench, place),
      await outputRow(bench, place),
      await inputRow(bench, place, zeros),
      await unreadInputRow(bench, place, zeros),
      await forwardRow(bench, place),
      ...(await copyRows(bench, place, folder)),
      await logsRow(bench, place),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
