import { beforeAll, describe, expect, inject, test } from "vitest";
import {
  cutAtRandom,
  type Ground,
  inLane,
  isBroken,
  playSeed,
  type RoundTrip,
  roundTrip,
  losslessNetworks,
} from "./round-trip.ts";
import { randomInput } from "./bytes.ts";
import { held, runningPod } from "./support.ts";

// What a command is sent comes back as it was, or an error of the library does: whatever lies between here and the API server.

const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));
beforeAll(() => runningPod(own.pods, "one"));
const ground = (): Ground => ({ plane: inject("controlPlane"), namespace: own.namespace });

describe("through a network that is", () => {
  test.each(losslessNetworks)("%s", (_, shape) =>
    inLane(ground(), async ({ proxy, pods }) => {
      proxy.shape(shape);
      for (const size of [0, 1, 32 * 1024 + 1, 500_000])
        expect(await roundTrip(pods, size, randomInput(size, 10_000))).toBe("whole");
    }),
  );

  test("well: 64 MB, and 64 KiB byte by byte", { timeout: 120_000 }, () =>
    inLane(ground(), async ({ pods }) => {
      const [large, small] = [64_000_000, 64 * 1024];
      expect(await roundTrip(pods, large, randomInput(large, 1024 * 1024))).toBe("whole");
      expect(await roundTrip(pods, small, randomInput(small, 1))).toBe("whole");
    }),
  );
});

test("cut at 500 random offsets: never short and successful", { timeout: 120_000 }, () =>
  inLane(ground(), async (lane) => {
    const ends = await cutAtRandom(lane, 60_000, () => roundTrip(lane.pods, 50_000, randomInput(50_000, 10_000)));
    expect(ends.filter((end) => end !== "error" && end !== "whole")).toEqual([]);
    expect(ends.filter((end) => end === "error").length).toBeGreaterThan(250);
  }),
);

test("24 seeds of 16 MB: whole, or an error where the connection was broken", { timeout: 240_000 }, async () => {
  const seeds = Array.from({ length: 24 }, (_, seed) => seed);
  const waiting = [...seeds];
  const ends: RoundTrip[] = [];
  const playSome = async (): Promise<void> => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift())
      ends[seed] = await playSeed(ground(), seed, 16_000_000);
  };
  await Promise.all([playSome(), playSome(), playSome()]);
  const wrong = seeds.map((seed) => ({ seed, end: ends[seed] })).filter(({ seed, end }) => end !== "whole" && !(isBroken(seed) && end === "error")); // prettier-ignore
  expect(wrong).toEqual([]);
});
