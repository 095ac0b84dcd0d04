import type { Clock } from "@kubewright/core";
import { streamHeader, type WatchChanges, watchPath, type WatchRequest } from "@kubewright/runtime/relay";

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
    this.tellWatch(this.watch(path), type, object, resourceVersion);
  }

  /** Tells a watch something; an error ends it. */
  tellWatch({ id }: WatchRequest, type: string, object: object, resourceVersion: string): void {
    if (type === "error") this.watches.delete(id);
    this.write(`event: ${type}\nid: ${id}:${resourceVersion}\ndata: ${JSON.stringify(object)}\n\n`);
  }

  write(text: string): void {
    if (!this.#over) this.#controller.enqueue(new TextEncoder().encode(text));
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
  /** Is told of each watch that begins. */
  began: (stream: PageStream, request: WatchRequest) => void = () => {};
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
        for (const one of requests) this.began(stream, one);
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
    for (const one of add) {
      stream.watches.set(one.id, one);
      this.began(stream, one);
    }
    return new Response(null, { status: 204 });
  }
}

/** A refusal, as an API server words it. */
export function status(code: number, reason: string, message: string, headers: Record<string, string> = {}): Response {
  const body = { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code };
  return Response.json(body, { status: code, headers });
}

/** Where the pods of tests are. */
export const podsPath = "/api/v1/namespaces/default/pods";

/** A pod as a server tells it. */
export function podObject(name: string, resourceVersion = "1"): object {
  return { apiVersion: "v1", kind: "Pod", metadata: { name, namespace: "default", uid: name, resourceVersion } };
}

/** A bookmark of pods; `end`: the one behind what exists at first. */
export function podBookmark(resourceVersion: string, end = false): object {
  const annotations = end ? { annotations: { "k8s.io/initial-events-end": "true" } } : {};
  return { apiVersion: "v1", kind: "Pod", metadata: { resourceVersion, ...annotations } };
}

const pods = {
  resource: "pods",
  responseKind: { group: "", version: "v1", kind: "Pod" },
  scope: "Namespaced",
  singularResource: "pod",
  verbs: ["get", "list", "watch"],
};

/** Answers the questions of discovery: there are pods. */
export function podDiscovery({ path }: PageRequest): Response | undefined {
  if (path !== "/api" && path !== "/apis") return undefined;
  const versions = [{ version: "v1", freshness: "Current", resources: [pods] }];
  const items = path === "/api" ? [{ metadata: {}, versions }] : [];
  const list = { kind: "APIGroupDiscoveryList", apiVersion: "apidiscovery.k8s.io/v2", metadata: {}, items };
  const type = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  return new Response(JSON.stringify(list), { headers: { "content-type": type } });
}

/** The pods of a cluster behind a proxy, which tells them as one that works: what exists, or what is newer, and each change. */
export class PodWorld {
  readonly #proxy: PageProxy;
  readonly #pods = new Map<string, string>();
  readonly #log: { readonly type: string; readonly name: string; readonly version: number }[] = [];
  #version = 1;

  constructor(proxy: PageProxy, clock: Clock) {
    this.#proxy = proxy;
    proxy.answer = podDiscovery;
    proxy.began = (stream, request) => this.#begin(stream, request);
    const beat = (): void => {
      for (const stream of proxy.streams) stream.write(":\n\n");
      clock.after(15_000, beat);
    };
    clock.after(15_000, beat);
  }

  /** A pod is created, or changes. */
  put(name: string): void {
    this.#tell(this.#pods.has(name) ? "modified" : "added", name);
    this.#pods.set(name, String(this.#version));
  }

  delete(name: string): void {
    this.#tell("deleted", name);
    this.#pods.delete(name);
  }

  #tell(type: string, name: string): void {
    this.#version += 1;
    this.#log.push({ type, name, version: this.#version });
    const version = String(this.#version);
    for (const stream of this.#proxy.streams) {
      for (const request of stream.watches.values())
        if (request.path === podsPath) stream.tellWatch(request, type, podObject(name, version), version);
    }
  }

  #begin(stream: PageStream, request: WatchRequest): void {
    if (request.path !== podsPath) return;
    const from = request.resourceVersion;
    if (from === undefined) {
      for (const [name, version] of this.#pods) stream.tellWatch(request, "added", podObject(name, version), version);
    } else {
      for (const { type, name, version } of this.#log)
        if (version > Number(from)) stream.tellWatch(request, type, podObject(name, String(version)), String(version));
    }
    const version = String(this.#version);
    stream.tellWatch(request, "bookmark", podBookmark(version, from === undefined), version);
  }
}
