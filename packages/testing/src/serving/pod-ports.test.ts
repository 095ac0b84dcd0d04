import { createCluster, type MessageSocket } from "@kubewright/core";
import { CoreV1 } from "@kubewright/api/core/v1";
import { beforeEach, describe, expect, test } from "vitest";
import { apiRequest } from "../../../../test/support/api-request.ts";
import { createApiServer } from "./create-api-server.ts";
import type { ApiServerHeart } from "./heart.ts";

const tunnel = "SPDY/3.1+portforward.k8s.io";
const v4 = "v4.channel.k8s.io";

let api: ApiServerHeart;
beforeEach(async () => {
  api = createApiServer({ controllers: false });
  const core = createCluster({ transport: api.transport(), userAgent: "test" }).api(CoreV1);
  await core.serviceAccounts.in("default").create({ metadata: { name: "default" } });
  const spec = { nodeName: "node-1", containers: [{ name: "app", image: "image" }] };
  await core.pods.in("default").create({ metadata: { name: "db-0" }, spec });
  api.onPortForward({ pod: "db-0", port: 5432 }, ({ readable, writable }) => readable.pipeTo(writable));
  return () => api.close();
});

async function open(upgrade: readonly string[], query = "", subresource = "portforward") {
  const path = `/api/v1/namespaces/default/pods/db-0/${subresource}`;
  return api.transport().send(apiRequest(path, { query, upgrade, replay: "refused" }));
}

async function opened(upgrade: readonly string[], query = ""): Promise<MessageSocket> {
  const { status, socket } = await open(upgrade, query);
  expect(status).toBe(101);
  return socket as MessageSocket;
}

/** What comes, as text with the numbers of bytes that are none. */
const read = (messages: AsyncIterator<Uint8Array>) => async (): Promise<readonly number[]> => {
  const { done, value } = await messages.next();
  return done === true ? [] : [...(value as Uint8Array)];
};
const bytes = (text: string): number[] => [...new TextEncoder().encode(text)];

describe("v4: a connection for each port that is listed", () => {
  test("channels begin with the port, data comes back, a port that refuses says so", async () => {
    const socket = await opened([v4], "ports=5432&ports=6000");
    const next = read(socket.messages[Symbol.asyncIterator]());
    const heads = [await next(), await next(), await next(), await next()];
    expect(heads).toEqual([
      [0, 0x38, 0x15],
      [1, 0x38, 0x15],
      [2, 0x70, 0x17],
      [3, 0x70, 0x17],
    ]);
    await socket.send(new Uint8Array([0, ...bytes("hello")]));
    const said = [await next(), await next()].toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0));
    expect(said[0]).toEqual([0, ...bytes("hello")]);
    expect(new TextDecoder().decode(new Uint8Array(said[1] ?? []).subarray(1))).toContain("connection refused");
    await socket.close();
  });

  test.each([
    ["", 400, 'query parameter "port" is required'],
    ["ports=x", 400, "strconv.ParseUint"],
  ])("%j is refused", async (query, status, said) => {
    const answer = await open([v4], query);
    let text = "";
    for await (const chunk of answer.body) text += new TextDecoder().decode(chunk);
    expect([answer.status, text]).toEqual([status, expect.stringContaining(said)]);
  });
});

describe("the tunnel", () => {
  const uint32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  const control = (type: number, flags: number, body: readonly number[]): number[] => {
    const [, ...size] = uint32(body.length);
    return [0x80, 3, 0, type, flags, ...size, ...body];
  };
  const data = (stream: number, flags: number, text: string): number[] => {
    const [, ...size] = uint32(text.length);
    return [...uint32(stream), flags, ...size, ...bytes(text)];
  };
  const ask = (stream: number, type: string, port: number, isFirst: boolean): number[] => {
    const texts = ["streamtype", type, "port", String(port), "requestid", "1"];
    const block = [...uint32(3), ...texts.flatMap((text) => [...uint32(text.length), ...bytes(text)])];
    const stored = [0, block.length, 0, ~block.length & 255, 255, ...block, 0, 0, 0, 255, 255];
    return control(1, type === "error" ? 1 : 0, [
      ...uint32(stream),
      0,
      0,
      0,
      0,
      0,
      0,
      ...(isFirst ? [0x78, 1] : []),
      ...stored,
    ]);
  };

  test("is taken before v4, whatever the order, and is not there before 1.31", async () => {
    expect((await opened([v4, tunnel], "ports=5432")).protocol).toBe(tunnel);
    api.protocols("1.30");
    expect((await opened([v4, tunnel], "ports=5432")).protocol).toBe(v4);
    expect((await open([tunnel])).status).toBe(403);
  });

  test("frames cut anywhere: a reply for each stream, data back, and the ends, that of errors first", async () => {
    const socket = await opened([tunnel]);
    const sent = [
      ...ask(1, "error", 5432, true),
      ...ask(3, "data", 5432, false),
      ...data(3, 0, "hello"),
      ...data(3, 1, "!"),
    ];
    for (let at = 0; at < sent.length; at += 7) await socket.send(new Uint8Array(sent.slice(at, at + 7)));
    const frames: number[][] = [];
    for await (const message of socket.messages) {
      frames.push([...message]);
      if (frames.length === 6) break;
    }
    expect(frames.slice(0, 2).map((frame) => [frame[3], frame[11]])).toEqual([
      [2, 1],
      [2, 3],
    ]);
    expect(frames.slice(2)).toEqual([data(3, 0, "hello"), data(3, 0, "!"), data(1, 1, ""), data(3, 1, "")]);
  });

  test("a port that refuses: its words, and both streams are reset", async () => {
    const socket = await opened([tunnel]);
    await socket.send(new Uint8Array([...ask(1, "error", 1, true), ...ask(3, "data", 1, false)]));
    await socket.send(new Uint8Array(control(6, 0, uint32(9))));
    const next = read(socket.messages[Symbol.asyncIterator]());
    const frames: (readonly number[])[] = [];
    while (frames.length < 6) frames.push(await next());
    expect(
      new TextDecoder().decode(new Uint8Array(frames.find((frame) => frame[0] === 0 && frame.length > 8) ?? [])),
    ).toContain("connection refused");
    expect(frames.filter((frame) => frame[3] === 3 && frame[0] === 0x80).map((frame) => frame[11])).toEqual([3, 1]);
    expect(frames).toContainEqual(control(6, 0, uint32(9)));
    await socket.close();
  });
});
