import { once } from "node:events";
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

import { ConnectionError } from "@kubewright/core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

import { apiRequest, bodyText, rejection, until } from "../../../../test/support/api-request.ts";
import { createAuthority, type CertifiedKey, type TestAuthority } from "../../../../test/support/certificates.ts";
import {
  frameTypes,
  type RawConnection,
  type RawH2Server,
  startRawH2Server,
} from "../../../../test/support/raw-h2-server.ts";
import { recordedDial } from "../../../../test/support/recorded-dial.ts";
import { arrived, broken, goOn } from "../../../../test/support/reset-h2-state.ts";
import { connectTimeouts } from "../dial/connection.ts";
import { idleTimes } from "./h1-pool.ts";
import { createHealth, healthTimes } from "./h2-health.ts";
import type { H2Session } from "./h2-session.ts";
import { createTransport, type NodeTransport } from "./node-transport.ts";

// An answer that a busy machine brings a fifth of its time too late is waited for anew: with less, it would be at every look.
const health = { tickMs: 20, quietMs: 80, answerMs: 500, staleMs: 100, idleMs: 400 };
const times = { connect: connectTimeouts, idle: idleTimes, health };

let authority: TestAuthority;
let pair: CertifiedKey;
let server: RawH2Server | undefined;
let transport: NodeTransport | undefined;

beforeAll(() => {
  authority = createAuthority();
  pair = authority.issue();
});
afterAll(() => authority.remove());
afterEach(async () => {
  await transport?.close();
  await server?.close();
  server = undefined;
  transport = undefined;
});

async function start(onRequest: (connection: RawConnection, stream: number) => void, changes = {}): Promise<void> {
  server = await startRawH2Server(pair, onRequest);
  transport = createTransport(
    { server: server.origin, ca: authority.ca },
    { ...times, health: { ...health, ...changes } },
  );
}

const get = (path = "/x", changes = {}) => transport!.send(apiRequest(path, changes));
const connection = (index = 0): RawConnection => server!.connections[index]!;
const count = (type: number, index = 0): number =>
  connection(index).frames.filter((frame) => frame.type === type).length;
const ok = (to: RawConnection, stream: number): void => {
  to.headers(stream, 200);
  to.data(stream, "ok", true);
};

test("the bounds find a dead connection within 15 s", () => {
  const { tickMs, quietMs, answerMs, staleMs } = healthTimes;
  // One tick until the last byte is noticed, and one until the silence is.
  expect(tickMs + quietMs + tickMs + answerMs).toBeLessThan(15_000);
  expect(staleMs).toBeLessThanOrEqual(10_000);
});

test("a connection that answers no ping is given up, and the next request takes another", async () => {
  await start((to, stream) => to.headers(stream, 200));
  const watch = await get("/watch", { streaming: true });
  connection().deaf = true;
  const began = Date.now();
  const error = await rejection(bodyText(watch));
  expect(error).toBeInstanceOf(ConnectionError);
  expect((error as Error).message).toMatch(/did not answer a ping/);
  expect(Date.now() - began).toBeGreaterThanOrEqual(150);
  (await get()).discard();
  expect(server!.connections).toHaveLength(2);
});

test("a connection that is only silent is asked again and again, and kept", async () => {
  await start((to, stream) => to.headers(stream, 200), { answerMs: 5000 });
  const watch = await get("/watch", { streaming: true });
  await until(() => count(frameTypes.ping) >= 3, 20_000);
  connection().data(1, "still here", true);
  expect(await bodyText(watch)).toBe("still here");
});

test("so is one that takes no new requests after a GOAWAY", async () => {
  await start((to, stream) => to.headers(stream, 200), { answerMs: 5000 });
  const watch = await get("/watch", { streaming: true });
  connection().goAway(1, 0);
  await until(() => count(frameTypes.settings) >= 4, 20_000);
  connection().data(1, "still here", true);
  expect(await bodyText(watch)).toBe("still here");
});

test("and one that dies after a GOAWAY is found", async () => {
  await start((to, stream) => to.headers(stream, 200));
  const watch = await get("/watch", { streaming: true });
  connection().goAway(1, 0);
  const before = count(frameTypes.settings);
  // It has been asked since, and answered.
  await until(() => count(frameTypes.settings) > before + 1, 20_000);
  connection().deaf = true;
  expect(await rejection(bodyText(watch))).toMatchObject({ message: expect.stringMatching(/did not answer/) });
});

test("data answers as well as a pong does", async () => {
  await start((to, stream) => to.headers(stream, 200), { answerMs: 2000 });
  const watch = await get("/watch", { streaming: true });
  connection().deaf = true;
  let answered = 0;
  await until(() => {
    if (count(frameTypes.ping) > answered) connection().data(1, String(++answered));
    return answered === 3;
  }, 20_000);
  connection().data(1, "b", true);
  expect(await bodyText(watch)).toBe("123b");
});

test("a reset that a write meets first, which Node does not tell of, is found at the next look", async () => {
  const state = new Int32Array(new SharedArrayBuffer(12));
  const worker = new Worker(new URL("../../../../test/support/reset-h2-worker.ts", import.meta.url), {
    workerData: { ...pair, state },
  });
  const [port] = (await once(worker, "message")) as [number];
  transport = createTransport(
    { server: `https://127.0.0.1:${port}`, ca: authority.ca },
    { ...times, health: healthTimes },
  );
  await bodyText(await get());
  // Answers and reset wait when the loop goes on, and each answer has a next request written before the reset is read.
  const chain = async (): Promise<void> => {
    await bodyText(await get("/reset"));
    await bodyText(await get("/next"));
  };
  const chains = Array.from({ length: 8 }, () => rejection(chain()));
  while (Atomics.load(state, arrived) < chains.length) await setImmediate();
  Atomics.store(state, goOn, 1);
  Atomics.wait(state, broken, 0);
  for (const error of await Promise.all(chains)) {
    expect(error).toMatchObject({ name: "ConnectionError", message: expect.stringContaining("was reset") });
  }
  expect(await bodyText(await get("/c"))).toBe("answer");
  await transport.close();
  await worker.terminate();
});

test("a blocked loop does not kill a healthy connection", async () => {
  const worker = new Worker(new URL("../../../../test/support/quiet-h2-worker.ts", import.meta.url), {
    workerData: pair,
  });
  const [port] = (await once(worker, "message")) as [number];
  transport = createTransport({ server: `https://127.0.0.1:${port}`, ca: authority.ca }, times);
  const watch = await get("/watch", { streaming: true });
  let ended = false;
  const reading = bodyText(watch).catch(() => (ended = true));
  // Begins at every moment of the cycle of silence, question and answer.
  for (let i = 0; i < 8; i++) {
    await sleep(75 * i);
    const end = Date.now() + 800;
    while (Date.now() < end);
  }
  await sleep(700);
  expect(ended).toBe(false);
  watch.discard();
  await reading;
  await worker.terminate();
}, 60_000);

test("a session that was idle for long is asked before it is used: a dead one does not get the request", async () => {
  await start(ok);
  await bodyText(await get());
  connection().deaf = true;
  await sleep(150);
  expect(await bodyText(await get("/x", { method: "POST", body: "{}" }))).toBe("ok");
  expect(server!.connections).toHaveLength(2);
  expect(count(frameTypes.headers)).toBe(1);
});

test("a session that was idle for long and answers is used again", async () => {
  await start(ok, { answerMs: 5000, idleMs: 60_000 });
  await bodyText(await get());
  await sleep(150);
  expect(await Promise.all([get().then(bodyText), get().then(bodyText)])).toEqual(["ok", "ok"]);
  expect(server!.connections).toHaveLength(1);
  expect(count(frameTypes.ping)).toBe(1);
});

test("requests that their callers give up do not keep a dead connection in use", async () => {
  await start((to, stream) => {
    if (to !== connection()) ok(to, stream);
  });
  const first = new AbortController();
  const given = rejection(get("/x", { signal: first.signal }));
  await until(() => server!.connections.length > 0 && count(frameTypes.headers) > 0);
  first.abort();
  await given;
  connection().deaf = true;
  // With a moment between them: the session is idle each time.
  for (let i = 0; i < 20; i++) {
    await get("/x", { signal: AbortSignal.timeout(40) }).catch(() => undefined);
    await sleep(5);
  }
  expect(await bodyText(await get())).toBe("ok");
  expect(server!.connections).toHaveLength(2);
});

describe("a machine that sleeps", () => {
  const asleep = () => {
    let bytes = 0;
    const calls: string[] = [];
    const session = {
      open: 1,
      inService: true,
      ended: false,
      asked: false,
      quietMs: () => 0,
      get bytesRead() {
        return bytes;
      },
      ask: () => true,
      destroy: () => calls.push("destroy"),
      retire: () => {},
    } as unknown as H2Session;
    return { session, calls, hear: () => (bytes += 1) };
  };
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("gives the server its time anew, once awake", async () => {
    const pool = createHealth({ ...health, answerMs: 100 }, "server:1");
    const { session, calls, hear } = asleep();
    pool.watch(session);
    const alive = pool.check(session);
    vi.setSystemTime(Date.now() + 3_600_000);
    await vi.advanceTimersByTimeAsync(120);
    expect(calls).toEqual([]);
    hear();
    await vi.advanceTimersByTimeAsync(120);
    expect(await alive).toBe(true);
    pool.forget(session);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("but not for ever", async () => {
    const pool = createHealth({ ...health, answerMs: 100 }, "server:1");
    const { session, calls } = asleep();
    pool.watch(session);
    const alive = pool.check(session);
    vi.setSystemTime(Date.now() + 3_600_000);
    await vi.advanceTimersByTimeAsync(240);
    expect(await alive).toBe(false);
    expect(calls).toEqual(["destroy"]);
    pool.forget(session);
  });
});

test("an idle session is closed before the server does it", async () => {
  await start(ok, { staleMs: 10_000 });
  await bodyText(await get());
  await until(() => connection().socket.destroyed);
  expect(count(frameTypes.goAway)).toBe(1);
  expect(await bodyText(await get())).toBe("ok");
});

test("a retired session goes although the server does not hang up", async () => {
  await start(ok);
  const { dialled, dial } = recordedDial();
  transport = createTransport({ server: server!.origin, ca: authority.ca, dial }, times);
  await bodyText(await get());
  connection().socket.pause();
  transport.retire();
  await until(() => dialled[0]!.destroyed);
});

test("closing while a ping is out leaves no timer", async () => {
  await start(ok, { answerMs: 60_000, idleMs: 60_000 });
  await bodyText(await get());
  connection().deaf = true;
  await sleep(150);
  const waiting = rejection(get());
  await until(() => count(frameTypes.ping) > 0);
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const before = timers();
  await transport!.close();
  expect(await waiting).toMatchObject({ name: "ConnectionError", sent: "no" });
  expect(timers()).toBeLessThan(before);
});
