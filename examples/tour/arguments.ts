import { parseArgs } from "node:util";

/** What the command line said. */
export interface TourArguments {
  readonly help: boolean;
  /** The cluster to use; undefined: a control plane of the tour's own. */
  readonly kubeconfig: string | undefined;
  readonly context: string | undefined;
}

export const help = `A tour through Kubewright on a real control plane.

  npm run demo                                          on a control plane of its own (Linux and Go)
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
  if (context !== undefined && kubeconfig === undefined) throw new ArgumentError("--context needs --kubeconfig FILE");
  return { help: values.help, kubeconfig, context };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        kubeconfig: { type: "string" },
        context: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (cause) {
    throw new ArgumentError(`${(cause as Error).message}\n\n${help}`, { cause });
  }
}
