import {
  type ApiRequest,
  type ApiResponse,
  ConnectionError,
  type KubernetesObject,
  matchesLabels,
  type Stored,
  type Transport,
} from "@kubewright/core";

/** An object as a test puts it. */
export interface Put {
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly spec?: unknown;
  readonly status?: unknown;
}

/** A transport whose server has one collection, pods, in memory: lists, pages and watches it as the API server does. */
export interface MemoryServer extends Transport {
  /** All that was asked, oldest first, such as `list /api/v1/pods resourceVersion=0` or `watch …`. */
  readonly asked: readonly string[];
  /** How many watches are open. */
  readonly watches: number;
  /** The newest version. */
  readonly version: string;
  /** Creates or changes an object (default namespace: default), and gives it as it is now. */
  put(name: string, state?: Put): Stored<KubernetesObject>;
  /** Deletes one; its last state, with the version of its deletion. */
  delete(name: string, namespace?: string): Stored<KubernetesObject>;
  /** Tells every watch the newest version. */
  bookmark(): void;
  /** Ends every watch. */
  endWatches(): void;
  /** Breaks every watch, and whatever is asked until `connect`. */
  disconnect(): void;
  connect(): void;
  /** Answers every request whose path holds `where` with this status from now on; undefined: as usual. */
  refuse(status: number | undefined, where?: string): void;
  /** Forgets how it came to be as it is: a watch that begins earlier is too old. */
  compact(): void;
}

interface Change {
  readonly version: number;
  readonly key: string;
  readonly object: Stored<KubernetesObject>;
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
}

interface OpenWatch {
  tell(change: Change): void;
  line(text: string): void;
  end(error?: Error): void;
}

export function createMemoryServer(): MemoryServer {
  const objects = new Map<string, Stored<KubernetesObject>>();
  const asked: string[] = [];
  const watches = new Set<OpenWatch>();
  let history: Change[] = [];
  /** As the objects were before that. */
  let base: ReadonlyMap<string, Stored<KubernetesObject>> = new Map();
  let version = 1;
  let compacted = 0;
  let uids = 0;
  let refusal: { readonly status: number; readonly where: string } | undefined;
  let connected = true;

  function change(type: Change["type"], key: string, object: Stored<KubernetesObject>): void {
    if (type === "DELETED") objects.delete(key);
    else objects.set(key, object);
    const one = { version, type, key, object };
    history.push(one);
    for (const watch of watches) watch.tell(one);
  }

  function answer(request: ApiRequest): ApiResponse {
    const query = new URLSearchParams(request.query);
    asked.push([request.verb, request.path, query.toString()].filter((part) => part !== "").join(" "));
    if (!connected) throw new ConnectionError("Refused: nobody listens there", { sent: "no" });
    if (refusal !== undefined && request.path.includes(refusal.where))
      return json(status(refusal.status), refusal.status);
    const chosen = chooser(request.path, query);
    return request.verb === "watch" ? watch(request, query, chosen) : list(query, chosen);
  }

  function list(query: URLSearchParams, chosen: Chooser): ApiResponse {
    const from = Number(query.get("continue") ?? 0);
    const limit = query.get("resourceVersion") === "0" ? 0 : Number(query.get("limit") ?? 0);
    const all = [...objects.values()].filter(chosen);
    const items = limit === 0 ? all : all.slice(from, from + limit);
    const next = from + items.length;
    const metadata = { resourceVersion: String(version), ...(next < all.length ? { continue: String(next) } : {}) };
    return json({ kind: "PodList", apiVersion: "v1", metadata, items });
  }

  function watch({ signal }: ApiRequest, query: URLSearchParams, chosen: Chooser): ApiResponse {
    const from = Number(query.get("resourceVersion") ?? "");
    const initial = query.get("sendInitialEvents") === "true";
    if (!initial && from < compacted) return json(status(410), 410);
    const lines: string[] = [];
    const known = new Set<string>();
    let wake = (): void => {};
    let over: { readonly error: Error | undefined } | undefined;
    const open: OpenWatch = {
      tell({ type, key, object }) {
        const before = known.has(key);
        const now = type !== "DELETED" && chosen(object);
        if (now) known.add(key);
        else known.delete(key);
        if (now || before) open.line(eventText(now ? (before ? "MODIFIED" : "ADDED") : "DELETED", object));
      },
      line(text) {
        lines.push(text);
        wake();
      },
      end(error) {
        over ??= { error };
        watches.delete(open);
        wake();
      },
    };
    if (initial) {
      for (const [key, object] of objects) if (chosen(object)) open.tell({ type: "ADDED", key, object, version });
      open.line(bookmarkText(version, true));
    } else {
      // What it knew at that version.
      for (const [key, object] of stateAt(from)) if (chosen(object)) known.add(key);
      for (const one of history) if (one.version > from) open.tell(one);
    }
    watches.add(open);
    const abort = (): void => open.end(signal?.reason as Error);
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
    async function* body(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) {
          const text = lines.splice(0).join("");
          if (text !== "") yield new TextEncoder().encode(text);
          else if (over === undefined) await new Promise<void>((resolve) => (wake = resolve));
          else if (over.error === undefined) return;
          else throw over.error;
        }
      } finally {
        signal?.removeEventListener("abort", abort);
        open.end();
      }
    }
    return { status: 200, headers: jsonHeaders, body: body(), discard: () => open.end() };
  }

  function stateAt(at: number): Map<string, Stored<KubernetesObject>> {
    const state = new Map(base);
    for (const { version: when, key, type, object } of history) {
      if (when > at) break;
      if (type === "DELETED") state.delete(key);
      else state.set(key, object);
    }
    return state;
  }

  return {
    server: "https://memory.test",
    asked,
    get watches() {
      return watches.size;
    },
    get version() {
      return String(version);
    },
    async send(request) {
      await Promise.resolve();
      request.signal?.throwIfAborted();
      return answer(request);
    },
    close: async () => {
      for (const open of watches) open.end(new ConnectionError("Closed: the connection was closed"));
    },
    put(name, { namespace = "default", labels, spec, status } = {}) {
      const key = `${namespace}/${name}`;
      const before = objects.get(key);
      version += 1;
      const metadata = {
        name,
        namespace,
        uid: before?.metadata.uid ?? `uid-${++uids}`,
        resourceVersion: String(version),
        creationTimestamp: "2026-01-01T00:00:00Z",
        ...(labels === undefined ? {} : { labels }),
        managedFields: [{ manager: "test", operation: "Update" }],
      };
      const object = { apiVersion: "v1", kind: "Pod", metadata, spec: spec ?? {}, status } as Stored<KubernetesObject>;
      change(before === undefined ? "ADDED" : "MODIFIED", key, object);
      return object;
    },
    delete(name, namespace = "default") {
      const key = `${namespace}/${name}`;
      const before = objects.get(key);
      if (before === undefined) throw new Error(`there is no ${key}`);
      version += 1;
      const object = { ...before, metadata: { ...before.metadata, resourceVersion: String(version) } };
      change("DELETED", key, object);
      return object;
    },
    bookmark() {
      for (const open of watches) open.line(bookmarkText(version, false));
    },
    endWatches() {
      for (const open of watches) open.end();
    },
    disconnect() {
      connected = false;
      for (const open of watches) open.end(new ConnectionError("Reset: the connection broke"));
    },
    connect() {
      connected = true;
    },
    refuse(code, where = "/") {
      refusal = code === undefined ? undefined : { status: code, where };
    },
    compact() {
      compacted = version;
      history = [];
      base = new Map(objects);
    },
  };
}

type Chooser = (object: Stored<KubernetesObject>) => boolean;

function chooser(path: string, query: URLSearchParams): Chooser {
  const [, namespace] = /\/namespaces\/([^/]+)\//.exec(path) ?? [];
  const selector = query.get("labelSelector") ?? "";
  return ({ metadata }) =>
    (namespace === undefined || metadata.namespace === namespace) && matchesLabels(selector, metadata.labels);
}

const jsonHeaders = { get: (name: string) => (name === "content-type" ? "application/json" : undefined) };

function json(value: unknown, code = 200): ApiResponse {
  async function* body(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(JSON.stringify(value));
  }
  return { status: code, headers: jsonHeaders, body: body(), discard: () => {} };
}

const reasons: Readonly<Record<number, string>> = {
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  405: "MethodNotAllowed",
  410: "Expired",
};

function status(code: number): unknown {
  const reason = reasons[code] ?? "InternalError";
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message: `${code}`, reason, code };
}

function eventText(type: Change["type"], object: unknown): string {
  return `${JSON.stringify({ type, object })}\n`;
}

function bookmarkText(version: number, end: boolean): string {
  const annotations = end ? { "k8s.io/initial-events-end": "true" } : undefined;
  const metadata = { resourceVersion: String(version), annotations };
  return `${JSON.stringify({ type: "BOOKMARK", object: { kind: "Pod", apiVersion: "v1", metadata } })}\n`;
}
