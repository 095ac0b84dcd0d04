import type { Contestant, ServerOptions } from "./contestants.ts";
import type { Installed } from "./install.ts";

/** What every row works with. */
export interface Bench {
  readonly installed: Installed;
  readonly server: ServerOptions;
  /** The socket of the server's etcd. */
  readonly etcd: string;
  /** Fewer rounds, to try the benchmark itself: the figures are worth little. */
  readonly quick: boolean;
  say(text: string): void;
}

/** Everyone who gets an object from the server. */
export function contestantsOf({ ours, clientNode, floor }: Installed) {
  return {
    kubewright: { folder: ours, module: "kubewright" },
    "kubewright on http/1.1": { folder: ours, module: "kubewright", options: { protocol: "http/1.1" } },
    "client-node": { folder: clientNode, module: "client-node" },
    undici: { folder: floor, module: "undici" },
    "node:https": { folder: floor, module: "node-https" },
    "node:http2": { folder: floor, module: "node-http2" },
  } as const satisfies Record<string, Contestant>;
}

export type Name = keyof ReturnType<typeof contestantsOf>;

/** Those without a client. */
export const floors: readonly Name[] = ["undici", "node:https", "node:http2"];

/** What each speaks with the API server. */
export const protocols: Readonly<Record<Name, string>> = {
  kubewright: "h2",
  "kubewright on http/1.1": "http/1.1",
  "client-node": "http/1.1",
  undici: "http/1.1",
  "node:https": "http/1.1",
  "node:http2": "h2",
};
