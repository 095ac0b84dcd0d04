import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { kubectlEnvironment } from "../../../controlplane/kubectl.ts";
import type { Bench } from "../../bench.ts";
import { start } from "../../contestants.ts";
import { milliseconds, times, type Row } from "../../row.ts";
import { interleave, median } from "../../statistics.ts";
import { usageOf } from "../api-servers/real-usage.ts";
import type { Client, Place } from "./place.ts";

/** A process that listens here for what listens in the pod. */
interface Forward extends AsyncDisposable {
  readonly port: number;
  readonly pid: number;
}

/** Milliseconds, of wall time but for `cpu`. */
interface Figures {
  /** A new connection, until its first byte has come. */
  readonly first: number;
  /** The same for many at once, until all have theirs. */
  readonly all: number;
  /** A large answer to its end. */
  readonly large: number;
  /** What the process took for it. */
  readonly cpu: number;
}

const atOnce = 50;
const aims = { first: 1.2, all: 0.8, large: 1.5 };

/** Connections of this machine that go on in a pod. */
export async function forwardRow({ installed, quick, say }: Bench, place: Place): Promise<Row> {
  const mebibytes = quick ? 10 : 100;
  const bytes = mebibytes * 1024 * 1024;
  say("forwarded connections");
  const server = start({ folder: installed.wsFraming, module: "" }, "pod-streams/tcp-server.mjs", [String(bytes)]);
  try {
    const [{ port }] = (await once(server, "message")) as [{ port: number }];
    const measured = (open: () => Promise<Forward>) => async (): Promise<Figures> => {
      await using forward = await open();
      return await measure(forward, bytes, quick ? 5 : 40); // before it is let go of
    };
    const results = await interleave(quick ? 1 : 3, {
      ours: measured(() => ofClient(place, "kubewright", port)),
      clientNode: measured(() => ofClient(place, "client-node", port)),
      kubectl: measured(() => ofKubectl(place, port)),
    });
    const of = (name: string): Figures => middle(results[name]!);
    return row(of("ours"), of("clientNode"), of("kubectl"), mebibytes);
  } finally {
    await ended(server, () => server.disconnect());
  }
}

async function ofClient(place: Place, client: Client, remote: number): Promise<Forward> {
  const process = await place.start(client);
  const { port } = await process.ask<{ port: number }>("forward", { remote });
  return { port, pid: process.pid, [Symbol.asyncDispose]: () => process[Symbol.asyncDispose]() };
}

async function ofKubectl({ controlPlane, pod }: Place, remote: number): Promise<Forward> {
  const env = { ...process.env, ...kubectlEnvironment(controlPlane), KUBECONFIG: controlPlane.admin.kubeconfig };
  const args = ["kubectl", "port-forward", "--address=127.0.0.1", `pod/${pod}`, `:${remote}`];
  const child = spawn(controlPlane.binary, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await once(lines, "line")) as [string];
  const port = Number(/:(\d+) -> /.exec(line)?.[1]);
  if (!(port > 0)) throw new Error(`kubectl port-forward said ${line}`);
  return { port, pid: child.pid!, [Symbol.asyncDispose]: () => ended(child, () => child.kill()) };
}

async function measure({ port, pid }: Forward, bytes: number, turns: number): Promise<Figures> {
  await ask(port, "f", 1);
  const first: number[] = [];
  for (let turn = 0; turn < turns; turn++) first.push(await timed(() => ask(port, "f", 1)));
  const all = await timed(() => Promise.all(Array.from({ length: atOnce }, () => ask(port, "f", 1))));
  const before = usageOf([pid]).cpu;
  const large = await timed(() => ask(port, "m", bytes));
  return { first: median(first), all, large, cpu: usageOf([pid]).cpu - before };
}

/** Opens a connection, asks, and takes the answer to its end. */
async function ask(port: number, what: string, bytes: number): Promise<void> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.write(what);
  let got = 0;
  for await (const chunk of socket) got += (chunk as Buffer).length;
  if (got !== bytes) throw new Error(`${got} bytes came, not ${bytes}`);
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

function middle(rounds: readonly Figures[]): Figures {
  const of = (figure: (one: Figures) => number): number => median(rounds.map(figure));
  return {
    first: of(({ first }) => first),
    all: of(({ all }) => all),
    large: of(({ large }) => large),
    cpu: of(({ cpu }) => cpu),
  };
}

function row(ours: Figures, clientNode: Figures, kubectl: Figures, mebibytes: number): Row {
  const text = ({ first, all, large, cpu }: Figures): string =>
    `${milliseconds(first)}, ${atOnce} at once ${milliseconds(all)}, ${mebibytes} MiB ${milliseconds(large)} and ${milliseconds(cpu)} CPU`;
  const ratio = {
    first: ours.first / kubectl.first,
    all: ours.all / clientNode.all,
    large: ours.large / kubectl.large,
  };
  return {
    what: "a forwarded connection, until its first byte and its end",
    clientNode: text(clientNode),
    floor: `kubectl port-forward: ${text(kubectl)}`,
    ours: text(ours),
    aim: `≤ ${aims.first} × kubectl, ${atOnce} at once ≤ ${aims.all} × client-node, ${mebibytes} MiB ≤ ${aims.large} × kubectl`,
    measured: `${times(ratio.first)}, ${times(ratio.all)}, ${times(ratio.large)}`,
    reached: ratio.first <= aims.first && ratio.all <= aims.all && ratio.large <= aims.large,
    detail: { ours, clientNode, kubectl },
  };
}

async function ended(child: ChildProcess, end: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  end();
  await exit;
}
