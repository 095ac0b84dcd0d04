import {
  InputError,
  nearest,
  optionsOf,
  plainObject,
  type PodStreamOptions,
  podStreamRules,
  queryOf,
  type RulesFor,
  runRules,
  type StandardInput,
  type TerminalSize,
  text,
  unsent,
  whatItIs,
} from "@kubewright/core";
import { type DebugProfile, profiles } from "./ephemeral-container.ts";

/**
 * Options of `debug`. `timeoutMs`, by default 60,000, bounds the way until the container runs or has ended, and is attached to; `signal` ends
 * the run at any time. Whatever ends it, the container stays in the pod: it cannot be removed.
 */
export interface DebugOptions extends PodStreamOptions {
  /** The image of the container. */
  readonly image: string;
  /** The container of the pod whose processes it sees, where the node's container runtime can do that. Default: none but its own. */
  readonly target?: string | undefined;
  /** What runs in it. Default: what its image says. */
  readonly command?: readonly string[] | undefined;
  /** Its environment, beside what the image says. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Its name. Default `debugger-` and five characters; a name is good once in a pod. */
  readonly name?: string | undefined;
  /**
   * What it may do, as kubectl's profiles: `"general"` may trace processes (SYS_PTRACE), `"baseline"` nothing beyond other containers,
   * `"restricted"` what the strictest pod security admits (it must not run as root), `"netadmin"` may change the network (NET_ADMIN,
   * NET_RAW), `"sysadmin"` is privileged. Default `"general"`.
   */
  readonly profile?: DebugProfile | undefined;
  /** What it reads; its end is told where there is no terminal. With it the run is attached. Default: nothing. */
  readonly stdin?: StandardInput | undefined;
  /** Gives it a terminal of this size. With it the run is attached. Default: none. */
  readonly tty?: TerminalSize | undefined;
}

function filled(value: unknown, field: string): void {
  if (text(value, field) === "") throw new InputError(field, "it must not be empty");
}

function commandLine(value: unknown, field: string): void {
  if (!Array.isArray(value) || value.length === 0 || value.some((part) => typeof part !== "string"))
    throw new InputError(field, 'it must be the program and its arguments, such as ["sh", "-c", "ps"]');
}

function environment(value: unknown, field: string): void {
  for (const [name, one] of Object.entries(plainObject(value, field)))
    if (typeof one !== "string") throw new InputError(`${field}.${name}`, `it must be text, not ${whatItIs(one)}`);
}

function profileName(value: unknown, field: string): void {
  const names = Object.keys(profiles);
  if (names.includes(value as string)) return;
  const close = typeof value === "string" ? nearest(value, names) : undefined;
  const hint = close === undefined ? `there are ${names.join(", ")}` : `did you mean "${close}"?`;
  throw new InputError(field, `there is no such profile; ${hint}`);
}

const rules: RulesFor<DebugOptions> = {
  ...podStreamRules,
  image: unsent(filled),
  target: unsent(filled),
  command: unsent(commandLine),
  env: unsent(environment),
  name: unsent(filled),
  profile: unsent(profileName),
  stdin: runRules.stdin,
  tty: runRules.tty,
};

/** @throws InputError for a wrong option */
export function checkedOptions(options: DebugOptions): DebugOptions {
  const given = optionsOf(options);
  queryOf(rules, given);
  if (given.image === undefined) throw new InputError("image", "pass the image that is to run in the pod");
  return given;
}
