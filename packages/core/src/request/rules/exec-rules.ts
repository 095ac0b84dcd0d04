import { InputError } from "../../errors/input-error.ts";
import { whatItIs } from "../../input/what-it-is.ts";
import { terminalSize } from "../../input/terminal-size.ts";
import type { ExecOptions } from "../../types/exec.ts";
import { appendQuery, queryOf } from "../query.ts";
import { texts } from "../text.ts";
import { callRules, flag, type RulesFor, text, unsent } from "./rule.ts";

const execRules: RulesFor<ExecOptions> = {
  ...callRules,
  command: unsent(command),
  container: name,
  stdin: unsent(input),
  stdout: unsent(flag),
  stderr: unsent(flag),
  tty: unsent(terminalSize),
};

/** What is asked for of the three streams, as the options say or leave open. */
export interface ExecStreams {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
}

/** @throws InputError for wrong options */
export function execStreams(options: ExecOptions): ExecStreams {
  queryOf(execRules, options);
  if (options.command === undefined) throw new InputError("command", 'it is needed, such as ["date"]');
  const { stdin, stdout = true, stderr, tty } = options;
  if (tty !== undefined && stderr === true)
    throw new InputError("stderr", "a terminal has one output, which is stdout; leave out stderr or tty");
  const streams = { stdin: stdin !== undefined, stdout, stderr: stderr ?? tty === undefined };
  if (Object.values(streams).includes(true)) return streams;
  throw new InputError(
    "stdout",
    "nothing is left of stdin, stdout and stderr, and the server runs no command without any; leave it out",
  );
}

/** The query of a call whose options are right. */
export function execQuery(
  options: ExecOptions,
  streams: ExecStreams,
  container: string | undefined = options.container,
): string {
  let query = "";
  for (const argument of options.command) query = appendQuery(query, "command", argument);
  if (container !== undefined) query = appendQuery(query, "container", container);
  for (const [stream, wanted] of Object.entries(streams)) if (wanted) query = appendQuery(query, stream, "true");
  return options.tty === undefined ? query : appendQuery(query, "tty", "true");
}

function command(value: unknown, field: string): void {
  const found = texts(value, field);
  if (found.length === 0)
    throw new InputError(field, 'it is empty; give the program and its arguments, such as ["date"]');
  for (const [index, argument] of found.entries())
    if (argument.includes("\0")) throw new InputError(`${field}[${index}]`, "it holds a NUL, which no argument can");
  if (found[0] === "") throw new InputError(`${field}[0]`, "it is empty; it must name a program");
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
