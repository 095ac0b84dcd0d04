import { LimitError } from "../errors/body-errors.ts";
import { InputError } from "../errors/input-error.ts";
import type { RequestInfo } from "../errors/kube-error.ts";
import { ConnectionError } from "../errors/transport-errors.ts";
import { shownAs } from "../inspection/shown-as.ts";
import { createStream } from "../stream/stream.ts";
import type { Clock } from "../time/clock.ts";
import { keepAlive } from "../transport/keep-alive.ts";
import type { MessageSocket } from "../transport/message-socket.ts";
import type { RunExit, PodRun, StandardInput, TerminalSize } from "../types/pod-run.ts";
import type { Stream } from "../types/stream.ts";
import { sizeMessage } from "./channels.ts";
import { createExitStatus, type Outcome } from "./exit-status.ts";
import { mostUnread, Output } from "./output.ts";
import { reduceRun, type RunEffect, type RunEvent, type RunState } from "./reduce-run.ts";
import { sendInput } from "./send-input.ts";
import { terminalSize } from "../input/terminal-size.ts";
import { WatchedPromise } from "./watched-promise.ts";

/** What a run stands on. */
export interface RunSettings {
  readonly socket: MessageSocket;
  readonly request: RequestInfo;
  readonly clock: Clock;
  readonly stdin: StandardInput | undefined;
  readonly stdout: boolean;
  readonly stderr: boolean;
  /** Whether the end of the input is told. */
  readonly endsInput: boolean;
  readonly hasTerminal: boolean;
  /** The first size to tell. */
  readonly tty: TerminalSize | undefined;
  /**
   * For what the session joined, of which the server's Success tells no code: asks for it. The signal aborts when the answer is wanted no
   * more. Left out for a command of its own.
   */
  readonly exitOf?: ((signal: AbortSignal) => Promise<RunExit>) | undefined;
  /** Each ends it at once, with its reason. */
  readonly stoppedBy: readonly AbortSignal[];
  /** Called once it has ended. */
  readonly ended: () => void;
}

/** A server closes at once behind the Status. One that does not is not waited for longer. */
const closingMs = 2000;

/** The skin around a socket: {@link reduceRun} says what is to be done. */
export function startRun(settings: RunSettings): PodRun {
  const { socket, request, clock, stoppedBy, exitOf } = settings;
  const status = createExitStatus(request);
  const over = new AbortController();
  const stop = new AbortController();
  let asking = false;
  let state: RunState = "open";
  let settle: { resolve(exit: RunExit): void; reject(error: unknown): void } | undefined;
  const exit = new WatchedPromise<RunExit>((resolve, reject) => (settle = { resolve, reject }));
  exit.catch(() => undefined);
  let exitWaited = false;
  exit.waited = () => {
    exitWaited = true;
    changed();
  };
  let stopClosing = (): void => {};
  let roomCame: (() => void) | undefined;
  const kept = keepAlive(socket, clock, () => {
    // While nobody reads, the command may have ended unseen.
    if (roomCame === undefined) void send(new Uint8Array(0));
  });

  const outputOf = (name: "stdout" | "stderr"): Output => {
    const output = new Output((left) => {
      if (left) happen({ type: "stopped", error: leftEarly(name, request) });
      else changed();
    });
    if (!settings[name]) output.end();
    return output;
  };
  const outputs = { stdout: outputOf("stdout"), stderr: outputOf("stderr") };

  function happen(event: RunEvent): void {
    const before = state;
    const reduced = reduceRun(state, event, status, request);
    state = reduced.state;
    for (const effect of reduced.effects) act(effect);
    if (state === "ended" && before !== "ended") end();
    else if (state === "decided" && before === "open") decided();
  }

  function act(effect: RunEffect): void {
    switch (effect.type) {
      case "output":
        outputs[effect.stream].push(effect.data);
        break;
      case "exit":
        conclude(effect.outcome);
        break;
      case "complete":
        for (const output of Object.values(outputs)) output.end();
        break;
      case "incomplete":
        for (const output of Object.values(outputs)) output.fail(effect.error, effect.drop);
        break;
      case "close":
        void socket.close();
        break;
    }
  }

  function conclude(outcome: Outcome): void {
    if ("error" in outcome) settle?.reject(outcome.error);
    else if (exitOf === undefined || outcome.exit.exitCode !== 0) settle?.resolve(outcome.exit);
    else {
      asking = true;
      void exitOf(stop.signal)
        .then(settle?.resolve, settle?.reject)
        .finally(() => {
          asking = false;
          letGo();
        });
    }
  }

  function decided(): void {
    over.abort();
    kept.stop();
    stopClosing = clock.after(closingMs, () => happen({ type: "stopped", error: undefined }));
  }

  function end(): void {
    over.abort();
    kept.stop();
    stopClosing();
    roomCame?.();
    letGo();
  }

  /** Nothing is left that could be stopped. */
  function letGo(): void {
    if (asking || state !== "ended") return;
    for (const signal of stoppedBy) signal.removeEventListener("abort", stopped);
    settings.ended();
  }

  function stopped(this: AbortSignal): void {
    stop.abort(this.reason);
    happen({ type: "stopped", error: this.reason, drop: true });
  }

  /** A reader asked, or took something. */
  function changed(): void {
    const full = (["stdout", "stderr"] as const).filter((name) => outputs[name].isFull);
    if (full.length === 0) {
      roomCame?.();
      return;
    }
    if (roomCame === undefined) return;
    const stuck = full.find((name) => !outputs[name].begun);
    const waited = exitWaited || Object.values(outputs).some(({ isWaitedFor }) => isWaitedFor);
    if (stuck !== undefined && waited) happen({ type: "stopped", error: unread(stuck, request) });
  }

  async function receive(): Promise<void> {
    try {
      for await (const message of socket.messages) {
        kept.heard();
        happen({ type: "message", message });
        if (outputs.stdout.isFull || outputs.stderr.isFull) await room();
        if (state === "ended") return;
      }
      // Behind the Status nobody asks how it was closed.
      happen({ type: "closed", end: state === "open" ? await socket.closed : { code: undefined, reason: "" } });
    } catch (error) {
      happen({ type: "broken", error });
    }
  }

  async function room(): Promise<void> {
    await new Promise<void>((resolve) => {
      roomCame = resolve;
      changed();
    });
    roomCame = undefined;
  }

  async function feed(stdin: StandardInput): Promise<void> {
    try {
      await sendInput(stdin, socket, over.signal, settings.endsInput);
    } catch (error) {
      happen({ type: "stopped", error });
    }
  }

  /** What nobody waits for. Where it cannot be sent, the connection is over, and `receive` hears why. */
  function send(message: Uint8Array): Promise<void> {
    return socket.send(message).catch(() => undefined);
  }

  let size = settings.tty;
  let telling = false;
  async function tellSize(): Promise<void> {
    if (telling) return;
    telling = true;
    for (let told: TerminalSize | undefined; size !== told && size !== undefined && state === "open";) {
      told = size;
      await send(sizeMessage(told));
    }
    telling = false;
  }

  async function close(): Promise<void> {
    happen({ type: "stopped", error: closedHere(request) });
    await socket.close();
  }

  for (const signal of stoppedBy) signal.addEventListener("abort", stopped, { once: true });
  void tellSize();
  void receive();
  if (settings.stdin !== undefined) void feed(settings.stdin);
  // One may have aborted while the answer was on its way through the interceptors.
  for (const signal of stoppedBy) if (signal.aborted) stopped.call(signal);

  const streamOf = (name: "stdout" | "stderr"): Stream<Uint8Array> =>
    createStream(
      () => outputs[name],
      undefined,
      () => ({ stream: name, ...shown() }),
    );
  const shown = (): { path: string; protocol: string } => ({ path: request.path, protocol: socket.protocol });
  const run: Omit<PodRun, typeof Symbol.asyncDispose> = {
    attached: exitOf !== undefined,
    stdout: streamOf("stdout"),
    stderr: streamOf("stderr"),
    exit,
    resize(next) {
      if (!settings.hasTerminal) throw new InputError("size", "it runs without a terminal; pass tty", { request });
      size = terminalSize(next, "size");
      void tellSize();
    },
    close,
  };
  // Old browsers have no such symbol, and no syntax that would ask for it.
  if (Symbol.asyncDispose) Object.assign(run, { [Symbol.asyncDispose]: close });
  return shownAs(run as PodRun, "PodRun", shown);
}

function leftEarly(name: string, request: RequestInfo): ConnectionError {
  const message = `Closed: ${name} was left before its end, which ends the session; read it to its end, or pass ${name}: false`;
  return new ConnectionError(message, { request });
}

function closedHere(request: RequestInfo): ConnectionError {
  return new ConnectionError("Closed: the session was closed before the command had ended; the command may go on", {
    request,
  });
}

function unread(name: string, request: RequestInfo): LimitError {
  const fix = `read run.${name} at the same time, or pass ${name}: false`;
  return new LimitError(`what waits unread of ${name}`, mostUnread, { request, fix });
}
