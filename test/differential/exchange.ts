/** A request to an API server, as a sequence makes it. */
export interface Request {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With the query. */
  readonly path: string;
  readonly body?: unknown;
  /** Default `application/json`. */
  readonly contentType?: string;
  /** Default `application/json`. */
  readonly accept?: string;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed, where it is JSON; else the text. */
  readonly body: unknown;
}

/** Sends a request to one of the servers that are compared. */
export type Send = (request: Request) => Promise<Answer>;

/** Plays requests, each of which may follow from what was answered before. */
export type Sequence = (send: Send, chance: () => number, namespace: string) => Promise<void>;
