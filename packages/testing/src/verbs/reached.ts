import { versionTooLarge } from "../exchange/refusal.ts";
import type { ServerState } from "../state/server-state.ts";

/** How long the real server waits for a version from the future, in milliseconds. */
const waitMs = 3000;

/** Resolves once the server has come to a revision; at once for none. @throws Refusal when that takes too long */
export async function reached(revision: number | undefined, { clock, revisions }: ServerState): Promise<void> {
  if (revision === undefined || revision <= revisions.current) return;
  await new Promise<void>((resolve) => void clock.after(waitMs, resolve));
  if (revision > revisions.current) throw versionTooLarge(revision, revisions.current);
}
