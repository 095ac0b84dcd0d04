import { isKubeError } from "@kubewright/core";
import { connect } from "@kubewright/node";
import { type Arguments, help, readArguments } from "./arguments.ts";
import { startServer } from "./start-server.ts";

/** Runs the command with these arguments until a signal ends it; gives its exit code. Errors are printed without a stack. */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    const given = readArguments(args);
    if (given === undefined) process.stdout.write(help);
    else await serveUntilSignal(given);
    return 0;
  } catch (error) {
    if (!isKubeError(error)) throw error;
    console.error(error.message);
    return 1;
  }
}

async function serveUntilSignal({ kubeconfig, context, ...rest }: Arguments): Promise<void> {
  const signalled = new Promise<void>((done) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => done());
  });
  await using cluster = await connect({ kubeconfig, context });
  const { address, close } = await startServer(cluster, rest);
  console.log(`${cluster.server} is relayed at ${address}, until Ctrl-C.`);
  await signalled;
  await close();
}
