import type { LogHappening } from "./log-event.ts";
import type { LogLine } from "./log-line.ts";
import type { Position } from "./position.ts";

/** What is asked for of every container. */
export interface ReadSettings {
  readonly follow: boolean;
  /** Reads the run before, and nothing else. */
  readonly previous: boolean;
  readonly sinceTime: string | undefined;
  readonly sinceSeconds: number | undefined;
  readonly tailLines: number | undefined;
}

/** The newest run of a container, as the pod's status has it. */
export interface Run {
  /** The restart count. */
  readonly number: number;
  readonly running: boolean;
}

/**
 * How a read that goes on at a position is meant.
 *
 * - `resume`: the last line will come again.
 * - `probe`: it did not, and the pod's status knows of no restart: perhaps the node does, and it stands in the log of the run before.
 * - `misplaced`: it is not in the log of the run before, where it should be: perhaps it was of the newest run already.
 * - `accept`: it is gone; what there is goes on after a gap.
 */
export type Mode = "resume" | "probe" | "misplaced" | "accept";

/** What goes along from state to state. */
export interface Course {
  /** Undefined while the container has not begun. */
  readonly known: Run | undefined;
  /** The pod is gone: its log cannot be asked for again. */
  readonly gone: boolean;
  /** The run that is being read; undefined before the first read. */
  readonly run: number | undefined;
  /** A read was of this run, as far as the pod's status knows. */
  readonly begun: boolean;
  /** The lines of this run must come, also when what is read now turns out to be of another. */
  readonly owed: boolean;
  /** The run is read from its first line, not as the options say. */
  readonly whole: boolean;
  /** Undefined before the first line of the run. */
  readonly position: Position | undefined;
  /** Where another run was left, or this one before a gap: that line should not come again; if it does, what stands before it was read. */
  readonly before: { readonly run: number; readonly position: Position } | undefined;
  /** The run was read to its end. */
  readonly complete: boolean;
  /** The last read ended as a log ends, and no later one brought more. */
  readonly clean: boolean;
  /** A last line without its end, which counts when the next read brings the same. */
  readonly rest: LogLine | undefined;
  readonly mode: Mode;
  /** What followed did not show the last line: a read that ends will, or show that it is gone. */
  readonly finite: boolean;
  /** How many reads in a row ended without showing the last line. */
  readonly unmatched: number;
  /** How many reads in a row ended and brought nothing. */
  readonly quiet: number;
  /** Reads that ended as a log ends; only of what is not followed. */
  readonly reads: number;
  readonly failures: number;
  /** When the first of the losses in a row came. */
  readonly lostSince: number | undefined;
  /** Whether to tell that the log is opened. */
  readonly announce: boolean;
  /** When the first read was made: "the last n seconds" end there. */
  readonly beganAt: number | undefined;
}

/** A read under way. */
export interface Reading {
  readonly previous: boolean;
  readonly follow: boolean;
  /** It reads only the end of the log, to have a position to follow from. */
  readonly anchors: boolean;
  /** The run was known to be over when it began: no more can be written. */
  readonly final: boolean;
  readonly openedAt: number | undefined;
  /** The last line came again, or there is none. What comes is new. */
  readonly matched: boolean;
  /** How many lines that are equal to the last one have come. */
  readonly met: number;
  /** Lines of which is not yet known whether they are new, as they came. */
  readonly held: readonly (readonly LogLine[])[];
  readonly brought: boolean;
  /** The pod is asked for anew, and until it is known nothing else happens. */
  readonly looking: boolean;
  /** When to ask for it; undefined when that is done. */
  readonly lookAt: number | undefined;
  /** What happened meanwhile. */
  readonly outcome: Outcome | undefined;
  /** Whether it still comes from the file that the node writes to. */
  readonly check: Check;
  /** When the file that is read was the newest for sure. */
  readonly sureAt: number;
  /** Lines that wait, since the node may have left out what stood before them. */
  readonly leap: Leap | undefined;
}

/** Lines that came closer together than they were written; the position is looked for in the newest file. `missed`: so often it was not found. */
export interface Leap {
  readonly lines: readonly LogLine[];
  readonly missed: number;
  readonly askedAt: number;
  /** When to ask again; undefined while it is under way. */
  readonly at: number | undefined;
}

/**
 * A followed log can stay behind in a file that the node has rotated: a kubelet that opens it at that moment waits there for ever. So the first
 * silence of each is not believed: another read must show the last line in the newest file. `at`: when to make it; undefined while it is under
 * way, lines wait for the consumer, or there is no line to look for. `behind`: newer lines were seen in the newest file, and they did not come yet.
 */
export interface Check {
  readonly done: boolean;
  readonly at: number | undefined;
  readonly pauseMs: number;
  readonly asked: boolean;
  readonly behind: boolean;
}

/**
 * How a read went. `rest`: a last text without line end. `odd`: what stands at the end is no line: it was `"cut"` off within a time, or the
 * node has `"words"` of its own there.
 */
export type Outcome =
  | { readonly type: "ended"; readonly rest: LogLine | undefined; readonly odd: "cut" | "words" | undefined }
  | { readonly type: "failed"; readonly error: Error };

/** Where the log of one container stands. `idle`: there is nothing to read until the pod's status says more. */
export type State =
  | { readonly at: "idle"; readonly course: Course }
  | { readonly at: "pausing"; readonly course: Course; readonly until: number }
  | { readonly at: "reading"; readonly course: Course; readonly reading: Reading }
  | { readonly at: "over"; readonly course: Course };

/** What happens to it. */
export type Input =
  /** The pod's status. */
  | { readonly type: "told"; readonly run: Run | undefined }
  /** The pod is gone, or another has its name. */
  | { readonly type: "gone" }
  /** The headers of the read came. */
  | { readonly type: "opened" }
  /** `waitedMs`: for how long they were waited for, from when more could be taken. */
  | { readonly type: "lines"; readonly lines: readonly LogLine[]; readonly waitedMs: number }
  /** The pod was asked for: the same, with this run. */
  | { readonly type: "looked"; readonly run: Run | undefined }
  /** The pod could not be asked for. */
  | { readonly type: "not looked"; readonly error: Error }
  | Outcome
  /** The consumer has taken all lines. */
  | { readonly type: "taken" }
  | { readonly type: "checked"; readonly found: Found }
  | { readonly type: "tick" };

/**
 * What the newest file shows of the last line: it stands at the end (`last`), or with more behind it; only lines that are newer (`beyond`), or
 * others, as far as the answer went; or nothing. `unknown`: the file could not be read.
 */
export type Found = "last" | "more" | "beyond" | "others" | "nothing" | "unknown";

/** One request for a log. */
export interface LogRequest {
  readonly previous: boolean;
  readonly follow: boolean;
  readonly sinceTime: string | undefined;
  readonly sinceSeconds: number | undefined;
  readonly tailLines: number | undefined;
}

/** What is to be done. A read takes the place of the one before. */
export type Effect =
  | { readonly do: "read"; readonly request: LogRequest }
  /** Lets go of the read. */
  | { readonly do: "cancel" }
  /** Asks for the pod; `looked`, `gone` or `not looked` comes of it. */
  | { readonly do: "look" }
  /** Looks for the position in the log besides; `checked` comes of it. */
  | { readonly do: "check"; readonly request: LogRequest; readonly position: Position }
  | { readonly do: "deliver"; readonly lines: readonly LogLine[] }
  | { readonly do: "tell"; readonly event: LogHappening }
  /** It makes no sense to go on. `unlessOpened`: rights are only missing for good if no log could be opened yet. */
  | { readonly do: "give up"; readonly error: Error; readonly unlessOpened: boolean };

/** A state, and what led there asks for. */
export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** When and by what chance a step is made: at least 0 and below 1. */
export interface Moment {
  readonly now: number;
  readonly random: number;
}
