import { Agent, type ClientRequest, type IncomingMessage, request as httpRequest } from "node:http";
import { streamHeader, type WatchRequest, watchPath } from "@kubewright/runtime/relay";

/** What pages note of what they are told. */
export interface Notes {
  opened(at: number): void;
  event(): void;
  synced(): void;
  expired(): void;
  lag(ms: number): void;
  wrong(what: string): void;
}

/** One watch of a page. */
interface Watch {
  readonly request: WatchRequest;
  /** The versions of its objects by name. */
  readonly objects: Map<string, string>;
  version: string | undefined;
  synced: boolean;
}

/** How much a slow page reads in a second. */
const slowBytes = 10_000;

/** A page that keeps only versions: it opens a stream, comes back when that breaks, and checks the order of what it is told. */
export class LoadPage {
  readonly watches: readonly Watch[];
  readonly #port: number;
  readonly #notes: Notes;
  readonly #agent = new Agent();
  #slow: boolean;
  #sent: ClientRequest | undefined;
  #name = "";

  constructor(port: number, paths: readonly string[], slow: boolean, notes: Notes) {
    this.#port = port;
    this.#notes = notes;
    this.#slow = slow;
    this.watches = paths.map((path, at) => ({
      request: { id: `w${at}`, path, query: "" },
      objects: new Map(),
      version: undefined,
      synced: false,
    }));
  }

  open(): void {
    const sent = this.#request(watchPath);
    this.#sent = sent;
    sent.on("response", (response) => this.#read(response));
    sent.on("error", () => {});
    // As pages do: soon, and not all at once.
    sent.on("close", () => setTimeout(() => this.open(), 1000 * Math.random()));
    sent.end(
      JSON.stringify(
        this.watches.map(({ request, version, synced }) => ({
          ...request,
          resourceVersion: synced ? version : undefined,
        })),
      ),
    );
  }

  hurry(): void {
    this.#slow = false;
    this.#sent?.socket?.resume();
  }

  #read(response: IncomingMessage): void {
    if (response.statusCode !== 200) {
      this.#notes.wrong(`the proxy answers ${response.statusCode}`);
      response.resume();
      return;
    }
    this.#notes.opened(Date.now());
    this.#name = String(response.headers[streamHeader]);
    for (const watch of this.watches) if (!watch.synced) forget(watch);
    let rest = "";
    response.setEncoding("utf8");
    response.on("data", (chunk: string) => {
      const blocks = (rest + chunk).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) if (!block.startsWith(":")) this.#take(block);
      if (!this.#slow) return;
      response.pause();
      setTimeout(() => response.resume(), (chunk.length / slowBytes) * 1000);
    });
    response.on("error", () => {});
  }

  #take(block: string): void {
    this.#notes.event();
    const [, type, id, version = "", data = ""] = /^event: (\w+)\nid: (\w+):(.*)\ndata: (.*)$/.exec(block) ?? [];
    const watch = this.watches.find(({ request }) => request.id === id);
    if (watch === undefined) return this.#notes.wrong(`this is no event: ${block.slice(0, 100)}`);
    if (type === "error") return this.#expire(watch, data);
    const isOld = Number(version) < Number(watch.version ?? 0) || (type !== "bookmark" && version === watch.version);
    if (isOld) this.#notes.wrong(`${type} at ${version} after ${watch.version}`);
    watch.version = version;
    if (type === "bookmark") {
      if (!watch.synced) this.#notes.synced();
      watch.synced = true;
      return;
    }
    const [, name = ""] = /"name":"([^"]*)"/.exec(data) ?? [];
    if (type === "deleted") {
      watch.objects.delete(name);
      return;
    }
    watch.objects.set(name, version);
    const [, at] = /"at":"([0-9]+)"/.exec(data) ?? [];
    if (at !== undefined && watch.synced && !this.#slow) this.#notes.lag(Date.now() - Number(at));
  }

  /** What is too old is read anew; as a page does it, on the same stream. */
  #expire(watch: Watch, status: string): void {
    if (!status.includes('"code":410')) return this.#notes.wrong(status.slice(0, 200));
    this.#notes.expired();
    forget(watch);
    const sent = this.#request(`${watchPath}/${this.#name}`);
    sent.on("response", (response) => {
      if (response.statusCode !== 204) this.#notes.wrong(`a change is answered by ${response.statusCode}`);
      response.resume();
    });
    sent.on("error", () => {});
    sent.end(JSON.stringify({ add: [watch.request] }));
  }

  #request(path: string): ClientRequest {
    const origin = `http://127.0.0.1:${this.#port}`;
    return httpRequest(`${origin}/k8s${path}`, {
      method: "POST",
      headers: { origin, "kubewright-page": "1", "content-type": "application/json" },
      agent: this.#agent,
    });
  }
}

function forget(watch: Watch): void {
  watch.objects.clear();
  watch.version = undefined;
  watch.synced = false;
}
