import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import { onTerminal, type PseudoTerminal, type TerminalMode } from "../support/pseudo-terminal.ts";
import { scriptedPod } from "./attach-cases.ts";
import { held, runningPod } from "./support.ts";

const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));
const script = fileURLToPath(new URL("terminal-script.ts", import.meta.url));
const node = [process.execPath, "--conditions=kubewright-source"];
const cooked: TerminalMode = { canonical: true, echo: true, signals: true, output: true };
const raw: Partial<TerminalMode> = { canonical: false, echo: false, signals: false };

function environment(more: Record<string, string> = {}): Record<string, string> {
  const { server, caFile, admin } = inject("controlPlane");
  return { SERVER: server, CA: readFileSync(caFile, "utf8"), TOKEN: admin.token, NAMESPACE: own.namespace, ...more };
}

/** The program of a user, on a terminal. */
function program(args: readonly string[], more: Record<string, string> = {}): Promise<PseudoTerminal> {
  return onTerminal(inject("controlPlane").binary, [...node, script, ...args], { env: environment(more) });
}

async function showing(it: PseudoTerminal, text: string | RegExp): Promise<void> {
  try {
    await eventually(() => (it.shown.match(text) === null ? undefined : true), `it shows ${text}`);
  } catch (cause) {
    throw new Error(`it showed ${JSON.stringify(it.shown)}`, { cause });
  }
}

/** A shell that reads what is typed. */
async function shell(more: Record<string, string> = {}): Promise<PseudoTerminal> {
  const it = await program(["exec", "one", "sh"], more);
  await eventually(async () => ((await it.mode()).canonical ? undefined : true), "the terminal is raw");
  it.type('echo re""ady\r');
  await showing(it, "ready");
  return it;
}

beforeAll(() => runningPod(own.pods, "one"));

test("keys go to the shell, ctrl-c too, sizes follow, and the code comes back", async () => {
  await using it = await shell();
  expect(await it.mode()).toMatchObject(raw);
  it.type('stty size; echo be""gun; sleep 1000\r');
  await showing(it, /24 80\r+\nbegun/);
  it.type("\u0003");
  it.type("echo still $((1 + 1))\r");
  await showing(it, "still 2");
  for (let more = 1; more <= 20; more++) it.resize(80 + more, 24 + more);
  it.type(`until [ "$(stty size)" = '44 100' ]; do sleep 0.05; done; echo fit""ted; exit 3\r`);
  await showing(it, "fitted");
  expect(await it.ended).toEqual({ code: 0, mode: cooked });
  expect(it.shown).toContain('ended: {"exitCode":3,"detached":false}');
});

describe("the terminal is as it was before", () => {
  test.each<[string, NodeJS.Signals, Record<string, string>, object]>([
    ["SIGTERM", "SIGTERM", {}, { signal: "terminated" }],
    ["SIGINT from elsewhere", "SIGINT", {}, { signal: "interrupt" }],
    ["SIGHUP", "SIGHUP", {}, { signal: "hangup" }],
    ["an error that nobody caught", "SIGUSR2", { GOES: "throw" }, { code: 1 }],
    ["process.exit", "SIGUSR2", { GOES: "exit" }, { code: 9 }],
    ["an abort", "SIGUSR2", { GOES: "abort" }, { code: 0 }],
  ])("after %s", async (_, signal, more, end) => {
    await using it = await shell(more);
    process.kill(it.pid, signal);
    expect(await it.ended).toMatchObject({ ...end, mode: cooked });
    if (more["GOES"] === "abort") expect(it.shown).toContain("failed: Error: aborted by the program");
  });

  test("after a connection that was cut", async () => {
    const proxy = await startFaultProxy(inject("controlPlane").server);
    await using it = await shell({ SERVER: proxy.url });
    proxy.reset();
    expect(await it.ended).toMatchObject({ code: 0, mode: cooked });
    expect(it.shown).toContain("failed: ConnectionError: NoExitStatus");
    await proxy.close();
  });

  test("where the run could not begin", async () => {
    await using it = await program(["exec", "none", "sh"]);
    expect(await it.ended).toMatchObject({ code: 0, mode: cooked });
    expect(it.shown).toContain('failed: StatusError: NotFound: pods "none" not found');
  });
});

test("ctrl-p ctrl-q leaves what was attached to; who comes again sees it drawn anew", async () => {
  const draws = 'trap "echo drawn \\$(stty size)" WINCH; while :; do read -r line && echo "read $line"; done';
  await scriptedPod(own, "screen", draws, { stdin: true, tty: true });
  for (const round of [1, 2]) {
    await using it = await program(["attach", "screen"]);
    await showing(it, "drawn 24 80");
    it.type(`round ${round}\r`);
    await showing(it, `read round ${round}`);
    it.type("\u0010");
    it.type("\u0011");
    expect(await it.ended).toEqual({ code: 0, mode: cooked });
    expect(it.shown).toContain('ended: {"detached":true}');
  }
  expect((await own.pods.get("screen")).status.phase).toBe("Running");
});

test("a command of exec gets ctrl-p and ctrl-q as every key", async () => {
  await using it = await program([
    "exec",
    "one",
    "sh",
    "-c",
    "stty raw -echo; printf 'ready\\n'; head -c 2 | od -An -tx1",
  ]);
  await showing(it, "ready");
  it.type("\u0010\u0011");
  await showing(it, "10 11");
  expect((await it.ended).code).toBe(0);
});

test("without a terminal: an error, and nothing is sent", async () => {
  const env = { ...process.env, ...environment({ SERVER: "https://127.0.0.1:1" }) };
  const running = promisify(execFile)(process.execPath, [...node.slice(1), script, "exec", "one", "sh"], { env });
  running.child.stdin?.end();
  expect((await running).stdout).toContain("failed: InputError: Invalid stdin: it is no terminal here");
});
