import { type Clock, InputError } from "@kubewright/core";
import type { ContainerMatch, ContainerProcess, Hook, Hooks, PortMatch, ProxyMatch } from "./hooks.ts";
import { type ContainerEvent, ContainerLog, type LogRuns } from "./pod-logs.ts";
import { newestProtocols, type Protocols, protocolsOf } from "./protocols.ts";

/** What a request is proxied to; a node has no namespace. */
export interface Proxied {
  readonly namespace: string | undefined;
  readonly resource: NonNullable<ProxyMatch["resource"]>;
  readonly name: string;
  readonly port: string;
}

/** The hooks of a server. */
export interface HookRegistry extends Hooks {
  /** What is for something, by the kind of hook; undefined for nothing. */
  exec(of: Required<ContainerMatch>): Parameters<Hooks["onExec"]>[1] | undefined;
  attach(of: Required<ContainerMatch>): Parameters<Hooks["onAttach"]>[1] | undefined;
  portForward(of: Required<PortMatch>): Parameters<Hooks["onPortForward"]>[1] | undefined;
  proxy(of: Proxied): Parameters<Hooks["onProxy"]>[1] | undefined;
  /** What a container has written, as far as a test says. */
  logOf(of: Required<ContainerMatch>): LogRuns | undefined;
  /** Tells from now on what becomes of containers whose logs are written, and nobody else; gives what ends that. */
  hearContainers(listener: ContainerListener): () => void;
  /** A pod is gone, and so are its logs. */
  forgetPod(of: { readonly namespace: string; readonly pod: string }): void;
  /** What is spoken. */
  readonly spoken: Protocols;
  /** Whether there is any hook for what runs in pods: a node has a kubelet then. */
  readonly hasKubelet: boolean;
  clear(): void;
}

/** Hears what becomes of containers. */
export type ContainerListener = (
  of: Pick<ContainerProcess, "namespace" | "pod" | "container">,
  event: ContainerEvent,
) => void;

type Fields = Readonly<Record<string, string | number | undefined>>;

/** Hooks of one kind, the newest first. */
class Kind<Match extends object, Act> {
  readonly #names: readonly string[];
  #hooks: { readonly match: Fields; readonly act: Act }[] = [];

  constructor(...names: readonly (keyof Match & string)[]) {
    this.#names = names;
  }

  get isEmpty(): boolean {
    return this.#hooks.length === 0;
  }

  add(match: Match, act: Act): Hook {
    const wrong = Object.keys(match).find((name) => !this.#names.includes(name));
    if (wrong !== undefined)
      throw new InputError(`match.${wrong}`, `there is no such field; there are ${this.#names.join(", ")}`);
    if (typeof act !== "function") throw new InputError("hook", "it must be a function");
    const hook = { match: { ...match } as Fields, act };
    this.#hooks.unshift(hook);
    return { end: () => void (this.#hooks = this.#hooks.filter((one) => one !== hook)) };
  }

  find(of: object): Act | undefined {
    const asked = of as Fields;
    const fits = (match: Fields): boolean =>
      this.#names.every((name) => match[name] === undefined || String(match[name]) === String(asked[name]));
    return this.#hooks.find(({ match }) => fits(match))?.act;
  }

  clear(): void {
    this.#hooks = [];
  }
}

/** None yet. */
export function createHooks(clock: Clock): HookRegistry {
  const exec = new Kind<ContainerMatch, Parameters<Hooks["onExec"]>[1]>("namespace", "pod", "container");
  const attach = new Kind<ContainerMatch, Parameters<Hooks["onAttach"]>[1]>("namespace", "pod", "container");
  const ports = new Kind<PortMatch, Parameters<Hooks["onPortForward"]>[1]>("namespace", "pod", "port");
  const proxies = new Kind<ProxyMatch, Parameters<Hooks["onProxy"]>[1]>("namespace", "resource", "name", "port");
  /** By namespace, pod and container. */
  const logs = new Map<string, ContainerLog>();
  const nobody: ContainerListener = () => undefined;
  let listener = nobody;
  let spoken = newestProtocols;
  return {
    onExec: (match, run) => exec.add(match, run),
    onAttach: (match, run) => attach.add(match, run),
    onPortForward: (match, serve) => ports.add(match, serve),
    onProxy: (match, answer) => proxies.add(match, answer),
    exec: (of) => exec.find(of),
    attach: (of) => attach.find(of),
    portForward: (of) => ports.find(of),
    proxy: (of) => proxies.find(of),
    log(pod, container, lines = []) {
      const [namespace, name] = pod.includes("/")
        ? (pod.split("/", 2) as [string, string])
        : (["default", pod] as const);
      const key = `${namespace}/${name}/${container}`;
      const log =
        logs.get(key) ?? new ContainerLog(clock, (event) => listener({ namespace, pod: name, container }, event));
      logs.set(key, log);
      log.write(...lines);
      return log;
    },
    logOf: ({ namespace, pod, container }) => logs.get(`${namespace}/${pod}/${container}`),
    hearContainers(next) {
      listener = next;
      return () => void (listener = nobody);
    },
    forgetPod({ namespace, pod }) {
      for (const [key, log] of logs) {
        if (!key.startsWith(`${namespace}/${pod}/`)) continue;
        log.forget();
        logs.delete(key);
      }
    },
    protocols: (version) => void (spoken = protocolsOf(version)),
    get spoken() {
      return spoken;
    },
    get hasKubelet() {
      return !(exec.isEmpty && attach.isEmpty && ports.isEmpty);
    },
    clear() {
      for (const kind of [exec, attach, ports, proxies]) kind.clear();
      for (const log of logs.values()) log.forget();
      logs.clear();
      spoken = newestProtocols;
    },
  };
}
