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

/** Throws an Error that explains a wrong argument. */
export function readArguments(args: readonly string[]): TourArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kubeconfig: { type: "string" },
      context: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { kubeconfig, context } = values;
  if (context !== undefined && kubeconfig === undefined) throw new Error("--context needs --kubeconfig FILE");
  return { help: values.help, kubeconfig, context };
}
