import { type FaultProxy, startFaultProxy } from "../support/fault-proxy.ts";
import { eventually } from "../support/eventually.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** The network between one seed's clients and the servers. */
export interface LiveNetwork {
  readonly url: string;
  /** Breaks in some way, or is well again. */
  change(): Promise<void>;
  /** Every connection breaks, and nobody is reached, until it heals. */
  goAway(): Promise<void>;
  heal(): Promise<void>;
  close(): Promise<void>;
}

/** What may happen; what a connection may survive is as likely as what ends it. */
const faults = [
  "reset",
  "reset",
  "end",
  "half end",
  "loss",
  "truncation",
  "slices",
  "slices",
  "delays",
  "slowness",
  "stall",
  "refusals",
  "another server",
  "health",
  "health",
] as const;

/** Opens it, to one of the servers. */
export async function liveNetwork(
  servers: readonly string[],
  random: SeededRandom,
  tell: (what: string) => void,
): Promise<LiveNetwork> {
  const first = random.pick(servers);
  const proxy: FaultProxy = await startFaultProxy(first);
  tell(`the network leads to server ${servers.indexOf(first)}`);
  let losing = false;

  async function heal(): Promise<void> {
    if (losing) proxy.reset();
    losing = false;
    await proxy.heal();
  }

  /** Breaks what is open; often everything else waits until somebody has come again. */
  async function breaking(act: () => void): Promise<void> {
    const { accepted, open } = proxy;
    const waits = random.chance(0.7);
    act();
    if (open === 0 || !waits) return;
    // Who waits for its turn after many failures comes later than that.
    await eventually(() => proxy.accepted > accepted || undefined, "somebody connects again", 3000).catch(
      () => undefined,
    );
  }

  return {
    url: proxy.url,
    heal,
    async change() {
      const fault = random.pick(faults);
      tell(fault);
      await heal();
      if (fault === "reset") await breaking(() => proxy.reset());
      if (fault === "end") await breaking(() => proxy.fin());
      if (fault === "half end") await breaking(() => proxy.halfClose());
      if (fault === "truncation") {
        proxy.shape({ truncateAfterBytes: random.below(12_000) });
        await breaking(() => proxy.reset());
      }
      if (fault === "another server") {
        proxy.switchTo(random.pick(servers));
        await breaking(() => proxy.reset());
      }
      if (fault === "refusals") {
        await proxy.refuse();
        proxy.reset();
      }
      // What is lost is not noticed before the connection breaks.
      if (fault === "loss") proxy.swallow();
      losing = fault === "loss";
      if (fault === "stall") proxy.blackHole();
      if (fault === "slices") proxy.shape({ sliceBytes: random.between(1, 64) });
      if (fault === "delays") proxy.shape({ delayMs: random.below(30), jitterMs: random.below(100) });
      if (fault === "slowness") proxy.shape({ bytesPerSecond: random.between(4000, 40_000) });
    },
    async goAway() {
      tell("away");
      await heal();
      await proxy.refuse();
      proxy.reset();
    },
    close: () => proxy.close(),
  };
}
