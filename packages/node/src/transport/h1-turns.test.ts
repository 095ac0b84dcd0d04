import { getEventListeners } from "node:events";
import type { Socket } from "node:net";

import { afterEach, describe, expect, test } from "vitest";

import { apiRequest, bodyText, rejection, until } from "../../../../test/support/api-request.ts";
import { answer, type RawH1Server, startRawH1Server } from "../../../../test/support/raw-h1-server.ts";
import type { Dial } from "../dial/dial.ts";
import { dialTcp } from "../dial/dial-tcp.ts";
import { createNodeTransport, type NodeTransport } from "./node-transport.ts";

let server: RawH1Server;
let transport: NodeTransport;
/** Requests that the server has and has not answered. */
let held: { readonly path: string; readonly socket: Socket }[];

afterEach(async () => {
  await transport.close();
  await server.close();
});

/** A server that answers when the test says so, except to watches and `/now`. */
async function start(maxConnections?: number, dial?: Dial): Promise<void> {
  held = [];
  server = await startRawH1Server((socket, request) => {
    const path = request.split(" ")[1] ?? "";
    if (path === "/watch") socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    else if (path === "/now") socket.write(answer(path));
    else held.push({ path, socket });
  });
  transport = createNodeTransport({ server: server.origin, maxConnections, dial });
}

const get = (path = "/x", changes = {}) => transport.send(apiRequest(path, changes));
const text = async (path: string, changes = {}) => bodyText(await get(path, changes));
const watch = () => get("/watch", { streaming: true });
/** Answers the oldest request. */
function answerOne(): void {
  const { socket, path } = held.shift()!;
  socket.write(answer(path));
}

describe("requests at a time", () => {
  test("are no more than the bound; the others wait and are served in order", async () => {
    await start(3);
    const done: string[] = [];
    const paths = Array.from({ length: 20 }, (_, i) => `/${i}`);
    const all = Promise.all(paths.map(async (path) => done.push(await text(path))));
    for (const path of paths) {
      await until(() => held.length > 0 && held.length === Math.min(3, paths.length - done.length));
      expect(held.map((one) => one.path)).toContain(path);
      answerOne();
      await until(() => done.at(-1) === path);
    }
    await all;
    expect(server.sockets).toHaveLength(3);
  });

  test("are 64 by default", async () => {
    await start();
    const all = Array.from({ length: 300 }, () => text("/x"));
    let most = 0;
    for (let i = 0; i < 300; i++) {
      await until(() => held.length >= Math.min(64, 300 - i));
      most = Math.max(most, held.length);
      answerOne();
    }
    await Promise.all(all);
    expect([most, server.sockets.length]).toEqual([64, 64]);
  });

  test("a pool full of watches keeps no other call waiting, nor another watch", async () => {
    await start(2);
    const watches = await Promise.all(Array.from({ length: 10 }, watch));
    expect(await text("/now")).toBe("/now");
    const waiting = [text("/a"), text("/b"), text("/c")];
    await until(() => held.length === 2);
    const late = await watch();
    for (const one of [...watches, late]) one.discard();
    for (let i = 0; i < 3; i++) {
      await until(() => held.length > 0);
      answerOne();
    }
    expect(await Promise.all(waiting)).toEqual(["/a", "/b", "/c"]);
  });

  test("a connection that a watch leaves free serves a request, and counts for it", async () => {
    await start(1);
    const ended = await watch();
    server.sockets[0]!.write("0\r\n\r\n");
    await bodyText(ended);
    const [first, second] = [text("/a"), text("/b")];
    await until(() => held.length === 1);
    expect(server.sockets).toHaveLength(1);
    answerOne();
    await until(() => held.length === 1);
    answerOne();
    expect(await Promise.all([first, second])).toEqual(["/a", "/b"]);
  });

  test.each([0, -1, 1.5, Number.NaN, Infinity, "3"])("the bound cannot be %s", (maxConnections) => {
    const make = () => createNodeTransport({ server: "http://127.0.0.1:1", maxConnections: maxConnections as number });
    expect(make).toThrow(expect.objectContaining({ name: "InputError", field: "maxConnections" }));
  });
});

describe("waiting for a turn", () => {
  test("ends with the signal, at once, and the next in line goes on", async () => {
    await start(1);
    const first = text("/a");
    await until(() => held.length === 1);
    const controller = new AbortController();
    const second = rejection(get("/b", { signal: controller.signal }));
    const third = text("/c");
    controller.abort("mine");
    expect(await second).toBe("mine");
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    answerOne();
    await until(() => held.length === 1);
    answerOne();
    expect(await Promise.all([first, third])).toEqual(["/a", "/c"]);
    expect(server.requests).toHaveLength(2);
  });

  test("ends with close(), and nothing of it was sent", async () => {
    await start(1);
    const first = rejection(get("/a"));
    await until(() => held.length === 1);
    const waiting = Array.from({ length: 5 }, () => rejection(get("/b")));
    await transport.close();
    for (const error of await Promise.all(waiting)) {
      expect(error).toMatchObject({ name: "ConnectionError", sent: "no", message: expect.stringMatching(/^Closed: /) });
    }
    expect(await first).toMatchObject({ name: "ConnectionError" });
    expect(server.requests).toHaveLength(1);
  });

  test("goes on behind a request however that one ends", async () => {
    await start(1);
    const ways: readonly ((socket: Socket, stop: AbortController) => void)[] = [
      (socket) => socket.destroy(),
      (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"),
      (socket) => socket.write("SSH-2.0-x\r\n"),
      (_, stop) => stop.abort(),
      (socket) => socket.write(answer("ok", ["Connection: close"])),
    ];
    for (const way of ways) {
      const stop = new AbortController();
      const first = get("/a", { signal: stop.signal })
        .then(bodyText)
        .catch(() => "failed");
      await until(() => held.length === 1);
      const next = text("/now");
      way(held.shift()!.socket, stop);
      await first;
      expect(await next).toBe("/now");
    }
  });

  test("goes on behind an answer that nobody reads", async () => {
    await start(1);
    for (const size of ["10", "1000000"]) {
      const first = get("/a");
      await until(() => held.length === 1);
      const next = text("/now");
      const { socket } = held.shift()!;
      socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\nhalf`);
      (await first).discard();
      if (size === "10") socket.write("123456");
      expect(await next).toBe("/now");
    }
  });

  test("goes on behind a dial that fails", async () => {
    let broken = true;
    await start(1, (...place) => (broken ? Promise.reject(new Error("no way")) : dialTcp(...place)));
    const failures = await Promise.all([rejection(get()), rejection(get()), rejection(get())]);
    expect(failures).toEqual(Array(3).fill(expect.objectContaining({ name: "ConnectionError", sent: "no" })));
    broken = false;
    expect(await text("/now")).toBe("/now");
  });
});

describe("where the system opens no more", () => {
  let opened = 0;
  /** As the system does when `limit` connections are open. */
  const scarce =
    (limit: () => number): Dial =>
    async (...place) => {
      if (opened >= limit()) throw Object.assign(new Error("too many"), { code: "EMFILE" });
      opened += 1;
      const socket = await dialTcp(...place);
      return socket.on("close", () => (opened -= 1));
    };

  test("requests wait for those under way, and none is lost", async () => {
    let limit = 4;
    await start(
      undefined,
      scarce(() => limit),
    );
    const all = Array.from({ length: 40 }, (_, i) => text(`/${i}`));
    let answered = 0;
    const ended = Promise.all(all).then((texts) => texts.length);
    while (answered < 40) {
      await until(() => held.length > 0);
      expect(opened).toBeLessThanOrEqual(limit);
      answerOne();
      answered += 1;
      if (answered === 20) limit = 8;
    }
    expect(await ended).toBe(40);
  });

  test("the first request, which could wait for nothing, fails and says why", async () => {
    await start(
      undefined,
      scarce(() => 0),
    );
    expect(await rejection(get())).toMatchObject({
      name: "ConnectionError",
      sent: "no",
      message: expect.stringMatching(/^TooManyFiles: .*ulimit -n/),
    });
  });

  test("a watch, which never ends, waits for nothing either", async () => {
    let limit = 2;
    await start(
      undefined,
      scarce(() => limit),
    );
    await Promise.all([watch(), watch()]);
    expect(await rejection(watch())).toMatchObject({ message: expect.stringMatching(/^TooManyFiles: /) });
    limit = 3;
    expect(await text("/now")).toBe("/now");
  });
});
