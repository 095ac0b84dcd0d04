import { once } from "node:events";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { portForward } from "kubewright/port-forward";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { rejection, refusal, until } from "../support/api-request.ts";
import { eventually } from "../support/eventually.ts";
import { startLoopClock } from "../support/loop-clock.ts";
import { handles } from "./leave-nothing.ts";
import { echo, startPodServer } from "./pod-server.ts";
import { dialled, endOf, forwardTo } from "./port-forward-cases.ts";
import { held, phaseOf } from "./support.ts";

const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));

beforeAll(() => makePod("db", "Running"));

async function makePod(name: string, phase: string, port?: number, labels: Record<string, string> = {}): Promise<void> {
  const ports = port === undefined ? [] : [{ name: "sql", containerPort: port }];
  await own.pods.create({
    metadata: { name, labels },
    spec: { containers: [{ name: "main", image: "local", ports }], terminationGracePeriodSeconds: 0 },
  });
  await phaseOf(own.pods, name, phase);
}

async function says(port: number): Promise<string> {
  const socket = await dialled(port);
  const said = await endOf(socket);
  socket.destroy();
  return said;
}

describe("many at once", () => {
  test("50, of which one is not read by the pod and one not by us: the 48 others finish", async () => {
    await using server = await startPodServer((socket) => {
      socket.once("data", (first) => {
        if (first[0] === 1) {
          socket.pause(); // reads no more
        } else if (first[0] === 2) {
          socket.write(Buffer.alloc(50_000_000));
        } else {
          socket.write(first);
          echo(socket);
        }
      });
    });
    await using forward = await forwardTo(own, server.port);
    const unread = await dialled(forward.port);
    unread.write(Buffer.alloc(30_000_000, 1));
    const unreading = await dialled(forward.port);
    unreading.pause();
    unreading.write(Buffer.alloc(1, 2));
    await until(() => server.sockets.length === 2);
    const sent = Buffer.alloc(200_000, 3);
    await Promise.all(
      Array.from({ length: 48 }, async () => {
        const socket = await dialled(forward.port);
        socket.end(sent);
        expect((await endOf(socket)).length).toBe(sent.length);
        socket.destroy();
      }),
    );
    for (const socket of [unread, unreading]) {
      expect([socket.destroyed, socket.readableEnded]).toEqual([false, false]);
      socket.destroy();
    }
  });

  test("more than maxConnections wait for their turn", async () => {
    await using server = await startPodServer(echo);
    await using forward = await forwardTo(own, server.port, { maxConnections: 2 });
    const sockets = await Promise.all([1, 2, 3].map(() => dialled(forward.port)));
    for (const socket of sockets) socket.write("x");
    await until(() => server.sockets.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(server.sockets).toHaveLength(2);
    const answered = new Set<Socket>();
    for (const socket of sockets) socket.once("data", () => answered.add(socket));
    await until(() => answered.size === 2);
    [...answered][0]?.destroy();
    await until(() => answered.size === 3);
    for (const socket of sockets) socket.destroy();
  });

  test("1,000 one after another and 20 abreast, each way of ending; then close: nothing is left", async () => {
    await using server = await startPodServer((socket) => {
      socket.once("data", (data) => (data[0] === 0 ? socket.resetAndDestroy() : socket.end(data)));
    });
    const forward = await forwardTo(own, server.port);
    const before = handles();
    let turn = 0;
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        while (turn < 1000) {
          const kind = turn++ % 4;
          const socket = await dialled(forward.port);
          socket.write(Buffer.of(kind));
          if (kind === 1) socket.resetAndDestroy();
          else await endOf(socket);
          socket.destroy();
        }
      }),
    );
    await forward.close();
    // Its own ends count too, for it is in this process.
    await server.close();
    for (const kind of ["TCPSocketWrap", "TLSWrap", "TCPServerWrap"])
      await expect.poll(() => handles()[kind] ?? 0).toBeLessThanOrEqual(before[kind] ?? 0);
  }, 120_000);

  test("a client that resets instead of closing, 100 times: the port stays", async () => {
    const told: unknown[] = [];
    await using server = await startPodServer(echo);
    await using forward = await forwardTo(own, server.port, { onError: (error) => told.push(error) });
    for (let turn = 0; turn < 100; turn++) {
      const socket = await dialled(forward.port);
      socket.write("x");
      await once(socket, "data");
      socket.resetAndDestroy();
    }
    const socket = await dialled(forward.port);
    socket.write("there");
    expect(String((await once(socket, "data"))[0])).toBe("there");
    socket.destroy();
    expect(told).toEqual([]);
  });
});

describe("which pod", () => {
  test("one by its name: the next connection goes to the pod that replaced it", async () => {
    await using first = await startPodServer((socket) => socket.end("first"));
    await using second = await startPodServer((socket) => socket.end("second"));
    await makePod("again", "Running", first.port);
    await using forward = await forwardTo(own, "sql", {}, "again");
    expect(await says(forward.port)).toBe("first");
    await own.pods.delete("again", { gracePeriodSeconds: 0 });
    await eventually(
      () =>
        own.pods.get("again").then(
          () => undefined,
          () => true,
        ),
      "it is gone",
    );
    // On this node a tunnel to a pod that is gone leads to the same machine still; one that was read a moment ago may be tried.
    await eventually(
      async () => ((await says(forward.port)) === "ECONNRESET" ? true : undefined),
      "no pod, no connection",
    );
    await makePod("again", "Running", second.port);
    using since = startLoopClock();
    expect(await says(forward.port)).toBe("second");
    console.log(`[measured] the pod that replaced another answers ${since.ms.toFixed(0)} ms after it was ready`);
    expect(since.ms).toBeLessThan(2000);
  });

  test("ready ones of a selector: the same as long as it is ready, then another", async () => {
    await using first = await startPodServer((socket) => socket.end("first"));
    await using second = await startPodServer((socket) => socket.end("second"));
    const labels = { app: "shop" };
    await makePod("shop-1", "Running", first.port, labels);
    await using forward = await forwardTo(own, "sql", {}, { labelSelector: labels });
    await makePod("shop-2", "Running", second.port, labels);
    for (let turn = 0; turn < 3; turn++) expect(await says(forward.port)).toBe("first");
    await own.pods.delete("shop-1", { gracePeriodSeconds: 0 });
    await eventually(async () => ((await says(forward.port)) === "second" ? true : undefined), "the other answers");
    await own.pods.delete("shop-2", { gracePeriodSeconds: 0 });
    const told: unknown[] = [];
    await using other = await forwardTo(own, 80, { onError: (error) => told.push(error) });
    expect(other.ports).toHaveLength(1);
  });

  test("none is ready", async () => {
    expect(await refusal(forwardTo(own, 80, {}, { labelSelector: "app=none" }))).toBe(
      "ConnectionError: NoReadyPod: no pod has the labels app=none",
    );
    await own.pods.create({
      metadata: { name: "waits", labels: { app: "waits" } },
      spec: { containers: [{ name: "main", image: "local" }], nodeSelector: { no: "where" } },
    });
    expect(await refusal(forwardTo(own, 80, {}, { labelSelector: "app=waits" }))).toBe(
      "ConnectionError: NoReadyPod: none of the 1 pods is ready that have the labels app=waits",
    );
  });
});

describe("what cannot be forwarded", () => {
  test.each<[string, string, Parameters<typeof portForward>[1], unknown]>([
    ["port 65536 here", "ports[0].local", "db", { ports: [{ local: 65_536, remote: 80 }] }],
    ["a negative port here", "ports[0].local", "db", { ports: [{ local: -1, remote: 80 }] }],
    ["no port here", "ports[0].local", "db", { ports: [{ remote: 80 }] }],
    ["port 0 of the pod", "ports[1].remote", "db", { ports: [{ local: 0, remote: 1 }, { local: 0, remote: 0 }] }], // prettier-ignore
    ["port 65536 of the pod", "ports[0].remote", "db", { ports: [{ local: 0, remote: 65_536 }] }],
    ["a name that the pod does not have", "ports[0].remote", "db", { ports: [{ local: 0, remote: "http" }] }],
    ["a name that is none", "ports[0].remote", "db", { ports: [{ local: 0, remote: "HTTP!" }] }],
    ["the same port twice", "ports[1].local", "db", { ports: [{ local: 8123, remote: 1 }, { local: 8123, remote: 2 }] }], // prettier-ignore
    ["no ports", "ports", "db", {}],
    ["an empty list", "ports", "db", { ports: [] }],
    ["a typing error in a port", "ports[0].lokal", "db", { ports: [{ local: 0, lokal: 1, remote: 80 }] }],
    ["a typing error in the options", "adress", "db", { ports: [{ local: 0, remote: 80 }], adress: "::" }],
    ["an address that is a name", "address", "db", { ports: [{ local: 0, remote: 80 }], address: "localhost" }],
    [
      "an address that is not here",
      "ports[0].local",
      "db",
      { ports: [{ local: 0, remote: 80 }], address: "192.0.2.1" },
    ],
    ["no connections", "maxConnections", "db", { ports: [{ local: 0, remote: 80 }], maxConnections: 0 }],
    ["what is no function", "onError", "db", { ports: [{ local: 0, remote: 80 }], onError: 1 }],
    ["no pod's name", "target", "", { ports: [{ local: 0, remote: 80 }] }],
    [
      "a selector that chooses all",
      "target.labelSelector",
      { labelSelector: "" },
      { ports: [{ local: 0, remote: 80 }] },
    ],
    ["no selector", "target", {} as never, { ports: [{ local: 0, remote: 80 }] }],
    ["a wrong selector", "labelSelector", { labelSelector: "a=b=c" }, { ports: [{ local: 0, remote: 80 }] }],
  ])("%s", async (_, field, target, options) => {
    const error = await rejection(portForward(own.pods, target, options as never));
    expect({ name: (error as Error).name, field: (error as { field?: string }).field }).toEqual({
      name: "InputError",
      field,
    });
  });

  test("a port that is in use", async () => {
    const taken = createServer();
    taken.listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    const said = await refusal(portForward(own.pods, "db", { ports: [{ local: 0, remote: 80 }, { local: port, remote: 80 }] })); // prettier-ignore
    expect(said).toBe(
      `InputError: Invalid ports[1].local: port ${port} of this machine is in use; choose another, or 0 for any that is free`,
    );
    taken.close();
  });

  test("a pod that is not there", async () => {
    expect(await refusal(forwardTo(own, 80, {}, "none"))).toMatch(/^StatusError: NotFound: pods "none" not found/);
  });
});

describe("its end", () => {
  test("an abort of its signal, and before it has begun", async () => {
    await using server = await startPodServer(echo);
    const controller = new AbortController();
    const forward = await forwardTo(own, server.port, { signal: controller.signal });
    const socket = await dialled(forward.port);
    controller.abort(new Error("mine"));
    await endOf(socket);
    await expect.poll(() => dialled(forward.port).then(() => "listens", () => "gone")).toBe("gone"); // prettier-ignore
    expect(await rejection(forwardTo(own, server.port, { signal: controller.signal }))).toBe(controller.signal.reason);
  });

  test("cluster.close()", async () => {
    await using server = await startPodServer(echo);
    const cluster = await connect({ kubeconfig: inject("controlPlane").admin.kubeconfig });
    const pods = cluster.api(CoreV1).pods.in(own.namespace);
    const forward = await portForward(pods, "db", { ports: [{ local: 0, remote: server.port }] });
    const port = forward.ports[0]?.local ?? 0;
    const socket = await dialled(port);
    await cluster.close();
    await endOf(socket);
    await expect.poll(() => dialled(port).then(() => "listens", () => "gone")).toBe("gone"); // prettier-ignore
  });

  test("another address", async () => {
    await using server = await startPodServer((socket) => socket.end("here"));
    await using forward = await forwardTo(own, server.port, { address: "127.0.0.2" });
    expect(await endOf(await dialled(forward.port, "127.0.0.2"))).toBe("here");
    await expect(dialled(forward.port, "127.0.0.1")).rejects.toThrow("ECONNREFUSED");
  });
});
