import { beforeAll, describe, expect, inject, test } from "vitest";
import { refusal } from "../support/api-request.ts";
import { randomInput } from "./bytes.ts";
import { echo, startPodServer } from "./pod-server.ts";
import {
  connectionTrip,
  cutAtRandom,
  type Ground,
  inLane,
  type Lane,
  type RoundTrip,
  losslessNetworks,
} from "./round-trip.ts";
import { held, runningPod } from "./support.ts";

// What is sent to a port comes back as it was, or an error of the library does: whatever lies between here and the API server.

const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));
beforeAll(() => runningPod(own.pods, "one"));
const ground = (): Ground => ({ plane: inject("controlPlane"), namespace: own.namespace });

/** Random bytes to an echo and back. With a token of the call's own each goes over a connection of its own. */
function trip({ pods }: Lane, port: number, size: number, pieceBytes = 10_000): Promise<RoundTrip> {
  const connecting = pods.connect("one", port, { token: inject("controlPlane").admin.token });
  return connectionTrip(connecting, size, randomInput(size, pieceBytes));
}

test.each(["reset", "fin", "halfClose"] as const)("%s under way: an error, not an end", (breakIt) =>
  inLane(ground(), async ({ proxy, pods }) => {
    await using server = await startPodServer((socket) => void socket.write("up"));
    const connection = await pods.connect("one", server.port);
    const reader = connection.readable.getReader();
    await reader.read();
    proxy[breakIt]();
    expect(await refusal(reader.read())).toMatch(/^ConnectionError: /);
    expect(await refusal(connection.closed)).toMatch(/^ConnectionError: /);
  }),
);

describe("through a network that is", () => {
  test.each(losslessNetworks)("%s", (_, shape) =>
    inLane(ground(), async (lane) => {
      await using server = await startPodServer(echo);
      lane.proxy.shape(shape);
      for (const size of [0, 1, 32 * 1024 + 1, 500_000]) expect(await trip(lane, server.port, size)).toBe("whole");
    }),
  );

  test("well: 64 MB, and 64 KiB byte by byte", { timeout: 120_000 }, () =>
    inLane(ground(), async (lane) => {
      await using server = await startPodServer(echo);
      expect(await trip(lane, server.port, 64_000_000, 1024 * 1024)).toBe("whole");
      expect(await trip(lane, server.port, 64 * 1024, 1)).toBe("whole");
    }),
  );
});

test("cut at 500 random offsets: never short and in order", { timeout: 120_000 }, () =>
  inLane(ground(), async (lane) => {
    await using server = await startPodServer(echo);
    // What names the pod goes over a connection that is not cut.
    await lane.pods.get("one");
    const ends = await cutAtRandom(lane, 60_000, () => trip(lane, server.port, 50_000));
    expect(ends.filter((end) => end !== "error" && end !== "whole")).toEqual([]);
    expect(ends.filter((end) => end === "error").length).toBeGreaterThan(250);
  }),
);
