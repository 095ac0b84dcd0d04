import { describe, expect, test } from "vitest";
import { refusal, rejection } from "../../../../test/support/api-request.ts";
import { fakeMessageSocket, type FakeMessageSocket } from "../../../../test/support/fake-message-socket.ts";
import { createVirtualClock, type VirtualClock } from "../../../../test/support/virtual-clock.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import type { PodRun } from "../types/pod-run.ts";
import { type RunSettings, startRun } from "./run.ts";

const request = { verb: "get", path: "/exec" };
const success = '{"status":"Success"}';

interface Started {
  readonly run: PodRun;
  readonly socket: FakeMessageSocket;
  readonly clock: VirtualClock;
  readonly stop: AbortController;
  readonly ended: () => number;
}

function start(settings: Partial<RunSettings> & { readonly socket?: FakeMessageSocket } = {}): Started {
  const { socket = fakeMessageSocket() } = settings;
  const clock = createVirtualClock();
  const stop = new AbortController();
  let ended = 0;
  const run = startRun({
    request,
    clock,
    stdin: undefined,
    stdout: true,
    stderr: true,
    endsInput: true,
    hasTerminal: settings.tty !== undefined,
    tty: undefined,
    stoppedBy: [stop.signal],
    ended: () => (ended += 1),
    ...settings,
    socket,
  });
  return { run, socket, clock, stop, ended: () => ended };
}

async function text(stream: AsyncIterable<Uint8Array>): Promise<string> {
  let all = "";
  for await (const chunk of stream) all += new TextDecoder().decode(chunk);
  return all;
}

const large = "x".repeat(600_000);

describe("the end", () => {
  test("a Status: the code, whole streams, and a connection that is let go", async () => {
    const { run, socket, clock, ended } = start();
    socket.receive(1);
    socket.receive(1, "out");
    socket.receive(2, "err");
    socket.receive(3, success);
    expect(await run.exit).toEqual({ exitCode: 0 });
    socket.end();
    expect([await text(run.stdout), await text(run.stderr)]).toEqual(["out", "err"]);
    expect([socket.isClosed, ended(), clock.pending]).toEqual([true, 1, 0]);
  });

  test("a server that does not close behind the Status is not waited for", async () => {
    const { run, socket, clock, ended } = start();
    socket.receive(1, "out");
    socket.receive(3, success);
    expect(await clock.run(text(run.stdout), 3000)).toBe("out");
    expect([socket.isClosed, ended(), clock.pending]).toEqual([true, 1, 0]);
  });

  test("a connection that breaks behind the Status has lost nothing", async () => {
    const { run, socket } = start();
    socket.receive(1, "out");
    socket.receive(3, success);
    await run.exit;
    socket.breakOff(new ConnectionError("reset"));
    expect(await text(run.stdout)).toBe("out");
  });

  test("no Status: exit rejects, and the streams do after what had come", async () => {
    const { run, socket } = start();
    socket.receive(1, "out");
    socket.end({ code: 1001, reason: "going" });
    const said = `ConnectionError: NoExitStatus: the connection ended before the server said how the command ended (close code 1001 "going"); it may have run, and may still run (get /exec)`;
    expect(await refusal(run.exit)).toBe(said);
    const iterator = run.stdout[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toHaveLength(3);
    expect(await refusal(iterator.next())).toBe(said);
    expect(await refusal(text(run.stderr))).toBe(said);
  });

  test("a connection that broke is the cause", async () => {
    const { run, socket } = start();
    const cause = new ConnectionError("ConnectionLost: reset");
    socket.breakOff(cause);
    expect(await rejection(run.exit)).toMatchObject({ name: "ConnectionError", cause, request });
  });

  test("a Status without a code: the error, and whole streams", async () => {
    const { run, socket } = start();
    socket.receive(1, "out");
    socket.receive(3, '{"status":"Failure","message":"no such container","code":500}');
    socket.end();
    expect(await refusal(run.exit)).toBe("StatusError: HTTP 500: no such container (get /exec)");
    expect(await text(run.stdout)).toBe("out");
  });

  test("nobody has to look at anything", async () => {
    const { socket } = start({ stdin: "text" });
    socket.breakOff(new ConnectionError("reset")); // an unhandled rejection would fail the run of the tests
    await new Promise((resolve) => setTimeout(resolve, 5));
  });

  test("channels that were not asked for, closing ones and empty messages say nothing", async () => {
    const { run, socket } = start({ stderr: false });
    for (const message of [[], [255, 1], [2, "err"], [0, "in"], [9, "x"]]) socket.receive(...message);
    socket.receive(3, success);
    socket.end();
    expect([await text(run.stdout), await text(run.stderr), await run.exit]).toEqual(["", "", { exitCode: 0 }]);
  });
});

describe("unread output", () => {
  test("beyond 1 MiB of a stream, nothing more is pulled until it is read", async () => {
    const { run, socket, clock } = start();
    for (let turn = 0; turn < 10; turn++) socket.receive(1, large);
    await clock.settle();
    expect(socket.pulled).toBe(2);
    const iterator = run.stdout[Symbol.asyncIterator]();
    await iterator.next();
    await clock.settle();
    expect(socket.pulled).toBe(3);
    for (let turn = 1; turn < 10; turn++) expect((await iterator.next()).value).toHaveLength(600_000);
    socket.receive(3, success);
    socket.end();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  test("small pieces that wait come together, as they came", async () => {
    const { run, socket, clock } = start();
    const sizes = Array.from({ length: 5000 }, (_, turn) => (turn % 500 === 7 ? 3000 : (turn * turn) % 9));
    let count = 0;
    const piece = (size: number): string => String.fromCharCode(...Array.from({ length: size }, () => 32 + (count++ % 91))); // prettier-ignore
    const sent: string[] = [];
    const chunks: string[] = [];
    const iterator = run.stdout[Symbol.asyncIterator]();
    const take = async (): Promise<void> => void chunks.push(new TextDecoder().decode((await iterator.next()).value));
    for (const [turn, size] of sizes.entries()) {
      sent.push(piece(size));
      socket.receive(1, sent.at(-1)!);
      await clock.settle();
      if (turn % 1000 === 999 || (turn < 50 && turn % 5 === 4)) await take();
    }
    expect(chunks.length).toBe(15);
    socket.receive(3, success);
    socket.end();
    for await (const bytes of { [Symbol.asyncIterator]: () => iterator }) chunks.push(new TextDecoder().decode(bytes));
    expect(chunks.join("")).toBe(sent.join(""));
    expect(chunks.length).toBeLessThan(60);
  });

  test.each<[string, (run: PodRun) => Promise<unknown>, string]>([
    ["exit is waited for", (run) => run.exit, "stdout"],
    ["exit is one of several that are waited for", (run) => Promise.race([run.exit, new Promise(() => {})]), "stdout"],
    ["the other stream is", (run) => text(run.stderr), "stdout"],
  ])("full, never begun, and %s: an error that names it", async (_, wait, full) => {
    const { run, socket } = start();
    const waiting = refusal(wait(run));
    for (let turn = 0; turn < 3; turn++) socket.receive(1, large);
    expect(await waiting).toBe(
      `LimitError: TooLarge: what waits unread of ${full} is larger than 1048576 bytes; read run.${full} at the same time, or pass ${full}: false (get /exec)`,
    );
    expect(socket.isClosed).toBe(true);
  });

  test("full, but begun: whoever reads it slowly is waited for", async () => {
    const { run, socket, clock } = start();
    const iterator = run.stdout[Symbol.asyncIterator]();
    socket.receive(1, "first");
    await iterator.next();
    const exit = run.exit.then(({ exitCode }) => exitCode);
    for (let turn = 0; turn < 3; turn++) socket.receive(1, large);
    await clock.settle();
    for (let turn = 0; turn < 3; turn++) await iterator.next();
    socket.receive(3, success);
    socket.end();
    expect(await exit).toBe(0);
  });

  test("full, and nobody waits for anything: it stays", async () => {
    const { run, socket, clock } = start();
    for (let turn = 0; turn < 3; turn++) socket.receive(1, large);
    await clock.settle();
    expect(socket.isClosed).toBe(false);
    const reading = Promise.all([text(run.stdout), text(run.stderr), run.exit]);
    socket.receive(3, success);
    socket.end();
    expect((await reading)[0]).toHaveLength(1_800_000);
  });
});

describe("input", () => {
  const inputs = ({ sent }: FakeMessageSocket): string[] =>
    sent.map((message) => `${message[0]}:${new TextDecoder().decode(message.subarray(1))}`);

  test("is pulled only when there is room, and ends where the protocol can say so", async () => {
    let pulled = 0;
    const stdin = (async function* () {
      for (const piece of ["a", "b", "c"]) {
        pulled += 1;
        yield piece;
      }
    })();
    const { socket, clock } = start({ stdin });
    await clock.settle();
    expect([pulled, inputs(socket)]).toEqual([3, ["0:a", "0:b", "0:c", "255:\0"]]);
    const slow = fakeMessageSocket();
    slow.room(false);
    let taken = 0;
    const second = (async function* () {
      for (;;) {
        taken += 1;
        yield "x";
      }
    })();
    const other = start({ socket: slow, stdin: second });
    await other.clock.settle();
    expect(taken).toBe(1);
    await other.run.close();
  });

  test("v4: nothing is said of its end", async () => {
    const { socket, clock } = start({
      socket: fakeMessageSocket("v4.channel.k8s.io"),
      stdin: "a",
      tty: { columns: 1, rows: 1 },
    });
    await clock.settle();
    expect(inputs(socket)).toEqual(['4:{"Width":1,"Height":1}', "0:a"]);
  });

  test.each<[string, unknown]>([
    ["a number", 5],
    ["null", null],
    ["a list", [1]],
  ])("%s among it is an error that says so", async (_, piece) => {
    const { run, socket } = start({ stdin: (async function* () { yield piece as string; })() }); // prettier-ignore
    expect(await refusal(run.exit)).toMatch(/^InputError: Invalid stdin: it must bring text or bytes, not /);
    expect(socket.isClosed).toBe(true);
  });

  test("a source that is stuck does not hold up the end, and is asked to clean up", async () => {
    let left = false;
    const stdin = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}), return: async () => ((left = true), { done: true as const, value: undefined }) }) }; // prettier-ignore
    const { run, socket, clock } = start({ stdin });
    socket.receive(3, success);
    socket.end();
    await run.exit;
    await clock.settle();
    expect(left).toBe(true);
  });
});

describe("ways to end it", () => {
  test("an abort drops what had come, and rejects everything with its reason", async () => {
    const { run, socket, stop, clock, ended } = start();
    socket.receive(1, "out");
    await clock.settle();
    stop.abort("mine");
    expect([await rejection(text(run.stdout)), await rejection(text(run.stderr)), await rejection(run.exit)]).toEqual([
      "mine",
      "mine",
      "mine",
    ]);
    expect([socket.isClosed, clock.pending, ended()]).toEqual([true, 0, 1]);
  });

  test("an abort before it began", async () => {
    const { run, socket, ended } = start({ stoppedBy: [AbortSignal.abort("mine")], stdin: "text" });
    expect([await rejection(run.exit), await rejection(text(run.stdout))]).toEqual(["mine", "mine"]);
    expect([socket.isClosed, ended()]).toEqual([true, 1]);
  });

  test("an abort while the connection waits for a reader", async () => {
    const { run, socket, stop, clock } = start();
    for (let turn = 0; turn < 3; turn++) socket.receive(1, large);
    await clock.settle();
    stop.abort("mine");
    expect(await rejection(run.exit)).toBe("mine");
    await clock.settle();
    expect(socket.isClosed).toBe(true);
  });

  test("close() keeps what had come, then says that it was closed", async () => {
    const { run, socket, clock } = start();
    socket.receive(1, "out");
    await clock.settle();
    await run.close();
    const iterator = run.stdout[Symbol.asyncIterator]();
    expect((await iterator.next()).value).toHaveLength(3);
    expect(await refusal(iterator.next())).toMatch(
      /^ConnectionError: Closed: the session was closed before the command had ended/,
    );
    await run[Symbol.asyncDispose]();
  });

  test("leaving a stream ends the session; closing one that nobody reads does not", async () => {
    const { run, socket, clock } = start();
    await run.stderr.close();
    socket.receive(1, "out");
    for await (const _ of run.stdout) break;
    await clock.settle();
    expect(socket.isClosed).toBe(true);
    expect(await refusal(run.exit)).toMatch(/^ConnectionError: Closed: stdout was left before its end/);
  });
});

describe("while it runs", () => {
  test.each([
    [true, 60_000],
    [false, 30_000],
  ])("with pings %s, an empty message goes out every %d ms", async (pings, everyMs) => {
    const { run, socket, clock } = start({ socket: fakeMessageSocket("v5.channel.k8s.io", pings) });
    await clock.advance(everyMs - 1);
    expect(socket.sent).toHaveLength(0);
    await clock.advance(1 + 4 * everyMs);
    expect(socket.sent).toEqual(Array.from({ length: 5 }, () => new Uint8Array(0)));
    await run.close();
    expect(clock.pending).toBe(0);
  });

  test("none while something comes, and one once nothing has come for so long", async () => {
    const { run, socket, clock } = start();
    const read = text(run.stdout);
    for (let turn = 0; turn < 20; turn++) {
      socket.receive(1, "x");
      await clock.advance(59_999);
    }
    expect(socket.sent).toEqual([]);
    await clock.advance(1);
    expect(socket.sent).toEqual([new Uint8Array(0)]);
    await run.close();
    await rejection(read);
  });

  test("none while nobody reads", async () => {
    const { socket, clock } = start();
    for (let turn = 0; turn < 3; turn++) socket.receive(1, large);
    await clock.advance(300_000);
    expect(socket.sent).toEqual([]);
  });

  test("sizes: the first at once; of many that come while one waits, the last", async () => {
    const { run, socket, clock } = start({ tty: { columns: 1, rows: 2 } });
    socket.room(false);
    for (let columns = 10; columns <= 20; columns++) run.resize({ columns, rows: 5 });
    socket.room(true);
    await clock.settle();
    const told = socket.sent.map((message) => new TextDecoder().decode(message.subarray(1)));
    expect([told[0], told.at(-1)]).toEqual(['{"Width":1,"Height":2}', '{"Width":20,"Height":5}']);
    expect(told.length).toBeLessThan(5);
    expect(() => run.resize({ columns: 0, rows: 1 })).toThrow(
      "Invalid size.columns: it must be a whole number from 1 to 65535",
    );
    await run.close();
    run.resize({ columns: 1, rows: 1 });
  });

  test("without a terminal there is no size", () => {
    const { run } = start();
    expect(() => run.resize({ columns: 1, rows: 1 })).toThrow(
      "Invalid size: it runs without a terminal; pass tty (get /exec)",
    );
  });
});
