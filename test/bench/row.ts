/** One line of the table: the same thing with each contestant, measured in one run. */
export interface Row {
  readonly what: string;
  readonly clientNode: string;
  readonly floor: string;
  readonly ours: string;
  /** What was aimed at, and what came out, in the same terms. */
  readonly aim: string;
  readonly measured: string;
  readonly reached: boolean;
  /** The numbers behind it. */
  readonly detail: unknown;
}

/** The same thing done by Kubewright in both encodings. */
export interface Comparison {
  readonly what: string;
  readonly json: string;
  readonly protobuf: string;
  /** Protobuf's figure over JSON's. */
  readonly ratio: string;
}

/** The same thing done by API servers: the embedded one, and the real one. */
export interface ServerComparison {
  readonly what: string;
  /** In the process of its client, without sockets. */
  readonly injected: string;
  /** In a process of its own, over TLS. */
  readonly embedded: string;
  readonly real: string;
  /** The embedded one's figures over the real one's. */
  readonly ratio: string;
}

/** Everything that a run found. */
export interface Results {
  readonly machine: {
    readonly node: string;
    readonly kubernetes: string;
    readonly cpus: number;
    readonly platform: string;
  };
  readonly rows: readonly Row[];
  /** What it weighs, bundled and installed. */
  readonly sizes: readonly Row[];
  readonly comparisons: readonly Comparison[];
  readonly servers: readonly ServerComparison[];
  /** What goes on between clients and pods. */
  readonly podStreams: readonly Row[];
  /** What many pages get through a proxy. */
  readonly pages: readonly Row[];
}

const kilobyte = 1024;

export function kilobytes(bytes: number): string {
  return `${(bytes / kilobyte).toFixed(bytes < 10 * kilobyte ? 1 : 0)} KB`;
}

export function megabytes(bytes: number): string {
  return `${(bytes / kilobyte / kilobyte).toFixed(bytes < 10 * kilobyte * kilobyte ? 1 : 0)} MB`;
}

export function milliseconds(value: number): string {
  return `${value.toFixed(value < 10 ? 1 : 0)} ms`;
}

/** Of CPU time that one call takes. */
export function microseconds(value: number): string {
  return value < 10_000 ? `${Math.round(value)} µs` : milliseconds(value / 1000);
}

export function times(value: number): string {
  return `${value.toFixed(2)} ×`;
}
