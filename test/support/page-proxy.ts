import { streamHeader, type WatchChanges, watchPath, type WatchRequest } from "../../packages/runtime/src/relay.ts";

/** A stream of events that a page holds. */
export class PageStream {
  readonly name: string;
  /** What is asked for on it, by id. */
  readonly watches = new Map<string, WatchRequest>();
  readonly #controller: ReadableStreamDefaultController<Uint8Array>;
  #over = false;

  constructor(
    name: string,
    requests: readonly WatchRequest[],
    controller: ReadableStreamDefaultController<Uint8Array>,
  ) {
    this.name = name;
    this.#controller = controller;
    for (const one of requests) this.watches.set(one.id, one);
  }

  get over(): boolean {
    return this.#over;
  }

  /** The watch of a path, which must be there. */
  watch(path: string): WatchRequest {
    const found = [...this.watches.values()].find((one) => one.path === path);
    if (found === undefined) throw new Error(`nobody watches ${path}`);
    return found;
  }

  /** Tells something about what is watched at a path. */
  tell(path: string, type: string, object: object, resourceVersion = "1"): void {
    this.write(`event: ${type}\nid: ${this.watch(path).id}:${resourceVersion}\ndata: ${JSON.stringify(object)}\n\n`);
  }

  write(text: string): void {
    this.#controller.enqueue(new TextEncoder().encode(text));
  }

  /** Ends it properly; with an error it breaks. */
  end(error?: Error): void {
    if (this.#over) return;
    this.#over = true;
    if (error === undefined) this.#controller.close();
    else this.#controller.error(error);
  }

  /** The page let go of it. */
  left(): void {
    this.#over = true;
  }
}

/** A request that reached the proxy. */
export interface PageRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Headers;
  readonly body: unknown;
}

/** A proxy as far as a page sees it: a fetch of its own. What it tells is for the test to say. */
export class PageProxy {
  readonly requests: PageRequest[] = [];
  readonly streams: PageStream[] = [];
  /** Answers before anything else does. */
  answer: (request: PageRequest) => Response | Promise<Response> | undefined = () => undefined;
  readonly #prefix: string;

  constructor(prefix = "http://page.test/k8s") {
    this.#prefix = prefix;
  }

  /** How often the stream was asked for. */
  get opened(): number {
    return this.requests.filter(({ path }) => path === watchPath).length;
  }

  /** The stream that was opened last. */
  get stream(): PageStream {
    const last = this.streams.at(-1);
    if (last === undefined) throw new Error("no stream was opened");
    return last;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (!request.url.startsWith(`${this.#prefix}/`)) throw new Error(`${request.url} is not below ${this.#prefix}`);
    const url = new URL(request.url);
    const text = await request.text();
    const seen: PageRequest = {
      method: request.method,
      path: url.pathname.slice(new URL(this.#prefix).pathname.length),
      query: url.search.slice(1),
      headers: request.headers,
      body: text === "" ? undefined : JSON.parse(text),
    };
    this.requests.push(seen);
    request.signal.throwIfAborted();
    const answer = await this.answer(seen);
    if (answer !== undefined) return answer;
    if (seen.path === watchPath) return this.#open(seen.body as readonly WatchRequest[], request.signal);
    if (seen.path.startsWith(`${watchPath}/`)) return this.#change(seen);
    return status(404, "NotFound", `${seen.path} is not here`);
  };

  #open(requests: readonly WatchRequest[], signal: AbortSignal): Response {
    let stream: PageStream;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        stream = new PageStream(`stream-${this.streams.length + 1}`, requests, controller);
        this.streams.push(stream);
        signal.addEventListener("abort", () => stream.end(signal.reason as Error));
      },
      cancel: () => stream.left(),
    });
    return new Response(body, { headers: { "content-type": "text/event-stream", [streamHeader]: this.stream.name } });
  }

  #change({ path, body }: PageRequest): Response {
    const name = path.slice(watchPath.length + 1);
    const stream = this.streams.find((one) => one.name === name && !one.over);
    if (stream === undefined) return status(404, "NotFound", "there is no such stream");
    const { add = [], remove = [] } = body as WatchChanges;
    for (const id of remove) stream.watches.delete(id);
    for (const one of add) stream.watches.set(one.id, one);
    return new Response(null, { status: 204 });
  }
}

/** A refusal, as an API server words it. */
export function status(code: number, reason: string, message: string, headers: Record<string, string> = {}): Response {
  const body = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code };
  return Response.json(body, { status: code, headers });
}
