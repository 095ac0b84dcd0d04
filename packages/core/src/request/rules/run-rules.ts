import { InputError } from "../../errors/input-error.ts";
import { terminalSize } from "../../input/terminal-size.ts";
import { whatItIs } from "../../input/what-it-is.ts";
import type { AttachOptions } from "../../types/attach.ts";
import { appendQuery } from "../query.ts";
import { flag, podStreamRules, type RulesFor, text, unsent } from "./rule.ts";

/** What a run is asked for, whether it is started or joined. */
export const runRules: RulesFor<AttachOptions> = {
  ...podStreamRules,
  container: name,
  stdin: unsent(input),
  stdout: unsent(flag),
  stderr: unsent(flag),
  tty: unsent(terminalSize),
};

/** What is asked for of the three streams, as the options say or leave open. */
export interface RunStreams {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
}

/** @throws InputError where nothing is left, or what a terminal cannot have is wanted */
export function runStreams(
  { stdin, stdout = true, stderr }: Pick<AttachOptions, keyof RunStreams>,
  hasTerminal: boolean,
): RunStreams {
  if (hasTerminal && stderr === true)
    throw new InputError("stderr", "a terminal has one output, which is stdout; leave out stderr");
  const streams = { stdin: stdin !== undefined, stdout, stderr: stderr ?? !hasTerminal };
  if (Object.values(streams).includes(true)) return streams;
  throw new InputError(
    "stdout",
    "nothing is left of stdin, stdout and stderr, and the server opens nothing without any; leave it out",
  );
}

/** The query of a call whose options are right, behind what is its own. */
export function runQuery(
  own: string,
  container: string | undefined,
  streams: RunStreams,
  hasTerminal: boolean,
): string {
  let query = container === undefined ? own : appendQuery(own, "container", container);
  for (const [stream, wanted] of Object.entries(streams)) if (wanted) query = appendQuery(query, stream, "true");
  return hasTerminal ? appendQuery(query, "tty", "true") : query;
}

// An empty one would be left out by the server, which then chooses.
function name(value: unknown, field: string): string {
  const given = text(value, field) as string;
  if (given === "") throw new InputError(field, "it is empty; leave it out for the pod's own choice");
  return given;
}

function input(value: unknown, field: string): void {
  if (typeof value === "string" || value instanceof Uint8Array) return;
  if (typeof (Object(value) as Partial<AsyncIterable<unknown>>)[Symbol.asyncIterator] === "function") return;
  throw new InputError(field, `it must be text, bytes or an async iterable of them, not ${whatItIs(value)}`);
}
