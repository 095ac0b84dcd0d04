import { once } from "node:events";
import { Agent, type IncomingMessage, request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";
import { streamHeader, type WatchChanges, type WatchRequest } from "@kubewright/runtime/relay";

/** An event as a page gets it. */
export interface PageEvent {
  readonly type: string;
  /** Of the subscription. */
  readonly id: string;
  readonly resourceVersion: string;
  readonly data: Record<string, unknown>;
}

/** What a proxy answered with. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A page of the proxy's own origin, as far as its requests go. */
export class EventPage {
  readonly #port: number;
  readonly #headers: Record<string, string>;
  readonly #agent = new Agent({ keepAlive: false });

  /** `headers` stand on each request, such as a cookie. */
  constructor(port: number, headers: Record<string, string> = {}) {
    this.#port = port;
    this.#headers = {
      origin: `http://127.0.0.1:${port}`,
      "kubewright-page": "1",
      "content-type": "application/json",
      ...headers,
    };
  }

  /** Posts JSON below the prefix `/k8s`. */
  async post(path: string, body: unknown): Promise<PageAnswer> {
    const response = await this.#send(path, body);
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
  }

  /** Opens a stream. Rejects where the proxy answers otherwise. */
  async open(requests: readonly WatchRequest[]): Promise<EventPageStream> {
    const response = await this.#send("/~watch", requests);
    if (response.statusCode !== 200) throw new Error(`${response.statusCode}: ${await text(response)}`);
    return new EventPageStream(this, response);
  }

  async #send(path: string, body: unknown): Promise<IncomingMessage> {
    const sent = httpRequest({
      host: "127.0.0.1",
      port: this.#port,
      path: `/k8s${path}`,
      method: "POST",
      headers: this.#headers,
      agent: this.#agent,
    });
    sent.end(JSON.stringify(body));
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    return response;
  }
}

/** A stream as a page reads it. */
export class EventPageStream {
  readonly name: string;
  readonly headers: IncomingMessage["headers"];
  /** What came, unless `onEvent` takes it. */
  readonly events: PageEvent[] = [];
  /** How many comments came. */
  heartbeats = 0;
  /** Whether it has ended. */
  ended = false;
  /** Takes each event. */
  onEvent: (event: PageEvent) => void = (event) => void this.events.push(event);
  /** Resolves when it has ended. */
  readonly done: Promise<void>;
  readonly #page: EventPage;
  readonly #response: IncomingMessage;

  constructor(page: EventPage, response: IncomingMessage) {
    this.#page = page;
    this.#response = response;
    this.headers = response.headers;
    this.name = String(response.headers[streamHeader]);
    this.done = this.#read();
  }

  /** Adds and removes watches. */
  change(changes: WatchChanges): Promise<PageAnswer> {
    return this.#page.post(`/~watch/${this.name}`, changes);
  }

  /** Such as `added a`, of one subscription or all. */
  told(id?: string): readonly string[] {
    return this.events.filter((event) => id === undefined || event.id === id).map(brief);
  }

  /** Takes nothing until `resume`. */
  pause(): void {
    this.#response.pause();
  }

  resume(): void {
    this.#response.resume();
  }

  close(): void {
    this.#response.destroy();
  }

  async #read(): Promise<void> {
    let rest = "";
    this.#response.setEncoding("utf8");
    this.#response.on("data", (chunk: string) => {
      const blocks = (rest + chunk).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) this.#take(block);
    });
    await new Promise((resolve) => this.#response.once("close", resolve));
    this.ended = true;
  }

  #take(block: string): void {
    if (block.startsWith(":")) {
      this.heartbeats += 1;
      return;
    }
    const found = /^event: (\w+)\nid: ([\w-]+):(.*)\ndata: (.*)$/.exec(block);
    if (found === null) throw new Error(`this is no event: ${block.slice(0, 200)}`);
    const [, type = "", id = "", resourceVersion = "", data = ""] = found;
    this.onEvent({ type, id, resourceVersion, data: JSON.parse(data) as PageEvent["data"] });
  }
}

function brief({ type, data }: PageEvent): string {
  if (type === "error") return `error ${data["code"] as number}`;
  const { name, annotations } = data["metadata"] as { readonly name?: string; readonly annotations?: object };
  if (type === "bookmark") return annotations === undefined ? "bookmark" : "end";
  return `${type} ${name ?? ""}`;
}
