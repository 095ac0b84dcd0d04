import type { TerminalSize } from "@kubewright/core";
import type { User } from "../access/user.ts";
import type { PodLog } from "./pod-logs.ts";

/** What runs in pods, as a test plays it. The hook that was made last is asked first. */
export interface Hooks {
  /**
   * Plays the commands that are run in containers: what `run` gives is the exit code, by default 0, and what it throws says that the
   * command could not be run. Where no hook is for a container there is no kubelet.
   */
  onExec(match: ContainerMatch, run: (process: ExecProcess) => number | void | Promise<number | void>): Hook;
  /** Plays what is attached to; it is over when `run` settles. How the container ended stands in its pod's status, which a test writes, or {@link PodLog.end}. */
  onAttach(match: ContainerMatch, run: (process: ContainerProcess) => void | Promise<void>): Hook;
  /**
   * Plays what listens in pods: the connection is over when `serve` settles, and what it throws is told to the client, as that a port
   * refuses. Where no hook is for a port, it refuses.
   */
  onPortForward(match: PortMatch, serve: (connection: PortConnection) => void | Promise<void>): Hook;
  /** Plays what answers requests through the API server's proxy, to pods, services and nodes. */
  onProxy(match: ProxyMatch, answer: (request: Request) => Response | Promise<Response>): Hook;
  /**
   * The log of a container, with these lines to begin with; the same again for one that there is. `pod` is its name in the namespace
   * `default`, or `namespace/name`.
   */
  log(pod: string, container: string, lines?: readonly string[]): PodLog;
  /**
   * Speaks the subprotocols of a server of this version from now on, such as `"1.29"`: before 1.30 input cannot end, before 1.31 there
   * are no tunnels to ports.
   */
  protocols(version: string): void;
}

/** A hook that is in force. */
export interface Hook {
  /** Ends it; what it has begun goes on. */
  end(): void;
}

/** Which containers a hook is for; what is left out is any. */
export interface ContainerMatch {
  /** That of the pod. */
  readonly namespace?: string | undefined;
  /** Its name. */
  readonly pod?: string | undefined;
  /** Its name. */
  readonly container?: string | undefined;
}

/** Which ports of pods a hook is for; what is left out is any. */
export interface PortMatch {
  /** That of the pod. */
  readonly namespace?: string | undefined;
  /** Its name. */
  readonly pod?: string | undefined;
  /** Its number. */
  readonly port?: number | undefined;
}

/** Which proxied requests a hook is for; what is left out is any. */
export interface ProxyMatch {
  /** That of the pod or service. */
  readonly namespace?: string | undefined;
  /** What is proxied to. */
  readonly resource?: "pods" | "services" | "nodes" | undefined;
  /** Its name. */
  readonly name?: string | undefined;
  /** As the client gave it. */
  readonly port?: string | number | undefined;
}

/** A process in a container, at the end of a session. */
export interface ContainerProcess {
  /** That of the pod. */
  readonly namespace: string;
  /** The pod's name. */
  readonly pod: string;
  /** The container's name. */
  readonly container: string;
  /** Who asked. */
  readonly user: User;
  /** Whether it has a terminal. */
  readonly tty: boolean;
  /**
   * What it reads, iterable once. It ends when the client ends it, which v4 cannot, and when the client is gone. What is not read stays
   * with the client, but for some 64 KiB, and then pings wait too.
   */
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Writes to the output; settles when there is room for more. Where nobody listens it goes nowhere. */
  stdout(data: string | Uint8Array): Promise<void>;
  /** The same for the error output; with a terminal there is one output. */
  stderr(data: string | Uint8Array): Promise<void>;
  /** The sizes of the terminal as they come, the first one too; iterable once. */
  readonly sizes: AsyncIterable<TerminalSize>;
  /** Aborts when the client is gone. The process may go on. */
  readonly signal: AbortSignal;
}

/** A command that is run in a container. */
export interface ExecProcess extends ContainerProcess {
  /** The program and its arguments. */
  readonly command: readonly string[];
}

/** A connection to a port of a pod. */
export interface PortConnection {
  /** That of the pod. */
  readonly namespace: string;
  /** The pod's name. */
  readonly pod: string;
  /** The port's number. */
  readonly port: number;
  /** Who asked. */
  readonly user: User;
  /** What the client sends; it ends when the client sends no more. */
  readonly readable: ReadableStream<Uint8Array>;
  /** What the client gets. */
  readonly writable: WritableStream<Uint8Array>;
  /** Aborts when the client is gone. */
  readonly signal: AbortSignal;
}
