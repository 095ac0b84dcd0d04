import type { PodStreamOptions, StandardInput, TerminalSize } from "./pod-run.ts";

/**
 * Options of `attach`. `timeoutMs` bounds the way until the server has accepted, the reading of the pod included; `signal` ends the
 * session at any time, and everything of it then rejects with the signal's reason.
 */
export interface AttachOptions extends PodStreamOptions {
  /**
   * Which container is joined: any of the pod's, init and ephemeral ones too. Default: the only one of `spec.containers`; of several, the
   * one that the pod's annotation `kubectl.kubernetes.io/default-container` names.
   */
  readonly container?: string | undefined;
  /**
   * What the container's own input gets; the container must have `stdin: true`. Its end is the input's end where the container has
   * `stdinOnce` and no terminal, and else is not told. When it throws, the session ends with that error. Default: none.
   */
  readonly stdin?: StandardInput | undefined;
  /** Whether the container's output is wanted. Default true. */
  readonly stdout?: boolean | undefined;
  /** Whether the container's error output is wanted. Default true; with a terminal it comes within `stdout`, and only false may be given. */
  readonly stderr?: boolean | undefined;
  /** Gives the container's terminal this size; the container must have `tty: true`. Default: it keeps the size that it has. */
  readonly tty?: TerminalSize | undefined;
}
