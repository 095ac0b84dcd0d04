import { parseArgs } from "node:util";

/** What the command line said. */
export interface DashboardArguments {
  readonly help: boolean;
  /** The cluster to show, instead of a played one. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
  /** Where the page is; 0 means any that is free. */
  readonly port: number;
  /** How many pods stand beside those that are played. */
  readonly pods: number;
}

export const help = `A live dashboard, built with Kubewright.

  npm run dashboard                                          a played cluster, in this process: nothing else is needed
  npm run dashboard -- --pods 10000                          with so many more pods
  npm run dashboard -- --kubeconfig FILE [--context NAME]    a cluster of yours, as the user of the file
                       --port PORT                           default 8600; 0 means any
`;

/** An argument that the dashboard does not take. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}

/** Throws an ArgumentError that explains what is wrong. */
export function readArguments(args: readonly string[]): DashboardArguments {
  const { help, kubeconfig, context, port, pods } = parse(args);
  if (context !== undefined && kubeconfig === undefined) throw new ArgumentError("--context needs --kubeconfig FILE");
  if (pods !== undefined && kubeconfig !== undefined)
    throw new ArgumentError("--pods is for the played cluster; leave out --kubeconfig or --pods");
  return {
    help,
    kubeconfig,
    context,
    port: port === undefined ? 8600 : wholeNumber("--port", port, 65_535),
    pods: pods === undefined ? 0 : wholeNumber("--pods", pods, 100_000),
  };
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        kubeconfig: { type: "string" },
        context: { type: "string" },
        port: { type: "string" },
        pods: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return values;
  } catch (cause) {
    throw new ArgumentError(`${(cause as Error).message}\n\n${help}`, { cause });
  }
}

function wholeNumber(name: string, text: string, most: number): number {
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
  throw new ArgumentError(`${name} must be a whole number from 0 to ${most}, not ${text}`);
}
