import type { CallOptions, LogLines, ResourceSource } from "@kubewright/core";
import { lookFor } from "./look-for.ts";
import type { LogEvent } from "./log-event.ts";
import { type LogLine, logLineOf, type LogOrigin } from "./log-line.ts";
import { unread, unreadNew } from "./plan.ts";
import { holds, reduce, wakeAt } from "./reduce.ts";
import type { Slots } from "./slots.ts";
import type { Position } from "./position.ts";
import type { Effect, Found, Input, LogRequest, ReadSettings, Run, State } from "./state.ts";

/** Takes what the log of one container says. */
export interface LogSink {
  /** The promise holds back what comes next, and so the socket. */
  deliver(lines: readonly LogLine[]): Promise<void>;
  tell(event: LogEvent): void;
  giveUp(error: Error, unlessOpened: boolean): void;
  /** Nothing more will come. */
  over(): void;
}

/** What reading a log needs. */
export interface LogGround {
  /** The pods of the namespace. */
  readonly source: ResourceSource;
  readonly settings: ReadSettings;
  readonly as: Pick<CallOptions, "impersonate" | "token">;
  readonly slots: Slots;
  /** It had not begun when logs began to be followed: no run of it may be left out. */
  readonly fromFirst: boolean;
  /** Reads the container's run from the server's newest state; undefined when the pod is gone. */
  look(signal: AbortSignal): Promise<{ readonly run: Run | undefined } | undefined>;
}

/** The log of one container, being read. */
export interface RunningLog {
  told(run: Run | undefined): void;
  gone(): void;
  /** Ends it; resolves when it has let go of everything. */
  stop(): Promise<void>;
}

/** Reads the log of one container, from its first run to its last. The skin of {@link reduce}: it makes the requests. */
export function readLog(origin: LogOrigin, ground: LogGround, sink: LogSink): RunningLog {
  const { source, settings, as, slots } = ground;
  const { clock } = source.connection;
  const inputs: Input[] = [];
  let state: State = ground.fromFirst ? unreadNew : unread;
  let busy = false;
  let stopped = false;
  let request: AbortController | undefined;
  let looking: AbortController | undefined;
  let checking: AbortController | undefined;
  let granted: (() => void) | undefined;
  let slot = false;
  let delivering = 0;
  let wake: { readonly at: number; readonly cancel: () => void } | undefined;
  let goOn = (): void => {};
  let pending = 0;
  let finished = (): void => {};

  /** Inputs that come while one is worked on wait their turn. */
  function feed(input: Input): void {
    inputs.push(input);
    if (busy) return;
    busy = true;
    try {
      for (let next = inputs.shift(); next !== undefined && !stopped; next = inputs.shift()) {
        const before = state;
        const step = reduce(state, next, settings, { now: clock.now(), random: clock.random() });
        ({ state } = step);
        for (const effect of step.effects) perform(effect);
        if (before !== state) settle(before);
      }
    } finally {
      busy = false;
    }
    arm();
    goOn();
  }

  function arm(): void {
    const at = stopped ? Infinity : wakeAt(state);
    // One that goes off early finds nothing to do, and is set again.
    if (wake !== undefined && at !== Infinity && wake.at <= at) return;
    wake?.cancel();
    wake = undefined;
    if (at === Infinity) return;
    const cancel = clock.after(Math.max(0, at - clock.now()), () => {
      wake = undefined; // a platform's timer may come a little early: it is then set again
      feed({ type: "tick" });
    });
    wake = { at, cancel };
  }

  /** What a new state means for the slot. */
  function settle(before: State): void {
    if (state.at === "idle" || state.at === "over") leaveSlot();
    if (state.at === "over" && before.at !== "over") {
      letGo();
      sink.over();
    }
  }

  function perform(effect: Effect): void {
    switch (effect.do) {
      case "read":
        begin(effect.request);
        break;
      case "cancel":
        letGo();
        break;
      case "look":
        void look();
        break;
      case "check":
        void check(effect.request, effect.position);
        break;
      case "deliver":
        delivering += 1;
        void sink.deliver(effect.lines).then(() => {
          delivering -= 1;
          if (delivering === 0 && !stopped) feed({ type: "taken" });
          goOn();
        });
        break;
      case "tell":
        sink.tell({ ...origin, ...effect.event });
        break;
      case "give up":
        sink.giveUp(effect.error, effect.unlessOpened);
    }
  }

  function letGo(): void {
    request?.abort();
    request = undefined;
    looking?.abort();
    looking = undefined;
    checking?.abort();
    checking = undefined;
  }

  function leaveSlot(): void {
    if (granted !== undefined) slots.forgo(granted);
    granted = undefined;
    if (slot) slots.release();
    slot = false;
  }

  /** Makes a request, which takes the place of the one before; only the newest has a say. */
  function begin(what: LogRequest): void {
    letGo();
    const mine = new AbortController();
    request = mine;
    if (slot) void make(what, mine);
    else queue(what, mine);
  }

  function queue(what: LogRequest, mine: AbortController): void {
    const told = granted !== undefined;
    if (granted !== undefined) slots.forgo(granted);
    granted = (): void => {
      granted = undefined;
      slot = true;
      if (request === mine) void make(what, mine);
      else if (state.at === "idle" || state.at === "over") leaveSlot();
    };
    if (slots.take(granted)) granted();
    else if (!told)
      sink.tell({ ...origin, type: "skipped", reason: "as many logs as maxStreams says are open already" });
  }

  async function make(what: LogRequest, mine: AbortController): Promise<void> {
    pending += 1;
    const isMine = (): boolean => request === mine;
    try {
      const end = await takeAll(
        open(what, mine.signal, () => isMine() && feed({ type: "opened" })),
        isMine,
      );
      if (!isMine()) return;
      request = undefined;
      feed(end);
    } catch (error) {
      if (!isMine()) return;
      request = undefined;
      feed({ type: "failed", error: asError(error) });
    } finally {
      pending -= 1;
      if (pending === 0) finished();
    }
  }

  async function takeAll(stream: AsyncIterable<LogLines>, isMine: () => boolean): Promise<Input> {
    let last: Input = { type: "ended", rest: undefined, odd: undefined };
    let askedAt = clock.now();
    for await (const { lines, cut } of stream) {
      if (!isMine()) break;
      const waitedMs = clock.now() - askedAt;
      const read: LogLine[] = [];
      for (const raw of lines) {
        // What has no time is the end of a long line that began earlier, or the node's own words.
        const line = logLineOf(raw, origin);
        if (line !== undefined) read.push(line);
      }
      if (cut) last = endedWith(read[0], lines[0] ?? "");
      else if (read.length > 0) feed({ type: "lines", lines: read, waitedMs });
      await held(isMine);
      if (!isMine()) break;
      askedAt = clock.now();
    }
    return last;
  }

  /** Waits for the consumer, and for what must be known first. */
  async function held(isMine: () => boolean): Promise<void> {
    while (isMine() && !stopped && (delivering > 0 || holds(state)))
      await new Promise<void>((resolve) => (goOn = resolve));
  }

  async function look(): Promise<void> {
    const mine = new AbortController();
    looking = mine;
    pending += 1;
    try {
      const found = await ground.look(mine.signal);
      if (looking === mine) feed(found === undefined ? { type: "gone" } : { type: "looked", run: found.run });
    } catch (error) {
      if (looking === mine) feed({ type: "not looked", error: asError(error) });
    } finally {
      pending -= 1;
      if (pending === 0) finished();
    }
  }

  async function check(what: LogRequest, position: Position): Promise<void> {
    checking?.abort();
    const mine = new AbortController();
    checking = mine;
    pending += 1;
    let found: Found = "unknown";
    try {
      found = await lookFor(position, open(what, mine.signal), origin);
    } catch {
      // What ails the server shows in what is followed, too; here it only means that nothing is known.
    } finally {
      pending -= 1;
      if (pending === 0) finished();
    }
    if (checking === mine) feed({ type: "checked", found });
  }

  function open(what: LogRequest, signal: AbortSignal, opened?: () => void): AsyncIterable<LogLines> {
    return source.log(origin.pod, { ...what, ...as, container: origin.container, timestamps: true, signal }, opened);
  }

  return {
    told: (run) => feed({ type: "told", run }),
    gone: () => feed({ type: "gone" }),
    async stop() {
      stopped = true;
      arm();
      letGo();
      leaveSlot();
      goOn();
      if (pending > 0) await new Promise<void>((resolve) => (finished = resolve));
    },
  };
}

/** How the kubelet begins where it says, in place of a log, why there is none. */
const ownWords = /^(failed to|unable to|rpc error|error |context )/;

function endedWith(rest: LogLine | undefined, text: string): Input {
  return { type: "ended", rest, odd: rest !== undefined ? undefined : ownWords.test(text) ? "words" : "cut" };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error("the request failed", { cause: error });
}
