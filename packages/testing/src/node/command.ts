import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { InputError, isKubeError } from "@kubewright/core";
import { startApiServer } from "./start-api-server.ts";

const help = `Kubernetes' API in one process: an API server for development and tests, without containers.

  npx @kubewright/testing [--state FOLDER] [--port NUMBER] [--all-apis]

  --state FOLDER   keep objects, address and token in this folder, and go on from there next time;
                   default: nothing is left behind
  --port NUMBER    listen on this port of 127.0.0.1; default: as before in the folder, else a free one
  --all-apis       serve alpha and beta versions too, not only what a default cluster serves
  --help           this text

It writes a kubeconfig with a random token, says where that is, and runs until Ctrl-C. What is missing
to a whole cluster: nothing schedules or runs pods.
`;

/** Runs the command with these arguments until a signal ends it; gives its exit code. Errors are printed without a stack. */
export async function runCommand(args: readonly string[]): Promise<number> {
  try {
    const options = readArguments(args);
    if (options === undefined) process.stdout.write(help);
    else await serveUntilSignal(options);
    return 0;
  } catch (error) {
    if (!isKubeError(error)) throw error;
    console.error(error.message);
    return 1;
  }
}

interface Options {
  readonly state: string | undefined;
  readonly port: number | undefined;
  readonly allApis: boolean;
}

/** Undefined where help is wanted. */
function readArguments(args: readonly string[]): Options | undefined {
  const { state, port, "all-apis": allApis, help: wantsHelp } = parse(args);
  if (wantsHelp) return undefined;
  const number = port === undefined ? undefined : Number(port);
  if (number !== undefined && !(Number.isInteger(number) && number > 0 && number < 65_536))
    throw new InputError("--port", `${JSON.stringify(port)} is no port; it takes a number from 1 to 65535`);
  return { state: state === undefined ? undefined : resolve(state), port: number, allApis };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        state: { type: "string" },
        port: { type: "string" },
        "all-apis": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (cause) {
    throw new InputError("arguments", `${(cause as Error).message} (--help explains)`, { cause });
  }
}

async function serveUntilSignal({ state, port, allApis }: Options): Promise<void> {
  const signalled = new Promise<void>((done) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => done());
  });
  await using api = await startApiServer({ state, port, apis: allApis ? "all" : "default" });
  const folder = state ?? mkdtempSync(join(tmpdir(), "kubewright-testing-"));
  try {
    const file = join(folder, "kubeconfig");
    writeFileSync(file, api.kubeconfig, { mode: 0o600 });
    console.log(`Kubernetes' API is at ${api.url}, until Ctrl-C. To use it in another shell:

  export KUBECONFIG=${file}

Objects ${state === undefined ? "are gone when it ends; --state FOLDER keeps them" : `are kept in ${state}`}.`);
    await signalled;
  } finally {
    if (state === undefined) rmSync(folder, { recursive: true });
  }
}
