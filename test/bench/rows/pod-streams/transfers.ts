import { megabytes, times, type Row } from "../../row.ts";
import { interleave, median } from "../../statistics.ts";
import type { Bench } from "../../bench.ts";
import { costText, middle, ratios, type Cost } from "./cost.ts";
import { timedKubectl } from "./kubectl.ts";
import type { Client, Place } from "./place.ts";

interface Transfer extends Cost {
  /** Bytes that the process had at most, above what it had before. */
  readonly rss: number;
}

interface Transfers {
  readonly ours: Transfer;
  readonly clientNode: Transfer;
  readonly floor: Transfer;
  readonly kubectl: Cost;
}

const mostRss = 24 * 1024 * 1024;

function sizeOf({ quick }: Bench): number {
  return quick ? 20_000_000 : 200_000_000;
}

/** What a command writes, read to its end. */
export async function outputRow(bench: Bench, place: Place): Promise<Row> {
  const bytes = sizeOf(bench);
  const all = await measure(bench, place, "output", bytes, [place.pod, "--", "head", "-c", String(bytes), "/dev/zero"]);
  const floor = ratios(all.ours, all.floor);
  const clientNode = ratios(all.ours, all.clientNode);
  return {
    ...texts(all, `${bytes / 1e6} MB of output`),
    aim: "≤ 1.05 × ws framing, CPU ≤ 0.8 × client-node",
    measured: `${times(floor.wall)}, CPU ${times(clientNode.cpu)}`,
    reached: floor.wall <= 1.05 && clientNode.cpu <= 0.8,
  };
}

/** What a command reads, from memory. */
export async function inputRow(bench: Bench, place: Place, zeros: (bytes: number) => string): Promise<Row> {
  const bytes = sizeOf(bench);
  const all = await measure(bench, place, "input", bytes, ["-i", place.pod, "--", "wc", "-c"], zeros(bytes));
  const { wall, cpu } = ratios(all.ours, all.clientNode);
  const { rss } = all.ours;
  return {
    ...texts(all, `${bytes / 1e6} MB of input`),
    aim: `≤ 0.65 × client-node, CPU ≤ 0.5 ×, ≤ +${megabytes(mostRss)}`,
    measured: `${times(wall)}, CPU ${times(cpu)}, +${megabytes(rss)}`,
    reached: wall <= 0.65 && cpu <= 0.5 && rss <= mostRss,
  };
}

async function measure(
  { quick, say }: Bench,
  place: Place,
  task: "output" | "input",
  bytes: number,
  kubectlArgs: readonly string[],
  inputFile?: string,
): Promise<Transfers> {
  say(`${bytes / 1e6} MB of ${task}`);
  // Fresh processes, since what one had at most never goes down.
  const measured = (client: Client) => async (): Promise<Transfer> => {
    await using process = await place.start(client);
    return await process.ask<Transfer>(task, { bytes }); // before it is let go of
  };
  // What kubectl had nobody counts.
  const kubectl = async (): Promise<Transfer> => ({
    ...(await timedKubectl(place, ["exec", ...kubectlArgs], inputFile)),
    rss: 0,
  });
  const results = await interleave(quick ? 1 : 3, {
    ours: measured("kubewright"),
    clientNode: measured("client-node"),
    floor: measured("ws framing"),
    kubectl,
  });
  const of = (name: string): Transfer => {
    const rounds = results[name]!;
    return { ...middle(rounds), rss: median(rounds.map(({ rss }) => rss)) };
  };
  return { ours: of("ours"), clientNode: of("clientNode"), floor: of("floor"), kubectl: middle(results["kubectl"]!) };
}

function texts(all: Transfers, what: string): Omit<Row, "aim" | "measured" | "reached"> {
  const text = (transfer: Transfer): string => `${costText(transfer)}, +${megabytes(transfer.rss)}`;
  return {
    what,
    clientNode: text(all.clientNode),
    floor: `ws framing: ${text(all.floor)}; kubectl: ${costText(all.kubectl)}`,
    ours: text(all.ours),
    detail: all,
  };
}
