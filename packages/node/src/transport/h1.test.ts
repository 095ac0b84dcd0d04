import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

import { ConnectionError } from "@kubewright/core";
import { afterEach, describe, expect, test } from "vitest";

import { apiRequest, bodyText, rejection, until } from "../../../../test/support/api-request.ts";
import { answer, type RawH1Server, startRawH1Server } from "../../../../test/support/raw-h1-server.ts";
import { connectTimeouts } from "../dial/connection.ts";
import type { Dial } from "../dial/dial.ts";
import { dialTcp } from "../dial/dial-tcp.ts";
import { idleTimes } from "./h1-pool.ts";
import { healthTimes } from "./h2-health.ts";
import { createTransport, type NodeTransport } from "./node-transport.ts";

const times = { connect: connectTimeouts, health: healthTimes, idle: idleTimes };

let server: RawH1Server;
let transport: NodeTransport;
/** The client's ends of the connections. */
let dialled: Socket[];

afterEach(async () => {
  await transport.close();
  await server.close();
});

const dial: Dial = async (...place) => {
  const socket = await dialTcp(...place);
  dialled.push(socket as Socket);
  return socket;
};

async function start(
  onRequest: (socket: Socket, request: string, index: number) => void,
  idle = idleTimes,
): Promise<void> {
  server = await startRawH1Server(onRequest);
  dialled = [];
  transport = createTransport({ server: server.origin, dial }, { ...times, idle });
}

const ok = (socket: Socket): void => void socket.write(answer("ok"));
const get = (path = "/x", changes = {}) => transport.send(apiRequest(path, changes));

describe("on the wire", () => {
  test("several values of a header are several lines; the rest is what it should be", async () => {
    await start(ok);
    const headers = { "impersonate-group": ["a", "b,c", "d"], accept: ["application/json"], "x-empty": [] };
    await bodyText(await get("/api", { headers, query: "limit=1" }));
    expect(server.requests[0]!.split("\r\n")).toEqual([
      "GET /api?limit=1 HTTP/1.1",
      `host: 127.0.0.1:${server.port}`,
      "connection: keep-alive",
      "impersonate-group: a",
      "impersonate-group: b,c",
      "impersonate-group: d",
      "accept: application/json",
      "accept-encoding: gzip",
      "",
      "",
    ]);
  });

  test("bodies carry their length in bytes, and a write without body says so", async () => {
    await start(ok);
    await bodyText(await get("/x", { method: "POST", body: "grün" }));
    await bodyText(await get("/x", { method: "PUT", body: new Uint8Array([65, 66, 67]) }));
    await bodyText(await get("/x", { method: "POST" }));
    await bodyText(await get("/x", { method: "DELETE", body: "{}" }));
    const [text, bytes, none, remove] = server.requests;
    expect(text).toMatch(/content-length: 5\r\n\r\ngr\xc3\xbcn$/);
    expect(bytes).toMatch(/content-length: 3\r\n/);
    expect(bytes!.endsWith("\r\n\r\nABC")).toBe(true);
    expect(none).toMatch(/content-length: 0\r\n/);
    expect(remove).toMatch(/content-length: 2\r\n[^]*\{\}$/);
    expect(server.requests.join("")).not.toMatch(/transfer-encoding/i);
  });

  test("header values of a response are joined, names are found in lower case", async () => {
    await start(
      (socket) => void socket.write(answer("", ["Warning: 299 - a", "X-Other: y", "WARNING: 299 - b", "X-Last: z"])),
    );
    const { headers, status } = await get();
    expect(status).toBe(200);
    expect([headers.get("warning"), headers.get("x-last"), headers.get("none")]).toEqual([
      "299 - a, 299 - b",
      "z",
      undefined,
    ]);
  });
});

describe("connections", () => {
  test("are used again, one at a time", async () => {
    await start(ok);
    for (let i = 0; i < 10; i++) await bodyText(await get());
    expect(server.sockets).toHaveLength(1);
  });

  test("as many as there are requests at once; some are kept", async () => {
    await start((socket) => void setTimeout(ok, 20, socket));
    await Promise.all(Array.from({ length: 40 }, async () => bodyText(await get())));
    expect(server.sockets).toHaveLength(40);
    await until(() => server.sockets.filter((socket) => socket.destroyed).length === 15);
  });

  test("watches do not hold up plain requests", async () => {
    await start((socket, request) => {
      if (request.includes("watch")) socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      else ok(socket);
    });
    const watches = await Promise.all(Array.from({ length: 120 }, () => get("/watch", { streaming: true })));
    expect(await bodyText(await get())).toBe("ok");
    for (const watch of watches) watch.discard();
    await until(() => server.sockets.filter((socket) => socket.destroyed).length >= 120);
  });

  test.each(["end", "resetAndDestroy"] as const)(
    "one that the server closed while it was idle is not used: %s",
    async (how) => {
      await start(ok);
      await bodyText(await get());
      server.sockets[0]![how]();
      await until(() => dialled[0]!.destroyed);
      expect(await bodyText(await get())).toBe("ok");
    },
  );

  test("one that the server closes as a request arrives fails it, and says that it may have been taken", async () => {
    await start((socket, _request, index) => (index === 0 ? ok(socket) : socket.resetAndDestroy()));
    await bodyText(await get());
    expect(await rejection(get())).toMatchObject({ name: "ConnectionError", sent: "maybe" });
  });

  test("one that the server wants closed is not used again", async () => {
    await start((socket) => void socket.write(answer("ok", ["Connection: close"])));
    await bodyText(await get());
    await bodyText(await get());
    expect(server.sockets).toHaveLength(2);
  });

  test("one whose server answers and never takes the body is not kept open", async () => {
    await start(ok);
    const sockets: Socket[] = [];
    const deaf = createServer((socket) => {
      socket.on("error", () => {}).once("data", () => socket.pause().write(answer("too large")));
      sockets.push(socket);
    });
    deaf.listen(0, "127.0.0.1");
    await once(deaf, "listening");
    const { port } = deaf.address() as AddressInfo;
    transport = createTransport({ server: `http://127.0.0.1:${port}`, dial }, times);
    try {
      // Beyond what the system takes in on both sides.
      const body = "x".repeat(32 * 1024 * 1024);
      expect(await bodyText(await get("/x", { method: "POST", body }))).toBe("too large");
      await until(() => dialled[0]!.destroyed);
    } finally {
      for (const socket of sockets) socket.destroy();
      deaf.close();
    }
  });

  test("bytes that nobody asked for answer no request", async () => {
    await start((socket, request) => {
      socket.write(answer(request.slice(4, 6)));
      if (request.includes("/1")) setTimeout(() => socket.write(answer("poison")), 10);
    });
    await bodyText(await get("/1"));
    await until(() => dialled[0]!.bytesRead === (answer("/1") + answer("poison")).length);
    expect(await bodyText(await get("/2"))).toBe("/2");
  });

  test("are closed when idle for long, or when the server says that it will", async () => {
    await start(
      (socket, _request, index) => void socket.write(answer("ok", index === 0 ? [] : ["Keep-Alive: timeout=1"])),
      {
        idleMs: 100,
        tickMs: 20,
      },
    );
    await bodyText(await get());
    await until(() => server.sockets[0]!.destroyed, 500);
    await bodyText(await get());
    await bodyText(await get());
    expect(server.sockets).toHaveLength(3);
  });

  test("close() waits until each is closed", async () => {
    await start(() => {});
    const requests = [1, 2, 3].map(() => rejection(get()));
    await until(() => server.requests.length === 3);
    await transport.close();
    expect(dialled.map(({ closed }) => closed)).toEqual([true, true, true]);
    await Promise.all(requests);
  });

  test("one whose request Node refuses to send is closed", async () => {
    await start(ok);
    expect(await rejection(get("/x", { method: "G T" }))).toMatchObject({ name: "InputError" });
    expect(await bodyText(await get())).toBe("ok");
    await until(() => server.sockets[0]!.destroyed);
    expect(server.requests).toHaveLength(1);
  });

  test("retire() keeps none for new requests and cuts none under way", async () => {
    await start((socket, request) => (request.includes("slow") ? setTimeout(ok, 50, socket) : ok(socket)));
    await bodyText(await get());
    const slow = get("/slow");
    await until(() => server.requests.length === 2);
    transport.retire();
    expect(await bodyText(await slow)).toBe("ok");
    await bodyText(await get());
    expect(server.sockets).toHaveLength(2);
    await until(() => server.sockets[0]!.destroyed);
  });
});

describe("an answer that stops before its end is a ConnectionError", () => {
  const head = "HTTP/1.1 200 OK\r\n";
  test.each([
    ["content-length, closed", `${head}Content-Length: 10\r\n\r\nhalf`, "end"],
    ["content-length, reset", `${head}Content-Length: 10\r\n\r\nhalf`, "resetAndDestroy"],
    ["chunked, closed between chunks", `${head}Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n`, "end"],
    ["chunked, closed in a chunk", `${head}Transfer-Encoding: chunked\r\n\r\n8\r\nhalf`, "end"],
    ["chunked, bad size", `${head}Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nzz\r\n`, undefined],
  ] as const)("in the body: %s", async (_way, bytes, how) => {
    await start((socket) => {
      socket.write(bytes);
      if (how !== undefined) setTimeout(() => socket[how](), 20);
    });
    const response = await get();
    const error = await rejection(bodyText(response));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ sent: "maybe", message: expect.stringMatching(/\(get \/x\)$/) });
  });

  test.each([
    ["nothing", ""],
    ["half a head", "HTTP/1.1 200 OK\r\nContent-"],
    ["no HTTP at all", "SSH-2.0-OpenSSH\r\n\r\n"],
    [
      "an upgrade that nobody asked for",
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
    ],
  ])("before it begins: %s", async (_way, bytes) => {
    await start((socket) => void socket.end(bytes));
    const error = await rejection(get());
    expect(error).toMatchObject({ name: "ConnectionError", sent: "maybe" });
    expect((error as Error).message).toMatch(/\(get \/x\)$/);
  });

  test("a body without length ends with the connection", async () => {
    await start((socket) => void socket.end(`${head}\r\nall of it`));
    expect(await bodyText(await get())).toBe("all of it");
  });

  test("informational answers are passed over", async () => {
    await start(
      (socket) => void socket.write(`HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n${answer("ok")}`),
    );
    expect(await bodyText(await get())).toBe("ok");
  });
});

describe("leaving early", () => {
  const big = "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nbegin";

  test("closes the connection when much is left, and uses it again when little is", async () => {
    await start((socket, request) => {
      socket.write(request.includes("big") ? big : "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhalf");
    });
    (await get("/small")).discard();
    const free = once(dialled[0]!, "free");
    server.sockets[0]!.write("half");
    await free;
    const response = await get("/big");
    expect(server.sockets).toHaveLength(1);
    for await (const chunk of response.body) {
      expect(chunk.byteLength).toBeGreaterThan(0);
      break;
    }
    await until(() => server.sockets[0]!.destroyed);
    response.discard();
  });

  test("closes the connection when the little that is left does not come", { timeout: 30_000 }, async () => {
    await start((socket) => void socket.write("HTTP/1.1 429 Too Many\r\nContent-Length: 30\r\n\r\nhalf"));
    for (let i = 0; i < 3; i++) (await get()).discard();
    await until(() => server.sockets.every(({ destroyed }) => destroyed), 20_000);
  });

  test("an abort rejects with the signal's reason: before sending, while waiting, in the body", async () => {
    await start((socket, request) => {
      if (request.includes("body")) socket.write(big);
    });
    const reason = { any: "thing" };
    expect(await rejection(get("/x", { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(server.sockets).toHaveLength(0);
    for (const path of ["/wait", "/body"]) {
      const controller = new AbortController();
      const sent = get(path, { signal: controller.signal });
      const rejected = rejection(path === "/body" ? bodyText(await sent) : sent);
      await until(() => server.requests.at(-1)?.includes(path) === true);
      controller.abort(reason);
      expect(await rejected).toBe(reason);
      await until(() => server.sockets.at(-1)!.destroyed);
    }
  });

  test("a slow reader slows the server", async () => {
    await start((socket) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 67108864\r\n\r\n");
      const more = (): void => {
        while (socket.write(Buffer.alloc(65_536)));
        socket.once("drain", more);
      };
      more();
    });
    const response = await get();
    const sent = () => server.sockets[0]!.bytesWritten - server.sockets[0]!.writableLength;
    let [before, looks] = [0, 0];
    await until(() => {
      looks = sent() === before ? looks + 1 : 0;
      before = sent();
      return before > 0 && looks > 20;
    }, 20_000);
    expect(sent()).toBeLessThan(32 * 1024 * 1024);
    response.discard();
  });
});
