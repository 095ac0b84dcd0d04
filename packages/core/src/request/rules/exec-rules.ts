import { InputError } from "../../errors/input-error.ts";
import type { ExecOptions } from "../../types/exec.ts";
import { appendQuery, queryOf } from "../query.ts";
import { texts } from "../text.ts";
import { type RulesFor, unsent } from "./rule.ts";
import { runRules } from "./run-rules.ts";

const execRules: RulesFor<ExecOptions> = { ...runRules, command: unsent(command) };

/** Checks the options, and gives what of the query is exec's own. @throws InputError for wrong options */
export function commandQuery(options: ExecOptions): string {
  queryOf(execRules, options);
  if (options.command === undefined) throw new InputError("command", 'it is needed, such as ["date"]');
  return options.command.reduce((query, argument) => appendQuery(query, "command", argument), "");
}

function command(value: unknown, field: string): void {
  const found = texts(value, field);
  if (found.length === 0)
    throw new InputError(field, 'it is empty; give the program and its arguments, such as ["date"]');
  for (const [index, argument] of found.entries())
    if (argument.includes("\0")) throw new InputError(`${field}[${index}]`, "it holds a NUL, which no argument can");
  if (found[0] === "") throw new InputError(`${field}[0]`, "it is empty; it must name a program");
}
