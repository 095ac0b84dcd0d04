import { Duplex } from "node:stream";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { podsWith } from "../../../../test/support/pods-with.ts";
import { refusal, rejection, until } from "../../../../test/support/api-request.ts";
import { fakeMessageSocket, type FakeMessageSocket } from "../../../../test/support/fake-message-socket.ts";
import {
  type Answer,
  recordingTransport,
  type RecordingTransport,
} from "../../../../test/support/recording-transport.ts";
import { spdy, type ToldFrame, toldFrames } from "../../../../test/support/spdy-server.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createCluster, type ClusterOptions } from "../cluster/create-cluster.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { InputError } from "../errors/input-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import type { ApiRequest, Transport } from "../transport/transport.ts";
import type { Connects } from "../types/capabilities.ts";
import type { PodConnection } from "../types/pod-connection.ts";

const pods = podsWith("portforward", "PodPortForwardOptions");
const path = "/api/v1/namespaces/shop/pods/db-0";
const tunnel = "SPDY/3.1+portforward.k8s.io";
const v4 = "v4.channel.k8s.io";

interface Held {
  readonly cluster: Cluster;
  readonly connect: Connects["connect"];
  readonly transport: RecordingTransport;
  readonly sockets: FakeMessageSocket[];
}

const pod = (uid = "1"): Answer => ({
  json: {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "db-0", uid },
    spec: {
      initContainers: [{ name: "side", ports: [{ name: "metrics", containerPort: 9090 }] }],
      containers: [
        {
          name: "db",
          ports: [
            { containerPort: 1 },
            { name: "sql", containerPort: 5432, protocol: "TCP" },
            { name: "dns", containerPort: 53, protocol: "UDP" },
            { name: "dns", containerPort: 54, protocol: "TCP" },
            { name: "game", containerPort: 7777, protocol: "UDP" },
          ],
        },
      ],
    },
  },
});

const status = (code: number, message: string, reason: string): Answer => ({
  status: code,
  json: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code },
});

/** A client; `readPod` and `upgrade` answer, by default with a pod and a tunnel that takes streams. */
function client(
  {
    readPod = () => pod(),
    upgrade = () => undefined,
    protocol = tunnel,
    takes = true,
  }: {
    readonly readPod?: () => Answer;
    readonly upgrade?: () => Answer | undefined;
    readonly protocol?: string;
    readonly takes?: boolean;
  } = {},
  options: Partial<ClusterOptions> = {},
): Held {
  const sockets: FakeMessageSocket[] = [];
  const recording = recordingTransport((request: ApiRequest) =>
    request.upgrade === undefined ? readPod() : (upgrade() ?? { status: 101, body: "" }),
  );
  const transport: Transport = {
    ...recording,
    async send(request) {
      const response = await recording.send(request);
      if (response.status !== 101) return response;
      const socket = fakeMessageSocket(protocol);
      sockets.push(socket);
      if (!takes) return { ...response, socket };
      if (protocol === tunnel) answerStreams(socket);
      else {
        socket.receive(0, 0x38, 0x15);
        socket.receive(1, 0x38, 0x15);
      }
      return { ...response, socket };
    },
  };
  const cluster = createCluster({ transport, namespace: "shop", userAgent: "test", ...options });
  const some = cluster.resource(pods).in();
  return { cluster, connect: (...call) => some.connect(...call), transport: recording, sockets };
}

/** Takes each stream that is asked for. */
function answerStreams(socket: FakeMessageSocket): void {
  const send = socket.send.bind(socket);
  Object.assign(socket, {
    send(message: Uint8Array) {
      const sending = send(message);
      const told = toldFrames(socket.sent).at(-1);
      if (told?.type === "open") socket.receive(spdy.reply(told.stream));
      return sending;
    },
  });
}

const told = ({ sent }: FakeMessageSocket): readonly ToldFrame[] => toldFrames(sent);
const upgrades = ({ requests }: RecordingTransport): readonly ApiRequest[] =>
  requests.filter(({ upgrade }) => upgrade !== undefined);

async function textOf({ readable }: PodConnection): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of readable) text += decoder.decode(chunk, { stream: true });
  return text;
}

/** A writer's promises, of which each test looks at those that it is about. */
function writerOf({ writable }: PodConnection): WritableStreamDefaultWriter<Uint8Array> {
  const writer = writable.getWriter();
  writer.closed.catch(() => undefined);
  writer.ready.catch(() => undefined);
  return writer;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The pod ends a connection in order. */
function podEnds(socket: FakeMessageSocket, error = 1, data = 3): void {
  socket.receive(spdy.end(error));
  socket.receive(spdy.end(data));
}

describe("what is sent", () => {
  test.each([
    [5432, "5432"],
    ["sql", "5432"],
    ["metrics", "9090"],
    ["dns", "54"],
  ] as const)("port %s: the pod is read, then a tunnel or one connection is asked for", async (port, ports) => {
    const { connect, transport, sockets } = client();
    await connect("db-0", port);
    expect(transport.requests[0]).toMatchObject({ method: "GET", path, query: "" });
    expect(transport.requests[1]).toMatchObject({
      method: "GET",
      path: `${path}/portforward`,
      query: `ports=${ports}`,
      upgrade: [tunnel, v4],
      replay: "refused",
      streaming: true,
    });
    expect(told(sockets[0] as FakeMessageSocket)).toEqual([
      { type: "open", stream: 1, ends: true, headers: { port: ports, requestid: "1", streamtype: "error" } },
      { type: "open", stream: 3, ends: false, headers: { port: ports, requestid: "1", streamtype: "data" } },
    ]);
  });

  test("as whom the call says, both times", async () => {
    const { connect, transport } = client();
    await connect("db-0", 1, { impersonate: { user: "me", groups: ["a", "b"] } });
    expect(transport.requests.map(({ headers }) => headers["impersonate-group"])).toEqual([["a", "b"], ["a", "b"]]); // prettier-ignore
  });

  test("a pod that may not be read can be connected to by a number", async () => {
    const forbidden = (): Answer => status(403, 'pods "db-0" is forbidden', "Forbidden");
    const { connect, transport } = client({ readPod: forbidden });
    await connect("db-0", 5432);
    expect(upgrades(transport)).toHaveLength(1);
    expect(await refusal(connect("db-0", "sql"))).toMatch(/^StatusError: Forbidden/);
  });
});

describe("what is wrong is found before a connection is asked for", () => {
  test.each<[string, string, unknown, unknown?, unknown?]>([
    ["port 0", "port", 0],
    ["port 65536", "port", 65_536],
    ["a negative port", "port", -1],
    ["half a port", "port", 80.5],
    ["no number", "port", Number.NaN],
    ["no port", "port", undefined],
    ["a number as text", "port", "5432"],
    ["an empty name", "port", ""],
    ["a name with a slash", "port", "a/b"],
    ["a name that is too long", "port", "a".repeat(16)],
    ["a name in capitals", "port", "SQL"],
    ["a list", "port", [80]],
    ["an unknown option", "prot", 80, "db-0", { prot: 1 }],
    ["a signal that is none", "signal", 80, "db-0", { signal: {} }],
    ["no time", "timeoutMs", 80, "db-0", { timeoutMs: 0 }],
    ["groups without a user", "impersonate.user", 80, "db-0", { impersonate: { groups: [] } }],
    ["an empty pod name", "name", 80, ""],
    ["a pod name that leads elsewhere", "name", 80, ".."],
    ["a pod name with a slash", "name", 80, "a/b"],
    ["a pod name that is none", "name", 80, 5],
  ])("%s: %s", async (_, field, port, name = "db-0", options?) => {
    const { connect, transport } = client();
    const error = await rejection(connect(name as string, port as number, options as object));
    expect(error).toBeInstanceOf(InputError);
    expect([(error as InputError).field, (error as InputError).message]).toEqual([
      field,
      expect.stringMatching(/ \(get \/api\/v1\/namespaces\/shop\/pods.*\)$/),
    ]);
    expect(transport.requests).toEqual([]);
  });

  test.each([
    ["http", "Invalid port: pod db-0 has no port named http; its named ports: sql, dns, dns, game, metrics"],
    ["game", "Invalid port: port game of pod db-0 is UDP; only TCP can be reached"],
  ])("a name that the pod does not know so: %s", async (port, said) => {
    const { connect, transport } = client();
    expect(await refusal(connect("db-0", port))).toContain(`InputError: ${said}`);
    expect(upgrades(transport)).toEqual([]);
  });

  test("no such pod; no rights", async () => {
    const gone = client({ readPod: () => status(404, 'pods "db-0" not found', "NotFound") });
    expect(await refusal(gone.connect("db-0", 80))).toMatch(/^StatusError: NotFound/);
    expect(upgrades(gone.transport)).toEqual([]);
    const refused = client({ upgrade: () => status(403, 'pods "db-0" is forbidden: ', "") });
    expect(await refusal(refused.connect("db-0", 80))).toContain(
      "it needs the rights to create and get pods/portforward",
    );
  });
});

describe.each([tunnel, v4])("over %s", (protocol) => {
  const isTunnel = protocol === tunnel;

  async function opened(options: Parameters<typeof client>[1] = {}): Promise<{
    readonly connection: PodConnection;
    readonly socket: FakeMessageSocket;
    readonly held: Held;
    /** The pod sends this. */
    send(text: string): void;
    /** The node says this of an error. */
    say(text: string): void;
    /** The pod ends it in order. */
    end(): void;
  }> {
    const held = client({ protocol }, options);
    const connection = await held.connect("db-0", 5432);
    const socket = held.sockets[0] as FakeMessageSocket;
    return {
      connection,
      socket,
      held,
      send: (text) => socket.receive(...(isTunnel ? [spdy.data(3, text)] : [0, text])),
      say: (text) => socket.receive(...(isTunnel ? [spdy.data(1, text)] : [1, text])),
      end: () => (isTunnel ? podEnds(socket) : socket.end()),
    };
  }

  test("what the pod sends is read, to its end; what is written is sent", async () => {
    const { connection, socket, send, end } = await opened();
    send("hello ");
    send("world");
    const writer = writerOf(connection);
    await writer.write(bytes("what is sent"));
    end();
    expect(await textOf(connection)).toBe("hello world");
    await connection.closed;
    if (isTunnel) {
      expect(told(socket).slice(2)).toEqual([
        { type: "data", stream: 3, data: bytes("what is sent"), ends: false },
        { type: "data", stream: 3, data: bytes(""), ends: true },
      ]);
    } else expect(socket.sent).toEqual([new Uint8Array([0, ...bytes("what is sent")])]);
  });

  test("what is written stays the caller's, and goes in pieces as there is room", async () => {
    const { connection, socket } = await opened();
    const before = socket.sent.length;
    const given = new Uint8Array(150_000).fill(7);
    socket.room(false);
    const writing = writerOf(connection).write(given);
    await until(() => socket.sent.length === before + 1);
    socket.sent[before]?.subarray(8).fill(0);
    expect(given.every((one) => one === 7)).toBe(true);
    socket.room(true);
    await writing;
    const pieces = socket.sent.slice(before + 1).map((message) => message.byteLength - (isTunnel ? 8 : 1));
    expect(pieces).toEqual([65_536, 150_000 - 2 * 65_536]);
  });

  test("as a Duplex of Node", async () => {
    const { connection, socket, send, end } = await opened();
    const duplex = Duplex.fromWeb(connection as never);
    duplex.end("over");
    await until(() => socket.sent.length >= (isTunnel ? 4 : 1));
    send("answer");
    end();
    const chunks: Buffer[] = [];
    for await (const chunk of duplex) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe("answer");
  });

  test("what the node says of it is the error, after what had come", async () => {
    const { connection, send, say, socket } = await opened();
    send("some");
    say("error forwarding port 5432 to pod x: dial tcp: ");
    say("connection refused");
    if (isTunnel) {
      socket.receive(spdy.reset(3));
      socket.receive(spdy.reset(1));
    } else socket.end();
    const reader = connection.readable.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("some");
    const said =
      "ConnectionError: NotForwarded: error forwarding port 5432 to pod x: dial tcp: connection refused (get /api/v1/namespaces/shop/pods/db-0/portforward)";
    expect(await refusal(reader.read())).toBe(said);
    expect(await refusal(connection.closed)).toBe(said);
    expect(await refusal(writerOf(connection).write(bytes("x")))).toBe(said);
    await until(() => socket.isClosed);
  });

  test.each<[string, (socket: FakeMessageSocket) => void, RegExp]>([
    [
      "breaks",
      (socket) => socket.breakOff(new ConnectionError("ConnectionLost: gone")),
      /^ConnectionError: ConnectionLost: gone/,
    ],
    [
      "is closed by the server on its way down",
      (socket) => socket.end({ code: 1001, reason: "bye" }),
      /^ConnectionError: ConnectionLost: the server closed it before the pod had ended it \(close code 1001 "bye"\)/,
    ],
    [
      "ends without a close frame's code",
      (socket) => socket.end({ code: undefined }),
      /^ConnectionError: ConnectionLost/,
    ],
  ])("where it %s, the end is an error, not an end", async (_, breakIt, said) => {
    // prettier-ignore
    const { connection, socket, send } = await opened();
    send("some");
    await until(() => socket.pulled > 2);
    breakIt(socket);
    const reader = connection.readable.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe("some");
    expect(await refusal(reader.read())).toMatch(said);
    expect(await refusal(connection.closed)).toMatch(said);
  });

  test("a write after the pod has ended it rejects, and what had come can still be read", async () => {
    const { connection, send, end } = await opened();
    send("last words");
    end();
    await connection.closed;
    expect(await refusal(writerOf(connection).write(bytes("x")))).toMatch(
      /^ConnectionError: Closed: the pod has ended/,
    );
    expect(await textOf(connection)).toBe("last words");
  });

  test("the writable side can be closed after the pod has ended it", async () => {
    const { connection, end } = await opened();
    end();
    await connection.closed;
    await writerOf(connection).close();
  });

  test("close() settles everything, and lets go of the connection", async () => {
    const { connection, socket } = await opened();
    const reading = connection.readable.getReader().read();
    await connection.close();
    await connection.close();
    expect(socket.isClosed).toBe(true);
    await connection.closed;
    expect(await refusal(reading)).toMatch(
      /^ConnectionError: Closed: the connection was closed before the pod had ended it/,
    );
    expect(await refusal(writerOf(connection).write(bytes("x")))).toMatch(/^ConnectionError: Closed/);
  });

  test.each<[string, (connection: PodConnection) => Promise<unknown>]>([
    [
      "leaving its readable side",
      async ({ readable }) => {
        for await (const _ of readable) break;
      },
    ],
    ["cancelling its readable side", ({ readable }) => readable.cancel()],
    ["aborting its writable side", ({ writable }) => writable.abort()],
    [
      "await using",
      async (connection) => {
        await using _ = connection;
      },
    ],
  ])("%s closes it", async (_, leave) => {
    // prettier-ignore
    const { connection, socket, send } = await opened();
    send("x");
    await leave(connection);
    expect(socket.isClosed).toBe(true);
    await connection.closed;
  });

  test("an abort settles everything with its reason, and drops what had come", async () => {
    const held = client({ protocol });
    const controller = new AbortController();
    const connection = await held.connect("db-0", 5432, { signal: controller.signal });
    held.sockets[0]?.room(false);
    const writing = writerOf(connection).write(bytes("x"));
    const mine = new Error("mine");
    controller.abort(mine);
    expect([
      await rejection(writing),
      await rejection(connection.closed),
      await rejection(connection.readable.getReader().read()),
    ]).toEqual([mine, mine, mine]);
    expect(held.sockets[0]?.isClosed).toBe(true);
  });

  test("cluster.close() ends it", async () => {
    const { connection, held } = await opened();
    await held.cluster.close();
    expect(await refusal(connection.closed)).toMatch(/^ConnectionError: Closed: the cluster was closed/);
  });

  test("what is no bytes is an error that names it, and ends the connection", async () => {
    const { connection, socket } = await opened();
    expect(await refusal(writerOf(connection).write("text" as never))).toMatch(
      /^InputError: Invalid chunk: it must be bytes, not text/,
    );
    expect(await refusal(connection.closed)).toMatch(/^InputError/);
    expect(socket.isClosed).toBe(true);
  });

  test("a reader that does not read: at most little more than 1 MiB waits here, and all of it comes", async () => {
    const { connection, socket, send, end } = await opened();
    const piece = "x".repeat(100_000);
    for (let sent = 0; sent < 40; sent++) send(piece);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const taken = socket.pulled;
    expect(taken).toBeLessThan(16);
    end();
    expect((await textOf(connection)).length).toBe(4_000_000);
    await connection.closed;
  });

  test("a quiet one is kept alive, unless nobody reads it", async () => {
    const clock = createVirtualClock();
    const { connection, socket, send } = await opened({ clock });
    const before = socket.sent.length;
    await clock.advance(61_000);
    expect(socket.sent.length).toBe(before + 1);
    if (isTunnel) expect(told(socket).at(-1)).toEqual({ type: "ping", id: 1 });
    else expect(socket.sent.at(-1)).toEqual(new Uint8Array(0));
    send("sign of life");
    await clock.advance(59_000);
    expect(socket.sent.length).toBe(before + 1);
    for (let sent = 0; sent < 20; sent++) send("x".repeat(100_000));
    await clock.advance(600_000);
    expect(socket.sent.length).toBeLessThanOrEqual(before + 2);
    await connection.close();
    const after = socket.sent.length;
    await clock.advance(600_000);
    expect(socket.sent.length).toBe(after);
  });

  test("timeoutMs bounds the way until it is taken, and then counts no more", async () => {
    const clock = createVirtualClock();
    const silent = client({ protocol, takes: false }, { clock });
    const connecting = refusal(silent.connect("db-0", 5432, { timeoutMs: 1000 }));
    await until(() => silent.sockets.length === 1);
    await clock.advance(1001);
    expect(await connecting).toMatch(/^TimeoutError: Timeout: no complete answer within 1000 ms/);
    expect(silent.sockets[0]?.isClosed).toBe(true);
    const { connection, send, end } = await opened({ clock });
    await clock.advance(1_000_000);
    send("still there");
    end();
    expect(await textOf(connection)).toBe("still there");
  });

  test("nothing of it that is not looked at is an unhandled rejection", async () => {
    const { connection, socket } = await opened();
    socket.breakOff(new ConnectionError("ConnectionLost: gone"));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(inspect(connection)).toBe(
      `PodConnection { path: "${path}/portforward", port: 5432, protocol: "${protocol}" }`,
    );
  });
});

describe("half of a connection", () => {
  test("the end of what is written is told, and what the pod sends still comes", async () => {
    const { connect, sockets } = client();
    const connection = await connect("db-0", 5432);
    const [socket] = sockets as [FakeMessageSocket];
    await writerOf(connection).close();
    expect(told(socket).at(-1)).toEqual({ type: "data", stream: 3, data: bytes(""), ends: true });
    socket.receive(spdy.data(3, "the rest"));
    podEnds(socket);
    expect(await textOf(connection)).toBe("the rest");
    // Told once.
    expect(told(socket).filter((one) => one.type === "data")).toHaveLength(1);
  });

  test("the pod ends its own first: what is written still goes", async () => {
    const { connect, sockets } = client();
    const connection = await connect("db-0", 5432);
    const [socket] = sockets as [FakeMessageSocket];
    socket.receive(spdy.end(3));
    expect(await textOf(connection)).toBe("");
    await writerOf(connection).write(bytes("more"));
    expect(told(socket).at(-1)).toMatchObject({ stream: 3, data: bytes("more") });
    socket.receive(spdy.end(1));
    await connection.closed;
  });

  test("over v4 the pod cannot be told: an answer still comes, and silence is an error", async () => {
    const clock = createVirtualClock();
    const { connect, sockets } = client({ protocol: v4 }, { clock });
    const answered = await connect("db-0", 5432);
    await writerOf(answered).close();
    for (let turn = 0; turn < 3; turn++) {
      await clock.advance(20_000);
      sockets[0]?.receive(0, "more ");
    }
    sockets[0]?.end();
    expect(await textOf(answered)).toBe("more more more ");
    const silent = await connect("db-0", 5432);
    await writerOf(silent).close();
    await clock.advance(31_000);
    expect(await refusal(textOf(silent))).toMatch(/^ConnectionError: HalfClosed: /);
    expect(sockets[1]?.isClosed).toBe(true);
  });
});

describe("a tunnel", () => {
  test("carries one connection at a time, and then the next", async () => {
    const { connect, transport, sockets } = client();
    const [first, second] = await Promise.all([connect("db-0", 5432), connect("db-0", 5432)]);
    expect(sockets).toHaveLength(2);
    podEnds(sockets[0] as FakeMessageSocket);
    await first?.closed;
    expect(sockets[0]?.idleMs).toBe(30_000);
    const third = await connect("db-0", "metrics");
    expect(upgrades(transport)).toHaveLength(2);
    expect(sockets[0]?.idleMs).toBeUndefined();
    expect(told(sockets[0] as FakeMessageSocket).slice(-2)).toMatchObject([
      { type: "open", stream: 5, headers: { port: "9090", requestid: "5", streamtype: "error" } },
      { type: "open", stream: 7, headers: { port: "9090", requestid: "5", streamtype: "data" } },
    ]);
    sockets[0]?.receive(spdy.data(3, "late words of the first"));
    sockets[0]?.receive(spdy.data(7, "of the third"));
    podEnds(sockets[0] as FakeMessageSocket, 5, 7);
    expect(await textOf(third)).toBe("of the third");
    await second?.close();
  });

  test("serves nobody else: not another pod of the name, not another identity, not a token of one call", async () => {
    let uid = "1";
    const { connect, sockets } = client({ readPod: () => pod(uid) });
    const endLast = async (connection: PodConnection): Promise<void> => {
      podEnds(sockets.at(-1) as FakeMessageSocket);
      await connection.closed;
    };
    await endLast(await connect("db-0", 1));
    await endLast(await connect("db-0", 1, { impersonate: { user: "me" } }));
    await endLast(await connect("db-0", 1, { token: "canary-token" }));
    expect(sockets.at(-1)?.isClosed).toBe(true);
    expect(sockets).toHaveLength(3);
    await connect("db-0", 1, { impersonate: { user: "me" } });
    expect(sockets).toHaveLength(3);
    uid = "2";
    await connect("db-0", 1);
    expect(sockets).toHaveLength(4);
  });

  test("is open with what the pod sends: a reply behind more than waits here is not waited for", async () => {
    const { connect, sockets } = client({ takes: false });
    const connecting = connect("db-0", 5432);
    await until(() => sockets[0] !== undefined && told(sockets[0]).length === 2);
    const [socket] = sockets as [FakeMessageSocket];
    socket.receive(spdy.reply(3));
    for (let sent = 0; sent < 40; sent++) socket.receive(spdy.data(3, bytes("x".repeat(100_000))));
    socket.receive(spdy.reply(1));
    podEnds(socket);
    expect((await textOf(await connecting)).length).toBe(4_000_000);
  });

  test("that is not there any more is not missed", async () => {
    const { connect, sockets } = client();
    for (const end of ["closed", "goes away", "broken"]) {
      const connection = await connect("db-0", 1);
      const socket = sockets.at(-1) as FakeMessageSocket;
      podEnds(socket);
      await connection.closed;
      if (end === "goes away") socket.receive(spdy.goAway());
      else if (end === "broken") socket.breakOff(new ConnectionError("gone"));
      else socket.end();
      await until(() => socket.isClosed);
    }
    await connect("db-0", 1);
    expect(sockets).toHaveLength(4);
  });

  test("that does not answer any more is left for a new one", async () => {
    const clock = createVirtualClock();
    const { connect, sockets } = client({ takes: false }, { clock });
    const take = async (connecting: Promise<PodConnection>, index: number): Promise<PodConnection> => {
      await until(() => sockets.length > index && (sockets[index]?.sent.length ?? 0) === 2);
      sockets[index]?.receive(spdy.reply(1), spdy.reply(3));
      return connecting;
    };
    const first = await take(connect("db-0", 1), 0);
    podEnds(sockets[0] as FakeMessageSocket);
    await first.closed;
    const connecting = connect("db-0", 1);
    await until(() => sockets[0]?.sent.length === 5);
    await clock.advance(1001);
    await take(connecting, 1);
    expect(sockets[0]?.isClosed).toBe(true);
  });

  test("whose connection did not end in order carries no other", async () => {
    const { connect, sockets } = client();
    for (const end of [
      (socket: FakeMessageSocket) => socket.receive(spdy.reset(3)),
      (socket: FakeMessageSocket) => socket.receive(spdy.data(1, "no"), spdy.reset(3), spdy.reset(1)),
      (_: FakeMessageSocket, connection: PodConnection) => void connection.close(),
    ]) {
      const connection = await connect("db-0", 1);
      const socket = sockets.at(-1) as FakeMessageSocket;
      end(socket, connection);
      await connection.closed.catch(() => undefined);
      await until(() => socket.isClosed);
    }
    expect(sockets).toHaveLength(3);
  });

  test("at most 8 wait", async () => {
    const { connect, sockets } = client();
    const all = await Promise.all(Array.from({ length: 12 }, () => connect("db-0", 1)));
    for (const socket of sockets) podEnds(socket);
    await Promise.all(all.map(({ closed }) => closed));
    expect(sockets.filter(({ isClosed }) => !isClosed)).toHaveLength(8);
  });

  test("answers pings of the server, and no answers to its own", async () => {
    const { connect, sockets } = client();
    await connect("db-0", 1);
    const [socket] = sockets as [FakeMessageSocket];
    socket.receive(spdy.ping(1), spdy.ping(2));
    await until(() => socket.sent.length === 3);
    expect(told(socket).at(-1)).toEqual({ type: "ping", id: 2 });
  });

  test("in which something else comes is an error that says so", async () => {
    const { connect, sockets } = client();
    const connection = await connect("db-0", 1);
    sockets[0]?.receive("HTTP/1.1 200 OK\r\n\r\n");
    expect(await refusal(textOf(connection))).toMatch(
      /^ConnectionError: BadFrames: what came through the tunnel is not SPDY\/3\.1: a stream that nobody asked for/,
    );
    const other = await connect("db-0", 1);
    sockets[1]?.receive(0x80, 1, 0, 6, 0, 0, 0, 4, 0, 0, 0, 1);
    expect(await refusal(textOf(other))).toMatch(
      /^ConnectionError: BadFrames: what came through the tunnel is not SPDY\/3\.1: a frame of version 1/,
    );
    expect(sockets[1]?.isClosed).toBe(true);
  });

  test("refused streams are an error of the call", async () => {
    const { connect, sockets } = client({ takes: false });
    const connecting = refusal(connect("db-0", 1));
    await until(() => sockets[0]?.sent.length === 2);
    sockets[0]?.receive(spdy.reset(1, 3), spdy.reset(3, 3));
    expect(await connecting).toMatch(/^ConnectionError: Reset: the pod's end of the connection was reset/);
  });
});
