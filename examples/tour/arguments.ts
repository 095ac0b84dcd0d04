import { parseArgs } from "node:util";

/** What the command line said. */
export interface TourArguments {
  readonly help: boolean;
  /** A control plane of the tour's own, instead of an API server in this process. */
  readonly real: boolean;
  /** The cluster to use instead. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
}

export const help = `A tour through Kubewright.

  npm run demo                                          on an API server in the tour's own process: nothing else is needed
  npm run demo -- --real                                on a real control plane of its own (Linux and Go), with all steps
  npm run demo -- --kubeconfig FILE [--context NAME]    on a cluster of yours: in a new namespace, which is deleted afterwards
`;

/** An argument that the tour does not take. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";
}

/** Throws an ArgumentError that explains what is wrong. */
export function readArguments(args: readonly string[]): TourArguments {
  const { values } = parse(args);
  const { kubeconfig, context } = values;
  if (values.real && kubeconfig !== undefined) throw new ArgumentError("take either --real or --kubeconfig FILE");
  if (context !== undefined && kubeconfig === undefined) throw new ArgumentError("--context needs --kubeconfig FILE");
  return { help: values.help, real: values.real, kubeconfig, context };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        real: { type: "boolean", default: false },
        kubeconfig: { type: "string" },
        context: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (cause) {
    throw new ArgumentError(`${(cause as Error).message}\n\n${help}`, { cause });
  }
}
