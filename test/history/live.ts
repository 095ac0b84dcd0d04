import type { ProcessName } from "../controlplane/info.ts";
import type { LiveGround } from "./live-ground.ts";
import { beginLiveSeed, type LiveResult } from "./live-seed.ts";

/** What becomes of the servers, one act after the other; in each, all seeds go on changing and breaking. */
const acts: readonly {
  readonly server: ProcessName;
  readonly does: "die" | "stand still";
  readonly forgets: boolean;
}[] = [
  { server: "kube-apiserver", does: "die", forgets: true },
  { server: "kube-apiserver-second", does: "stand still", forgets: true },
  { server: "kube-apiserver-second", does: "die", forgets: false },
];

/** So many seeds fit on two cores side by side. */
export const seedsAtOnce = 24;

/**
 * Plays seeds on a real server side by side, each in its own namespace: caches behind a network that breaks as the seed says, while
 * objects change, servers die and come again in turn, and etcd forgets.
 */
export async function playLive(ground: LiveGround, seeds: readonly number[]): Promise<readonly LiveResult[]> {
  const { plane } = ground;
  const running = await Promise.all(seeds.map((seed) => beginLiveSeed(ground, seed)));
  const all = async (act: (seed: (typeof running)[number]) => Promise<void>): Promise<void> =>
    void (await Promise.all(running.map(act)));
  await all((seed) => seed.change(15));
  for (const { server, does, forgets } of acts) {
    await (does === "die" ? plane.kill(server) : plane.pause(server));
    await all((seed) => seed.change(15));
    if (does === "die") await all((seed) => seed.expireToken());
    if (forgets) {
      await all((seed) => seed.beforeCompaction());
      await plane.compact();
    }
    await Promise.all([does === "die" ? plane.start(server) : plane.resume(server), all((seed) => seed.change(15))]);
    await all((seed) => seed.heal());
  }
  await all((seed) => seed.change(15));
  return Promise.all(running.map((seed) => seed.finish()));
}
