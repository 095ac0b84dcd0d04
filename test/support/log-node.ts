import {
  type ApiRequest,
  type ApiResponse,
  type Clock,
  type Cluster,
  ConnectionError,
  createCluster,
  type CustomResource,
  type KubernetesObject,
  type NamespacedCollection,
  type NamespacedObject,
  type Transport,
} from "@kubewright/core";
import { createMemoryServer, type MemoryServer } from "./memory-server.ts";

/** A pod, as far as its logs need one. */
export interface LoggedPod extends KubernetesObject, NamespacedObject<"spec"> {
  spec?: { containers: { name: string }[] };
}

/** A line as the container wrote it. */
export interface WrittenLine {
  readonly time: string;
  readonly text: string;
}

/** One run of a container, and its file. */
export interface WrittenRun {
  readonly number: number;
  readonly lines: WrittenLine[];
  /** How many lines are no longer in the file. */
  dropped: number;
  ended: boolean;
  /** What stands behind the last line end. */
  rest: WrittenLine | undefined;
}

/** A pod on the node. */
export interface NodePod {
  readonly name: string;
  readonly uid: string;
  readonly createdAt: number;
  readonly runs: ReadonlyMap<string, WrittenRun[]>;
  gone: boolean;
  /** The server was told of it. */
  isKnown: boolean;
}

/** What is wrong with the answer to a request for a log: it fails, or breaks after so many bytes, with an error or as if it were whole. */
export type LogFault = { readonly kind: "refused" } | { readonly kind: "500" } | { readonly kind: "403" } | CutOff;

/** A log that is followed. */
interface Follower {
  readonly openedAt: number;
  at: number;
  /** Where the file ended that it stays behind in. */
  behind: number | undefined;
  /** Who reads it takes nothing. */
  heldUp: boolean;
  /** Where the file ended in which it was held up: it goes on with the newest. */
  fileEnd: number | undefined;
  /** How often it was rotated meanwhile: so often it begins with the newest, and each but the first time shows it anew. */
  begins: number;
}

interface CutOff {
  readonly kind: "broken" | "ended";
  readonly afterBytes: number;
}

/** An API server and a node in memory, where tests say what containers write and what breaks. */
export interface LogNode {
  readonly server: MemoryServer;
  readonly cluster: Cluster;
  readonly pods: NamespacedCollection<LoggedPod, CustomResource<LoggedPod>>;
  /** Every pod there ever was. */
  readonly all: readonly NodePod[];
  /** Requests for logs, as their queries. */
  readonly asked: readonly URLSearchParams[];
  /** How many logs are open. */
  readonly open: number;
  /** Decides what is wrong with the next answers. */
  fault: () => LogFault | undefined;
  /** The size of the pieces that come. */
  pieceBytes: () => number;
  /** Puts a pod on the node, with a first run of each container. The server is told by `publish`. */
  create(name: string, containers: readonly string[]): NodePod;
  /**
   * Writes lines: `late` ones have a time a little before that of the lines before, as those of the other stream may; `twin` ones are written
   * twice at the same time.
   */
  write(pod: NodePod, container: string, texts: readonly string[], how?: "late" | "twin"): void;
  /** Writes a text without a line end. */
  writeRest(pod: NodePod, container: string, text: string): void;
  /**
   * The file is removed, as far as readers are concerned; who is held up in it reads it to its end, and goes on with the newest. `unnoticed`: logs that were opened less than half a second ago and are followed stay
   * behind in it until the next time, as with a kubelet that does not yet watch the folder.
   */
  rotate(pod: NodePod, container: string, unnoticed?: boolean): void;
  /** The run ends. */
  end(pod: NodePod, container: string): void;
  /** Another run begins; one that goes on ends before. */
  restart(pod: NodePod, container: string): void;
  /** The pod's containers end, and the server forgets it. */
  remove(pod: NodePod): void;
  /** Tells the server how the pod stands. */
  publish(pod: NodePod): void;
  /** Ends every log that is open, with an error or as if it were whole. */
  breakAll(kind: "broken" | "ended"): void;
  /** Beyond the network, until it is undone. */
  cutOff(off: boolean): void;
}

export function createLogNode(clock: Clock): LogNode {
  const server = createMemoryServer();
  const all: NodePod[] = [];
  const asked: URLSearchParams[] = [];
  const followers = new Map<WrittenRun, Set<Follower>>();
  const wakes = new Set<(broken?: "broken" | "ended") => void>();
  let off = false;
  let nanos = 0;
  let uids = 0;

  const transport: Transport = {
    server: server.server,
    close: () => server.close(),
    async send(request) {
      const [, name] = /\/pods\/([^/]+)\/log$/.exec(request.path) ?? [];
      if (name === undefined) return server.send(request);
      await Promise.resolve();
      request.signal?.throwIfAborted();
      return log(name, request);
    },
  };

  function log(name: string, { query: text, signal }: ApiRequest): ApiResponse {
    const query = new URLSearchParams(text);
    asked.push(query);
    const fault = off ? { kind: "refused" as const } : node.fault();
    if (fault?.kind === "refused") throw new ConnectionError("Refused: nobody listens there", { sent: "no" });
    if (fault?.kind === "403") return status(403, "Forbidden", "pods/log is forbidden");
    if (fault?.kind === "500") return status(500, "InternalError", "the node does not answer");
    const pod = all.findLast((one) => one.name === name && !one.gone);
    if (pod === undefined) return status(404, "NotFound", `pods "${name}" not found`);
    const runs = pod.runs.get(query.get("container") ?? "") ?? [];
    const run = query.get("previous") === "true" ? runs.at(-2) : runs.at(-1);
    if (run === undefined) return status(400, "BadRequest", "previous terminated container not found");
    const body = bodyOf(run, query, fault, signal);
    return { status: 200, headers: { get: () => undefined }, body, discard: () => {} };
  }

  async function* bodyOf(
    run: WrittenRun,
    query: URLSearchParams,
    fault: CutOff | undefined,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<Uint8Array> {
    const follow = query.get("follow") === "true";
    const since = query.get("sinceTime")?.replace(/\.\d+/, "").replace("Z", "") ?? "";
    const tail = query.get("tailLines");
    const first = Math.max(run.dropped, tail === null ? 0 : run.lines.length - Number(tail));
    const reader: Follower = {
      openedAt: clock.now(),
      at: first,
      behind: undefined,
      heldUp: false,
      fileEnd: undefined,
      begins: 0,
    };
    const followersOf = followers.get(run) ?? new Set();
    followers.set(run, followersOf);
    followersOf.add(reader);
    let sent = 0;
    let broken: "broken" | "ended" | undefined;
    let wake = (): void => {};
    const told = (how?: "broken" | "ended"): void => {
      broken ??= how;
      wake();
    };
    wakes.add(told);
    signal?.addEventListener("abort", () => told("broken"));
    try {
      for (;;) {
        let text = "";
        if (reader.begins > 0 && reader.at === (reader.fileEnd ?? run.lines.length)) {
          reader.at = run.dropped;
          reader.fileEnd = undefined;
          reader.begins -= 1;
        }
        const end = reader.behind ?? reader.fileEnd ?? run.lines.length;
        for (; broken === undefined && reader.at < end; reader.at++) {
          const { time, text: line } = run.lines[reader.at] as WrittenLine;
          if (time >= since) text += `${time} ${line}\n`;
        }
        const over = !follow || run.ended;
        if (over && broken === undefined && run.rest !== undefined && end === run.lines.length)
          text += `${run.rest.time} ${run.rest.text}`;
        let bytes = new TextEncoder().encode(text);
        if (fault !== undefined && sent + bytes.length > fault.afterBytes) {
          bytes = bytes.subarray(0, fault.afterBytes - sent);
          broken ??= fault.kind;
        }
        sent += bytes.length;
        for (let from = 0, size: number; from < bytes.length; from += size) {
          size = node.pieceBytes();
          reader.heldUp = true;
          yield bytes.subarray(from, from + size);
          reader.heldUp = false;
          signal?.throwIfAborted();
        }
        if (broken === "broken") throw new ConnectionError("Reset: the connection broke");
        if (broken === "ended" || over) return;
        if (reader.begins === 0 && reader.at === (reader.behind ?? run.lines.length) && !run.ended)
          await new Promise<void>((resolve) => (wake = resolve));
        signal?.throwIfAborted();
      }
    } finally {
      followersOf.delete(reader);
      wakes.delete(told);
    }
  }

  const current = (pod: NodePod, container: string): WrittenRun => pod.runs.get(container)?.at(-1) as WrittenRun;
  const wakeAll = (): void => wakes.forEach((wake) => wake());

  function lineAt(text: string, lateMs = 0): WrittenLine {
    nanos = (nanos + 1000) % 1_000_000;
    const ms = new Date(clock.wallNow() - lateMs).toISOString().slice(0, 23);
    return { time: `${ms}${String(nanos).padStart(6, "0")}Z`, text };
  }

  function newRun(number: number): WrittenRun {
    return { number, lines: [], dropped: 0, ended: false, rest: undefined };
  }

  const cluster = createCluster({ transport, clock });
  const node: LogNode = {
    server,
    cluster,
    pods: cluster.resource<LoggedPod>({ group: "", version: "v1", plural: "pods", kind: "Pod", namespaced: true }),
    all,
    asked,
    get open() {
      return wakes.size;
    },
    fault: () => undefined,
    pieceBytes: () => 1 << 16,
    create(name, containers) {
      const runs = new Map(containers.map((container) => [container, [newRun(0)]]));
      const pod: NodePod = {
        name,
        uid: `${name}-${++uids}`,
        createdAt: clock.now(),
        runs,
        gone: false,
        isKnown: false,
      };
      all.push(pod);
      return pod;
    },
    write(pod, container, texts, how) {
      const run = current(pod, container);
      if (run.ended) return;
      for (const text of texts) {
        const line = lineAt(text, how === "late" ? 700 : 0);
        run.lines.push(line);
        if (how === "twin") run.lines.push(line);
      }
      wakeAll();
    },
    writeRest(pod, container, text) {
      const run = current(pod, container);
      if (!run.ended) run.rest ??= lineAt(text);
    },
    rotate(pod, container, unnoticed = false) {
      const run = current(pod, container);
      run.dropped = run.lines.length;
      for (const reader of followers.get(run) ?? []) {
        if (unnoticed && clock.now() - reader.openedAt < 500) reader.behind ??= run.dropped;
        else if (reader.behind === undefined && reader.heldUp) {
          reader.fileEnd ??= run.dropped;
          reader.begins += 1;
        } else if (reader.behind !== undefined && !reader.heldUp) {
          // What stood in the files between is nowhere.
          reader.at = Math.max(reader.at, run.dropped);
          reader.behind = undefined;
        }
      }
    },
    end(pod, container) {
      current(pod, container).ended = true;
      wakeAll();
    },
    restart(pod, container) {
      const runs = pod.runs.get(container) as WrittenRun[];
      (runs.at(-1) as WrittenRun).ended = true;
      runs.push(newRun(runs.length));
      wakeAll();
    },
    remove(pod) {
      for (const container of pod.runs.keys()) current(pod, container).ended = true;
      pod.gone = true;
      wakeAll();
      if (published.get(pod.name) === pod.uid) {
        server.delete(pod.name);
        published.delete(pod.name);
      }
    },
    publish(pod) {
      if (pod.gone) return;
      pod.isKnown = true;
      published.set(pod.name, pod.uid);
      const containerStatuses = [...pod.runs].map(([name, runs]) => {
        const { number, ended } = runs.at(-1) as WrittenRun;
        const state = ended ? { terminated: {} } : { running: {} };
        return { name, restartCount: number, containerID: `x://${pod.uid}-${number}`, state };
      });
      server.put(pod.name, {
        spec: { nodeName: "node", containers: [...pod.runs.keys()].map((name) => ({ name })) },
        status: { containerStatuses },
      });
    },
    breakAll(kind) {
      for (const wake of wakes) wake(kind);
    },
    cutOff(value) {
      off = value;
      if (off) {
        server.disconnect();
        node.breakAll("broken");
      } else server.connect();
    },
  };
  const published = new Map<string, string>();
  return node;
}

function status(code: number, reason: string, message: string): ApiResponse {
  const text = JSON.stringify({ apiVersion: "v1", kind: "Status", status: "Failure", reason, message, code });
  async function* body(): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(text);
  }
  const headers = { get: (name: string) => (name === "content-type" ? "application/json" : undefined) };
  return { status: code, headers, body: body(), discard: () => {} };
}
