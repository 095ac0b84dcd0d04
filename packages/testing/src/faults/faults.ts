import type { FaultSubject } from "./subject.ts";

/**
 * Faults that a server has on demand. A rule says of which requests it is for, how often it strikes, and last what it does:
 * `faults.on({ verb: "list", resource: "pods" }).times(2).status(503)`. It is in force at once, until it has struck as often as it
 * may, or until its end. A request meets the rules in the order in which they were made: delays add up, the first refusal counts.
 */
export interface Faults {
  /** Begins a rule, by default for every request. @throws InputError for a verb that does not exist or a resource that is not served */
  on(subject?: FaultSubject): FaultRuleBuilder;
  /**
   * Forgets the history of all resources, as etcd does every five minutes: a watch or a continued list from before gets 410. Open
   * watches go on.
   */
  compact(): void;
  /** Breaks every answer that is under way now and matches, by default all, as when the server dies. Gives how many. */
  disconnect(subject?: FaultSubject): number;
  /** Ends every rule. */
  clear(): void;
}

/** A rule on its way: the last call makes it. Every call before gives a new one, so a beginning can be used twice. */
export interface FaultRuleBuilder {
  /** Strikes once. */
  once(): FaultRuleBuilder;
  /** Strikes so often at most; default: until its end. */
  times(count: number): FaultRuleBuilder;
  /** Lets so many pass first. */
  after(count: number): FaultRuleBuilder;
  /** Strikes with this probability each time, by the chance of the server's clock. */
  chance(probability: number): FaultRuleBuilder;

  /** Answers with an error instead of doing what was asked. Reason and message default to what the API server says with that code. */
  status(code: number, more?: FaultStatus): Fault;
  /** Does what was asked only after so many milliseconds; with Infinity, at its end. */
  delay(ms: number): Fault;
  /** Resets the connection instead of doing what was asked. */
  drop(): Fault;
  /**
   * Does what was asked, and breaks the connection after so many bytes of the answer's body, default 0: a client cannot know. Of exec,
   * attach and portforward, after so many bytes or messages, of which the last is whole or not sent.
   */
  cut(options?: AfterBytes): Fault;
  /** Like `cut`, by a reset, which may overtake what was sent before. */
  reset(options?: AfterBytes): Fault;
  /** Does what was asked, and sends no more after so many bytes of the answer's body, default 0, until its end; as `cut`, messages too. */
  stall(options?: AfterBytes): Fault;
  /** Of exec and attach: the connection ends in order, but how the process ended is not told. */
  noStatus(): Fault;
  /** Of exec, attach and portforward: nothing that the client sends is taken, and no ping is answered, until its end. */
  deaf(): Fault;
  /** Says with the answer that the connection takes no further request: GOAWAY, or `Connection: close`. */
  goAway(): Fault;
  /** Leaves out an event of a watch, as no server should. It is the event that counts, not the request. */
  skipEvent(): Fault;
  /** Sends an event of a watch twice. */
  repeatEvent(): Fault;
  /**
   * Reads (get, list and watch) see everything as it is at this moment, as from a server that lags behind; a version that it has not
   * come to is waited for and then refused. At its end it catches up, its watches too.
   */
  stale(): Fault;
}

/** After how much of what is answered. */
export interface AfterBytes {
  /** Default 0, or any number where `messages` are given. */
  readonly bytes?: number;
  /** Messages of a connection of exec, attach or portforward. Default: any number. */
  readonly messages?: number;
}

/** More of a Status. */
export interface FaultStatus {
  /** Such as `ServiceUnavailable`. */
  readonly reason?: string;
  readonly message?: string;
  /** As header and in the details. */
  readonly retryAfterSeconds?: number;
}

/** A rule that is in force. */
export interface Fault {
  /** How often it has struck. */
  readonly hits: number;
  /** Ends it: what it holds goes on. May be called again. */
  end(): void;
}
