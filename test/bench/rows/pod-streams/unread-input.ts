import type { Bench } from "../../bench.ts";
import type { Row } from "../../row.ts";
import { timedKubectl } from "./kubectl.ts";
import type { Client, Place } from "./place.ts";

const bytes = 50_000_000;
/** What has not settled by then never does. */
const mostMs = 3000;

/** A command that ends before it has read what it is offered: how often its exit code comes through. */
export async function unreadInputRow(
  { quick, say }: Bench,
  place: Place,
  zeros: (bytes: number) => string,
): Promise<Row> {
  const turns = quick ? { ours: 5, others: 2 } : { ours: 50, others: 8 };
  say("exit codes of commands that leave their input unread");
  const measured = async (client: Client, count: number): Promise<number> => {
    await using process = await place.start(client);
    let kept = 0;
    for (let turn = 0; turn < count; turn++)
      if ((await process.ask<{ kept: boolean }>("unread", { bytes, mostMs })).kept) kept += 1;
    return kept;
  };
  const kubectl = async (): Promise<number> => {
    const args = ["exec", "-i", place.pod, "--", "sh", "-c", "sleep 0.15; exit 9"];
    let kept = 0;
    for (let turn = 0; turn < turns.others; turn++)
      if ((await timedKubectl(place, args, zeros(bytes))).code === 9) kept += 1;
    return kept;
  };
  const ours = await measured("kubewright", turns.ours);
  const others = {
    clientNode: await measured("client-node", turns.others),
    floor: await measured("ws framing", turns.others),
    kubectl: await kubectl(),
  };
  const of = (kept: number): string => `${kept} of ${turns.others}`;
  return {
    what: `exit codes kept when ${bytes / 1e6} MB of input are left unread`,
    clientNode: of(others.clientNode),
    floor: `ws framing: ${of(others.floor)}; kubectl: ${of(others.kubectl)}`,
    ours: `${ours} of ${turns.ours}`,
    aim: "all of them",
    measured: `${ours} of ${turns.ours}`,
    reached: ours === turns.ours,
    detail: { ours, ...others, turns },
  };
}
