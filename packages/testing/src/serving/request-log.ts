import type { Clock, ResponseHeaders } from "@kubewright/core";
import type { ServerRequest } from "../exchange/exchange.ts";
import type { Call, CallVerb } from "../request/call.ts";

/** A request that the server received, for tests to look at. */
export interface ReceivedRequest {
  /** When it came: milliseconds since 1970 by the server's clock. */
  readonly at: number;
  /** Such as `PATCH`. */
  readonly method: string;
  /** As it was sent, without the query. */
  readonly path: string;
  /** What stood behind `?`. */
  readonly query: URLSearchParams;
  /** By names in lower case. */
  readonly headers: ResponseHeaders;
  /** Parsed where it is JSON, else its text; undefined for none, and once 1,000 newer requests came. */
  readonly body: unknown;
  /** The name of whoever asked; undefined when the server could not tell. */
  readonly user: string | undefined;
  /** Undefined, as all below, for what is not about resources. */
  readonly verb: CallVerb | undefined;
  /** Such as `apps`; empty for the core group. */
  readonly group: string | undefined;
  /** Such as `v1`. */
  readonly version: string | undefined;
  /** Such as `pods`. */
  readonly resource: string | undefined;
  /** Such as `status`. */
  readonly subresource: string | undefined;
  /** Undefined too for what has none, and across all. */
  readonly namespace: string | undefined;
  /** Undefined too for a whole collection, and for what is created. */
  readonly name: string | undefined;
  /** Of the answer; undefined while there is none. */
  readonly status: number | undefined;
}

/** What is noted of a request as it becomes known. */
export interface RequestNote {
  asked(call: Call): void;
  answered(status: number): void;
}

/** The newest requests of a server. */
export interface RequestLog {
  note(request: ServerRequest): RequestNote;
  /** Oldest first. */
  requests(): readonly ReceivedRequest[];
  clear(): void;
}

/** How many requests are remembered, and how many of them with their bodies. */
const most = { requests: 10_000, bodies: 1000 } as const;

const decoder = new TextDecoder();

/** An empty one. */
export function createRequestLog(clock: Clock): RequestLog {
  let entries: Entry[] = [];
  return {
    note(request) {
      const entry = new Entry(request, clock.wallNow());
      entries.push(entry);
      entries.at(-1 - most.bodies)?.forgetBody();
      // By halves, for taking the first one out of a list moves all others.
      if (entries.length >= 2 * most.requests) entries = entries.slice(-most.requests);
      return entry;
    },
    requests: () => entries.slice(-most.requests).map((entry) => entry.received()),
    clear: () => {
      entries = [];
    },
  };
}

type Asked = Pick<
  ReceivedRequest,
  "user" | "verb" | "group" | "version" | "resource" | "subresource" | "namespace" | "name"
>;

const nothing: Asked = {
  user: undefined,
  verb: undefined,
  group: undefined,
  version: undefined,
  resource: undefined,
  subresource: undefined,
  namespace: undefined,
  name: undefined,
};

/** One request; its body is parsed when somebody looks. */
class Entry implements RequestNote {
  readonly #request: Omit<ServerRequest, "body" | "signal">;
  readonly #at: number;
  #bytes: Uint8Array | undefined;
  #body: unknown;
  #asked: Asked = nothing;
  #status: number | undefined;

  constructor({ method, path, query, headers, body }: ServerRequest, at: number) {
    this.#request = { method, path, query, headers };
    this.#at = at;
    this.#bytes = body.length === 0 ? undefined : body;
  }

  asked({ user, verb, resource, subresource, namespace, name }: Call): void {
    const { group, version, plural } = resource;
    // Not the call itself, which holds on to the body.
    this.#asked = {
      user: user.name,
      verb,
      group,
      version,
      resource: plural,
      subresource: subresource?.name,
      namespace,
      name,
    };
  }

  answered(status: number): void {
    this.#status = status;
  }

  forgetBody(): void {
    this.#bytes = undefined;
    this.#body = undefined;
  }

  received(): ReceivedRequest {
    const { method, path, query, headers } = this.#request;
    if (this.#bytes !== undefined) {
      this.#body = parsed(decoder.decode(this.#bytes));
      this.#bytes = undefined;
    }
    return {
      at: this.#at,
      method,
      path,
      query: new URLSearchParams(query),
      headers,
      body: this.#body,
      ...this.#asked,
      status: this.#status,
    };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
