import { readFileSync } from "node:fs";
import { isKubeError, type PodConnection } from "@kubewright/core";
import { connect } from "kubewright";
import { CoreV1, type PodResource } from "kubewright/core/v1";
import type { ControlPlaneInfo } from "../controlplane/info.ts";
import { type FaultProxy, type Shape, startFaultProxy } from "../support/fault-proxy.ts";
import { chancesOf, seededInput, type Summed, sumOf, untilRead } from "./bytes.ts";

/** Where bytes are sent to: a running pod, `one`. */
export interface Ground {
  readonly plane: Pick<ControlPlaneInfo, "server" | "caFile" | "admin">;
  readonly namespace: string;
}

/** The pods, behind a network of one's own. */
export interface Lane {
  readonly pods: PodResource;
  readonly proxy: FaultProxy;
}

export async function inLane<T>({ plane, namespace }: Ground, act: (lane: Lane) => Promise<T>): Promise<T> {
  const { server, caFile, admin } = plane;
  const proxy = await startFaultProxy(server);
  const cluster = await connect({ server: proxy.url, ca: readFileSync(caFile, "utf8"), token: admin.token });
  try {
    return await act({ proxy, pods: cluster.api(CoreV1).pods.in(namespace) });
  } finally {
    await cluster.close();
    await proxy.close();
  }
}

/** What is sent, and its sum once it was taken. */
export interface Input {
  readonly pieces: AsyncIterable<Uint8Array>;
  readonly sum: () => Summed;
}

/** Networks on which nothing is lost. */
export const losslessNetworks: readonly (readonly [string, Shape])[] = [
  ["slices", { sliceBytes: 1000 }],
  ["slow", { bytesPerSecond: 2_000_000 }],
  ["long", { delayMs: 50, jitterMs: 30 }],
];

/** Everything came back and its end with it; a typed error said that it did not; or what must not be. */
export type RoundTrip = "whole" | "error" | { readonly wrong: string };

/** Sends bytes to a command that gives them back. */
export async function roundTrip(pods: PodResource, size: number, { pieces, sum }: Input): Promise<RoundTrip> {
  const input = untilRead(size, pieces);
  let run;
  try {
    run = await pods.exec("one", { command: ["cat"], stdin: input.pieces });
  } catch (error) {
    return expected(error, "ConnectionError: ");
  }
  const [back, exit] = await Promise.allSettled([sumOf(input.count(run.stdout)), run.exit]);
  if (exit.status === "rejected")
    return back.status === "rejected"
      ? expected(exit.reason, "ConnectionError: NoExitStatus")
      : { wrong: `the output ended well, but not the run: ${String(exit.reason)}` };
  const wanted = sum();
  const found = back.status === "fulfilled" ? back.value : undefined;
  if (exit.value.exitCode === 0 && found?.sum === wanted.sum && found.size === size && wanted.size === size)
    return "whole";
  return { wrong: JSON.stringify({ size, wanted, exit, back }) };
}

/** Sends bytes over a connection to what gives them back. */
export async function connectionTrip(
  connecting: Promise<PodConnection>,
  size: number,
  { pieces, sum }: Input,
): Promise<RoundTrip> {
  let connection: PodConnection;
  try {
    connection = await connecting;
  } catch (error) {
    return expected(error, "ConnectionError: ");
  }
  const [back, end, sending] = await Promise.allSettled([
    sumOf(connection.readable),
    connection.closed,
    writeAll(connection.writable, pieces),
  ]);
  if (back.status === "rejected")
    return end.status === "rejected"
      ? expected(back.reason, "ConnectionError: ")
      : { wrong: `it ended well, but not what it brought: ${String(back.reason)}` };
  const wanted = sum();
  if (end.status === "fulfilled" && back.value.sum === wanted.sum && back.value.size === size && wanted.size === size)
    return "whole";
  return { wrong: JSON.stringify({ size, wanted, back, end, sending }) };
}

async function writeAll(writable: WritableStream<Uint8Array>, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const writer = writable.getWriter();
  for await (const piece of pieces) await writer.write(piece);
  await writer.close();
}

/** Plays 500 times, eight at once, over connections that end after a random number of bytes; they are new ones each time. */
export async function cutAtRandom(
  { proxy }: Lane,
  mostBytes: number,
  play: () => Promise<RoundTrip>,
): Promise<readonly RoundTrip[]> {
  const ends: RoundTrip[] = [];
  let begun = 0;
  const cutSome = async (): Promise<void> => {
    while (begun++ < 500) {
      proxy.shape({ truncateAfterBytes: Math.floor(Math.random() * mostBytes) });
      ends.push(await play());
    }
  };
  await Promise.all(Array.from({ length: 8 }, cutSome));
  return ends;
}

function expected(error: unknown, beginning: string): RoundTrip {
  const said = String(error);
  return isKubeError(error) && said.startsWith(beginning) ? "error" : { wrong: said };
}

/** One in so many seeds is broken on its way. */
const brokenEvery = 6;

/** Whether what lies between breaks the connection of this seed; it may come too late for that. */
export function isBroken(seed: number): boolean {
  return seed % brokenEvery === brokenEvery - 1;
}

/** A seed decides the bytes, their pieces, and what the network does to them. */
export function playSeed(ground: Ground, seed: number, size: number): Promise<RoundTrip> {
  return inLane(ground, async ({ proxy, pods }) => {
    const chance = chancesOf(seed + 1000);
    const kinds: readonly (() => Shape)[] = [
      () => ({}),
      () => ({ sliceBytes: 1000 + Math.floor(chance() * 60_000) }),
      () => ({ delayMs: chance() * 3, jitterMs: chance() * 2 }),
      () => ({ bytesPerSecond: 12_000_000 + chance() * 20_000_000 }),
    ];
    proxy.shape((kinds[seed % kinds.length] as () => Shape)());
    const playing = roundTrip(pods, size, seededInput(seed, size));
    if (!isBroken(seed)) return playing;
    const breaks = [proxy.reset, proxy.fin, proxy.halfClose];
    const timer = setTimeout(() => breaks[Math.floor(chance() * 3)]?.(), 200 + chance() * 300);
    return playing.finally(() => clearTimeout(timer));
  });
}
