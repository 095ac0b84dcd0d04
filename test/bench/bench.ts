import type { Contestant, ServerOptions } from "./contestants.ts";
import type { Installed } from "./install.ts";
import type { ControlPlaneInfo } from "../controlplane/info.ts";
import type { Comparison, ServerComparison } from "./row.ts";

/** What every row works with. */
export interface Bench {
  readonly installed: Installed;
  readonly server: ServerOptions;
  /** The control plane of the server. */
  readonly controlPlane: ControlPlaneInfo;
  /** The socket of the server's etcd. */
  readonly etcd: string;
  /** Fewer rounds, to try the benchmark itself: the figures are worth little. */
  readonly quick: boolean;
  say(text: string): void;
  /** A line for the table of docs/encodings.md. */
  compare(comparison: Comparison): void;
  /** A line for the table of docs/testing.md. */
  compareServers(comparison: ServerComparison): void;
  /** How long the control plane took to be ready. */
  readonly realStart: { readonly ms: number };
  /** The program on client-go, built when it is first asked for. */
  clientGo(): Promise<string>;
  /** Resolves when the server has the pods of fleet/, which are made when they are first asked for. */
  fleet(): Promise<void>;
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

export const encodings = ["json", "protobuf"] as const;

/** What objects are sent in. */
export type Encoding = (typeof encodings)[number];

/** How titles and cells call them. */
export const encodingNames: Readonly<Record<Encoding, string>> = { json: "JSON", protobuf: "protobuf" };

/** The same contestant, reading in one encoding, whatever is its default. */
export function reading(contestant: Contestant, read: Encoding): Contestant {
  return { ...contestant, options: { ...contestant.options, encoding: { read } } };
}

/** What a client on client-go asks for, as an argument of its program. */
export const goContentTypes: Readonly<Record<Encoding, string>> = {
  json: "application/json",
  protobuf: "application/vnd.kubernetes.protobuf,application/json",
};
