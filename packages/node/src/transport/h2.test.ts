import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientHttp2Stream } from "node:http2";

import { type ApiResponse, ConnectionError } from "@kubewright/core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { apiRequest, bodyText, rejection, until } from "../../../../test/support/api-request.ts";
import { createAuthority, type CertifiedKey, type TestAuthority } from "../../../../test/support/certificates.ts";
import {
  errorCodes,
  frameTypes,
  type RawConnection,
  type RawH2Server,
  startRawH2Server,
} from "../../../../test/support/raw-h2-server.ts";
import { recordedDial } from "../../../../test/support/recorded-dial.ts";
import { createNodeTransport, type NodeTransport } from "./node-transport.ts";

let authority: TestAuthority;
let pair: CertifiedKey;
let server: RawH2Server;
let transport: NodeTransport;

beforeAll(() => {
  authority = createAuthority();
  pair = authority.issue();
});
afterAll(() => authority.remove());
afterEach(async () => {
  await transport.close();
  await server.close();
});

async function start(
  onRequest: (connection: RawConnection, stream: number) => void,
  maxStreams?: number,
): Promise<void> {
  server = await startRawH2Server(pair, onRequest, maxStreams);
  transport = createNodeTransport({ server: server.origin, ca: authority.ca });
}

const ok = (connection: RawConnection, stream: number): void => {
  connection.headers(stream, 200, { "content-type": "text/plain" });
  connection.data(stream, "ok", true);
};
const get = (path = "/x", changes = {}) => transport.send(apiRequest(path, changes));
const resets = (connection: RawConnection): number[] =>
  connection.frames.filter(({ type }) => type === frameTypes.reset).map(({ payload }) => payload.readUInt32BE());

describe("one session", () => {
  test("serves requests that begin at the same time, with one dial", async () => {
    await start(ok);
    const texts = await Promise.all(Array.from({ length: 50 }, async () => bodyText(await get())));
    expect(texts).toEqual(Array(50).fill("ok"));
    expect(server.connections).toHaveLength(1);
  });

  test("a request without a body ends with its headers, a write too", async () => {
    await start(ok);
    await bodyText(await get("/x", { method: "POST" }));
    const [headers] = server.connections[0]!.frames.filter(({ type }) => type === frameTypes.headers);
    expect(headers!.flags & 1).toBe(1);
  });

  test("opens wide windows, or a list would crawl over a long way", async () => {
    await start(ok);
    await bodyText(await get());
    const frames = server.connections[0]!.frames;
    const settings = frames.find(({ type, flags }) => type === frameTypes.settings && flags === 0)!.payload;
    const values = new Map<number, number>();
    for (let at = 0; at < settings.length; at += 6)
      values.set(settings.readUInt16BE(at), settings.readUInt32BE(at + 2));
    expect(values.get(4)).toBeGreaterThanOrEqual(1024 * 1024);
    expect(values.get(2)).toBe(0);
    const session = frames.find(({ type, stream }) => type === frameTypes.windowUpdate && stream === 0)!;
    expect(session.payload.readUInt32BE()).toBeGreaterThan(1024 * 1024);
  });
});

describe("a body that stops before its end", () => {
  const ways: readonly [string, (connection: RawConnection, stream: number) => void][] = [
    ["reset with NO_ERROR", (connection, stream) => connection.reset(stream, errorCodes.none)],
    ["reset with CANCEL", (connection, stream) => connection.reset(stream, errorCodes.cancel)],
    ["reset with INTERNAL_ERROR", (connection, stream) => connection.reset(stream, errorCodes.internal)],
    ["closed connection", (connection) => connection.socket.end()],
    ["destroyed connection", (connection) => connection.socket.destroy()],
    ["GOAWAY with an error", (connection, stream) => connection.goAway(stream, errorCodes.internal)],
  ];
  test.each(ways)("is a ConnectionError after what came: %s", async (_way, breakIt) => {
    await start((connection, stream) => {
      connection.headers(stream, 200);
      connection.data(stream, "half");
      setTimeout(() => breakIt(connection, stream), 20);
    });
    const response = await get("/x", { verb: "list" });
    const seen: string[] = [];
    const error = await rejection(
      (async () => {
        for await (const chunk of response.body) seen.push(Buffer.from(chunk).toString());
      })(),
    );
    expect(seen).toEqual(["half"]);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ sent: "maybe", message: expect.stringMatching(/^\w+: .* \(list \/x\)$/) });
  });

  test.each(ways)("is a ConnectionError before the headers: %s", async (_way, breakIt) => {
    await start(breakIt);
    expect(await rejection(get())).toBeInstanceOf(ConnectionError);
  });

  test("is found when the content-length says more", async () => {
    await start((connection, stream) => {
      connection.headers(stream, 200, { "content-length": "10" });
      connection.data(stream, "half", true);
    });
    expect(await rejection(get().then(bodyText))).toBeInstanceOf(ConnectionError);
  });

  test("is none when the headers carry the end", async () => {
    await start((connection, stream) => connection.headers(stream, 204, {}, true));
    const response = await get();
    expect([response.status, await bodyText(response)]).toEqual([204, ""]);
  });
});

describe("GOAWAY", () => {
  test("open requests go on to their end, new ones take another connection", async () => {
    await start((connection, stream) => {
      if (server.connections.length > 1) return ok(connection, stream);
      connection.headers(stream, 200);
      connection.goAway(stream, errorCodes.none);
    });
    const old = await get();
    await until(() => server.connections[0]!.frames.some(({ type }) => type === frameTypes.goAway));
    expect(await bodyText(await get())).toBe("ok");
    expect(server.connections).toHaveLength(2);
    server.connections[0]!.data(1, "late", true);
    expect(await bodyText(old)).toBe("late");
    await until(() => server.connections[0]!.socket.destroyed);
  });

  test.each([
    ["NO_ERROR", errorCodes.none],
    ["an error", errorCodes.calm],
  ])("what is above the last stream was not processed and is sent again, writes too: %s", async (_name, code) => {
    await start((connection, stream) => {
      if (connection !== server.connections[0]) ok(connection, stream);
      else if (stream === 5) connection.goAway(1, code);
    });
    const sent = [get("/1"), get("/2", { method: "POST", body: "{}" }), get("/3", { streaming: true })];
    const [first, second, third] = sent.map((one) => one.catch((error: unknown) => error));
    expect(await second).toMatchObject({ status: 200 });
    expect(await third).toMatchObject({ status: 200 });
    if (code === errorCodes.none) ok(server.connections[0]!, 1);
    expect(await first).toMatchObject(code === errorCodes.none ? { status: 200 } : { sent: "maybe" });
    expect(server.connections).toHaveLength(2);
  });

  test("a server that takes nothing is asked eight times", async () => {
    await start((connection, stream) => connection.goAway(stream - 1, errorCodes.none));
    expect(await rejection(get("/x", { method: "POST" }))).toMatchObject({
      name: "ConnectionError",
      sent: "no",
      message: expect.stringMatching(/^Refused: /),
    });
    expect(server.connections).toHaveLength(8);
  });

  test("a server that takes one request per connection serves them all", async () => {
    await start((connection, stream) => {
      if (stream !== 1) return;
      connection.goAway(1, errorCodes.none);
      ok(connection, stream);
    });
    const texts = await Promise.all(Array.from({ length: 8 }, async () => bodyText(await get())));
    expect(texts).toEqual(Array(8).fill("ok"));
  });

  test("an abort between two attempts is heeded", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    await start((connection, stream) => {
      if (server.connections.length === 2) controller.abort(reason);
      connection.goAway(stream - 1, errorCodes.none);
    });
    expect(await rejection(get("/x", { signal: controller.signal }))).toBe(reason);
    expect(server.connections).toHaveLength(2);
  });

  test("close() between two attempts is heeded", async () => {
    await start((connection, stream) => {
      connection.goAway(stream - 1, errorCodes.none);
      if (server.connections.length === 2) void transport.close();
    });
    expect(await rejection(get())).toMatchObject({ message: expect.stringMatching(/^Closed: /) });
    expect(server.connections).toHaveLength(2);
  });

  test.each(["abort", "close"])("%s while waiting for a later attempt is heeded at once", async (way) => {
    const controller = new AbortController();
    const reason = new Error("enough");
    await start((connection, stream) => {
      connection.goAway(stream - 1, errorCodes.none);
      if (server.connections.length < 6) return;
      // The pause that follows is of 200 ms at least.
      setTimeout(() => (way === "abort" ? controller.abort(reason) : void transport.close()), 50);
    });
    const error = await rejection(get("/x", { signal: controller.signal }));
    if (way === "abort") expect(error).toBe(reason);
    else expect(error).toMatchObject({ message: expect.stringMatching(/^Closed: /) });
    expect(server.connections).toHaveLength(6);
  });

  test("REFUSED_STREAM says that a request was not processed; the session stays", async () => {
    await start((connection, stream) =>
      stream === 1 ? connection.reset(stream, errorCodes.refused) : ok(connection, stream),
    );
    expect(await bodyText(await get("/x", { method: "POST", body: "{}" }))).toBe("ok");
    expect(server.connections).toHaveLength(1);
  });

  test("an alert that ends a connection says nothing of what was processed before: a write is not sent again", async () => {
    await start(ok);
    const { dialled, dial } = recordedDial();
    transport = createNodeTransport({ server: server.origin, ca: authority.ca, dial });
    await bodyText(await get());
    const requests = () =>
      server.connections.flatMap(({ frames }) => frames.filter(({ type }) => type === frameTypes.headers));
    server.connections[0]!.deaf = true;
    const sent = rejection(get("/x", { method: "POST", body: "{}" }));
    await until(() => requests().length === 2);
    // A record that nobody encrypted: the server answers with the alert bad_record_mac.
    dialled[0]!.write(Buffer.from([23, 3, 3, 0, 20, ...Array(20).fill(7)]));
    expect(await sent).toMatchObject({ name: "ConnectionError", sent: "maybe" });
    expect(requests()).toHaveLength(2);
  });

  test("a reset of any other kind is not sent again", async () => {
    await start((connection, stream) => connection.reset(stream, errorCodes.internal));
    expect(await rejection(get())).toMatchObject({ sent: "maybe" });
    expect(server.connections[0]!.frames.filter(({ type }) => type === frameTypes.headers)).toHaveLength(1);
  });
});

describe("retire()", () => {
  test("open requests go on to their end, new ones take another connection", async () => {
    await start((connection, stream) => connection.headers(stream, 200));
    const old = await get("/watch", { streaming: true });
    transport.retire();
    (await get()).discard();
    expect(server.connections).toHaveLength(2);
    server.connections[0]!.data(1, "late", true);
    expect(await bodyText(old)).toBe("late");
    await until(() => server.connections[0]!.socket.destroyed);
  });

  test("a server that does not hang up does not hold up close()", async () => {
    await start(ok);
    await bodyText(await get());
    server.connections[0]!.socket.pause();
    transport.retire();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await transport.close();
  });

  test("while a dial is under way, that connection is not used either", async () => {
    await start(ok);
    const { dialled, dial } = recordedDial();
    transport = createNodeTransport({ server: server.origin, ca: authority.ca, dial });
    const waiting = get();
    transport.retire();
    expect(await bodyText(await waiting)).toBe("ok");
    expect(dialled.map(({ destroyed }) => destroyed)).toEqual([true, false]);
  });
});

describe("the server's limit of streams", () => {
  test("watches leave a tenth to plain requests, then go to another session", async () => {
    await start((connection, stream) => connection.headers(stream, 200));
    await Promise.all(Array.from({ length: 95 }, () => get("/watch", { streaming: true })));
    expect(server.connections).toHaveLength(2);
    const streams = server.connections.map(
      ({ frames }) => frames.filter(({ type }) => type === frameTypes.headers).length,
    );
    expect(streams).toEqual([90, 5]);
    const plain = Array.from({ length: 10 }, () => get("/plain"));
    await Promise.all(plain);
    expect(server.connections[0]!.frames.filter(({ type }) => type === frameTypes.headers)).toHaveLength(100);
  });

  test("1,000 watches run at once, none above the limit", async () => {
    await start((connection, stream) => connection.headers(stream, 200), 20);
    await get("/first");
    await until(() =>
      server.connections[0]!.frames.some(({ type, flags }) => type === frameTypes.settings && flags === 1),
    );
    await Promise.all(Array.from({ length: 1000 }, () => get("/watch", { streaming: true })));
    const counts = server.connections.map(
      ({ frames }) => frames.filter(({ type }) => type === frameTypes.headers).length,
    );
    expect(counts[0]).toBe(19);
    expect(counts.reduce((sum, count) => sum + count)).toBe(1001);
  });

  test("a server that takes none at all is not dialled without end", async () => {
    await start((connection, stream) => connection.reset(stream, errorCodes.refused), 0);
    const waiting = [get("/1"), get("/2", { method: "POST" }), get("/3", { streaming: true })].map(rejection);
    for (const error of await Promise.all(waiting))
      expect(error).toMatchObject({ sent: "no", message: expect.stringMatching(/^Refused: /) });
    expect(server.connections.length).toBeLessThanOrEqual(3 * 8);
  });

  test("a limit that is lowered while requests are on their way strands none", async () => {
    let hold = false;
    await start((connection, stream) => (hold ? connection.headers(stream, 200) : ok(connection, stream)));
    await bodyText(await get());
    hold = true;
    // The requests begin after the server's word is there and before it is read: Node sends them later, those that fit.
    const answers = await new Promise<Promise<ApiResponse>[]>((resolve) =>
      setImmediate(() => {
        server.connections[0]!.settings(1);
        setTimeout(() => resolve(Array.from({ length: 5 }, () => get("/held", { method: "POST", body: "{}" }))), 1);
        const now = performance.now();
        while (performance.now() < now + 5);
      }),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(5).fill(200));
    const taken = server.connections.map(
      ({ frames }) => frames.filter(({ type }) => type === frameTypes.headers).length,
    );
    expect([taken[0], taken.reduce((sum, count) => sum + count)]).toEqual([2, 6]);
    // Nothing of those that were not sent keeps the session.
    transport.retire();
    server.connections[0]!.data(3, "done", true);
    await until(() => server.connections[0]!.socket.destroyed);
  });

  test("requests that began before the limit was known find their place", async () => {
    const open = new Map<RawConnection, number>();
    await start((connection, stream) => {
      const count = (open.get(connection) ?? 0) + 1;
      if (count > 10) return connection.reset(stream, errorCodes.refused);
      open.set(connection, count);
      connection.headers(stream, 200);
    }, 10);
    const answers = await Promise.all(Array.from({ length: 80 }, () => get("/watch", { streaming: true })));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  test("plain requests above the limit take another session, also after many have finished", async () => {
    let hold = false;
    await start((connection, stream) => (hold ? connection.headers(stream, 200) : ok(connection, stream)), 3);
    for (let i = 0; i < 10; i++) await bodyText(await get());
    hold = true;
    for (let i = 0; i < 4; i++) await get();
    expect(server.connections).toHaveLength(2);
    expect(server.connections[1]!.frames.filter(({ type }) => type === frameTypes.headers)).toHaveLength(1);
  });

  test("a finished request frees its place at once", async () => {
    await start(ok, 3);
    await bodyText(await get());
    const loop = async () => {
      for (let i = 0; i < 30; i++) await bodyText(await get());
    };
    await Promise.all([loop(), loop(), loop()]);
    expect(server.connections).toHaveLength(1);
  });
});

test("a session is replaced before it runs out of stream numbers", async () => {
  let stream: ClientHttp2Stream | undefined;
  const created = (message: unknown): void => void ({ stream } = message as { stream: ClientHttp2Stream });
  subscribe("http2.client.stream.created", created);
  await start((connection, id) => ok(connection, id));
  const session = async () => (bodyText(await get()), stream!.session!);
  const first = await session();
  const handle = Object.getOwnPropertySymbols(first).find(({ description }) => description === "kHandle")!;
  (first as unknown as Record<symbol, { setNextStreamID(id: number): void }>)[handle]!.setNextStreamID(2 ** 30 - 1);
  const texts: string[] = [];
  for (let i = 0; i < 4; i++) texts.push(await bodyText(await get()));
  unsubscribe("http2.client.stream.created", created);
  expect(texts).toEqual(Array(4).fill("ok"));
  expect(server.connections).toHaveLength(2);
});

test("an answer that does not wait for the body frees its place, also when the server never takes the body", async () => {
  await start((connection, stream) => {
    connection.headers(stream, 413);
    connection.data(stream, "too large", true);
  });
  // Beyond the window of 64 KiB that a server gives at first.
  const body = "x".repeat(300_000);
  for (let i = 0; i < 5; i++) expect(await bodyText(await get("/x", { method: "POST", body }))).toBe("too large");
  await until(() => resets(server.connections[0]!).length === 5);
});

describe("leaving early", () => {
  const endless = (connection: RawConnection, stream: number): void => {
    connection.headers(stream, 200);
    connection.data(stream, "one");
  };

  test.each([
    [
      "break",
      async (response: Awaited<ReturnType<typeof get>>) =>
        void (await response.body[Symbol.asyncIterator]().return?.()),
    ],
    ["discard", async (response: Awaited<ReturnType<typeof get>>) => response.discard()],
  ])("resets only the stream: %s", async (_name, leave) => {
    await start(endless);
    const left = await get();
    const kept = await get();
    await leave(left);
    await until(() => resets(server.connections[0]!).length === 1);
    expect(resets(server.connections[0]!)).toEqual([errorCodes.cancel]);
    server.connections[0]!.data(3, "two", true);
    expect(await bodyText(kept)).toBe("onetwo");
    left.discard();
  });

  test("an abort before the headers, and one in the body, reject with the signal's reason and reset the stream", async () => {
    await start((connection, stream) => {
      if (stream > 1) endless(connection, stream);
    });
    const [early, late] = [new AbortController(), new AbortController()];
    const waiting = get("/x", { signal: early.signal });
    const reading = await get("/x", { signal: late.signal });
    const reason = { any: "thing" };
    early.abort(reason);
    expect(await rejection(waiting)).toBe(reason);
    late.abort(reason);
    expect(await rejection(bodyText(reading))).toBe(reason);
    await until(() => resets(server.connections[0]!).length === 2);
    expect(resets(server.connections[0]!)).toEqual([errorCodes.cancel, errorCodes.cancel]);
  });
});
