import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster, Stored } from "@kubewright/core";
import { type Container, type ContainerState, type ContainerStatus, CoreV1, type Pod } from "kubewright/core/v1";
import type { ApiServer, PodLog } from "../../../packages/testing/src/index.ts";
import { type LocalProcess, type Started, startOnTerminal, startProcess } from "./local-process.ts";

/** What containers and their clients run of a pod: processes of this machine. */
export interface LocalPod {
  /** Starts a command beside the containers' own. */
  start(what: Started, tty: boolean): LocalProcess;
  /** What a container runs now, and whether its input ends with the client's. */
  running(container: string): { readonly process: LocalProcess; readonly stdinOnce: boolean } | undefined;
  /** Ends all of it. */
  end(): void;
}

/** What pods are played on: a server, a connection to it, and the control plane's program, which has terminals. */
export interface LocalNode {
  readonly api: ApiServer;
  readonly cluster: Cluster;
  readonly binary: string;
}

/** How long a container waits before its second restart, and from then on twice as long each time: half as long as with a kubelet. */
const backoffMs = 5000;

/** Binds a pod, and plays it until it is over or `end()` is called. A pod that is deleted meanwhile has no status to write. */
export function playPod({ api, cluster, binary }: LocalNode, pod: Stored<Pod>): LocalPod {
  const { metadata, spec } = pod;
  const { name, namespace } = metadata;
  const pods = cluster.api(CoreV1).pods.in(namespace);
  const processes = new Set<LocalProcess>();
  const containers = new Map<string, { readonly process: LocalProcess; readonly stdinOnce: boolean }>();
  const volumes = localVolumes(spec);
  let isOver = false;

  function start(what: Started, tty: boolean): LocalProcess {
    const process = tty ? startOnTerminal(binary, what) : startProcess(what);
    processes.add(process);
    const over = (): void => void processes.delete(process);
    process.ended.then(over, over);
    return process;
  }

  /** Starts what a container says; gives when its end is written, undefined for what runs nothing, and therefore for ever. */
  function begin(container: Container, log: PodLog): Promise<number> | undefined {
    const { command, tty = false, stdinOnce = false } = container;
    if (command === undefined || isOver) return undefined;
    const process = start({ command, env: volumes.environment(container) }, tty);
    containers.set(container.name, { process, stdinOnce });
    const written = Promise.all([process.stdout, process.stderr].map((stream) => copyLines(stream, log)));
    const ended = process.ended.then(async (code) => {
      // What it has started ends with the container.
      process.kill();
      await written;
      return code;
    });
    ended.catch(() => undefined); // it may be waited for later
    return ended;
  }

  /** Plays a container that was begun until it ends for good; gives its code. */
  async function live(container: Container, log: PodLog, first: Promise<number> | undefined): Promise<number> {
    const { restartPolicy = "Always" } = spec;
    let ended = first;
    for (let run = 0; ended !== undefined; run++) {
      const code = await ended;
      log.end(code);
      if (restartPolicy === "Never" || (restartPolicy === "OnFailure" && code === 0)) return code;
      if (run > 0) await sleep(backoffMs * 2 ** (run - 1), undefined, { ref: false });
      if (isOver) break;
      log.restart();
      ended = begin(container, log);
    }
    return new Promise(() => {});
  }

  const logOf = (container: Container): PodLog => api.log(`${namespace}/${name}`, container.name);

  async function play(): Promise<void> {
    await pods.binding.create(name, { target: { kind: "Node", name: "local" } });
    const [first] = spec.initContainers ?? [];
    const say = (status: NonNullable<Pod["status"]>) => pods.status.patch(name, { merge: { status } });
    if (first !== undefined) {
      const log = logOf(first);
      const ended = begin(first, log);
      await say({
        initContainerStatuses: [statusOf(first, runs())],
        containerStatuses: spec.containers.map((container) => statusOf(container, waits)),
      });
      const code = await ended;
      log.end(code);
      if (code !== 0) return;
    }
    const begun = spec.containers.map((container) => {
      const log = logOf(container);
      return { container, log, ended: begin(container, log) };
    });
    // Only then may one be said to have ended.
    await say({
      phase: "Running",
      conditions: [{ type: "Ready", status: "True" }],
      containerStatuses: spec.containers.map((container) => statusOf(container, runs())),
    });
    const codes = await Promise.all(begun.map(({ container, log, ended }) => live(container, log, ended)));
    await say({ phase: codes.every((code) => code === 0) ? "Succeeded" : "Failed" });
  }

  play().catch(() => undefined);
  return {
    start,
    running: (container) => containers.get(container),
    end() {
      isOver = true;
      for (const process of processes) process.kill();
      volumes.remove();
    },
  };
}

const runs = (): ContainerState => ({ running: { startedAt: new Date().toISOString() } });
const waits: ContainerState = { waiting: { reason: "PodInitializing" } };

function statusOf({ name, image = "" }: Container, state: ContainerState): ContainerStatus {
  return { name, image, imageID: "", ready: "running" in state, restartCount: 0, state };
}

/** Hands on lines as they come, and at the end what has no line end. */
async function copyLines(stream: AsyncIterable<Buffer>, log: PodLog): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const data of stream) {
    const lines = (rest + decoder.decode(data, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    log.write(...lines);
  }
  if (rest !== "") log.write(rest);
}

/** Folders in place of empty volumes. Nothing is mounted: a variable that holds the path of a mount gets that of the folder. */
function localVolumes({ volumes = [] }: NonNullable<Pod["spec"]>): {
  environment(container: Container): Record<string, string>;
  remove(): void;
} {
  const empty = new Set(volumes.filter(({ emptyDir }) => emptyDir !== undefined).map(({ name }) => name));
  const folder = empty.size === 0 ? "" : mkdtempSync(join(tmpdir(), "kubewright-volumes-"));
  for (const name of empty) mkdirSync(join(folder, name));
  return {
    environment({ env = [], volumeMounts = [] }) {
      const mounted = new Map(volumeMounts.map(({ name, mountPath }) => [mountPath, join(folder, name)]));
      return Object.fromEntries(env.map(({ name, value = "" }) => [name, mounted.get(value) ?? value]));
    },
    remove() {
      if (folder !== "") rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
