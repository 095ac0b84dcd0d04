/** A request to an API server, as a sequence makes it. */
export interface Request {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE" | "HEAD";
  /** With the query. */
  readonly path: string;
  /** Bytes and text are sent as they are, all else as JSON. */
  readonly body?: unknown;
  /** Default `application/json`. */
  readonly contentType?: string;
  /** Default `application/json`. */
  readonly accept?: string;
  /** Default: the admin's of each server. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed, where it is JSON; else the text. */
  readonly body: unknown;
}

/** One event of a watch. */
export interface WatchEvent {
  readonly type: string;
  readonly object: unknown;
}

/** A watch that has begun. */
export interface Watching {
  /** The next events, as many as are asked for; fewer when it ends or nothing comes for some seconds. */
  next(count: number): Promise<readonly WatchEvent[]>;
  /** Whether the server ended it, once it has or some seconds are over. */
  ended(): Promise<boolean>;
  close(): void;
}

/** One of the servers that are compared. */
export interface Server {
  send(request: Request): Promise<Answer>;
  /** Begins a watch by a GET; the answer is its headers, and what a refusal says. */
  watch(request: Omit<Request, "method" | "body">): Promise<{ readonly answer: Answer; readonly watching: Watching }>;
}

/** The server as a sequence has it: every answer and every event is compared. */
export interface Player {
  send(request: Request): Promise<Answer>;
  watch(request: Omit<Request, "method" | "body">): Promise<Watching>;
}

/**
 * Plays requests, each of which may follow from what was answered before. `chance` gives numbers below 1, the same on both servers. The
 * namespace exists, is the sequence's own, and has the service account `default`; what stands in no namespace has to be named by chance.
 */
export type Sequence = (player: Player, chance: () => number, namespace: string) => Promise<void>;
