import { type ChildProcess, spawn } from "node:child_process";
import { on, once } from "node:events";
import { createInterface } from "node:readline";
import { kubectlEnvironment } from "../../../controlplane/kubectl.ts";
import type { Bench } from "../../bench.ts";
import { start } from "../../contestants.ts";

/** What stands between pages and the API server, in a process of its own. */
export interface ProxyProcess extends AsyncDisposable {
  readonly pid: number;
  readonly port: number;
  /** Whether its pages share watches, by one POST. */
  readonly shared: boolean;
}

export async function startOurs({ installed, server }: Bench): Promise<ProxyProcess> {
  const child = start({ folder: installed.pages, module: "" }, "proxy.mjs", [server.kubeconfig]);
  const [{ port }] = (await once(child, "message")) as [{ port: number }];
  return { pid: child.pid!, port, shared: true, [Symbol.asyncDispose]: () => ended(child, () => child.disconnect()) };
}

export async function startKubectlProxy({ controlPlane, server }: Bench): Promise<ProxyProcess> {
  const args = ["kubectl", "proxy", "--address=127.0.0.1", "--port=0"];
  const env = { ...process.env, ...kubectlEnvironment(controlPlane), KUBECONFIG: server.kubeconfig };
  const child = spawn(controlPlane.binary, args, { env, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const port = Number(/:(\d+)$/.exec(line)?.[1]);
  if (!(port > 0)) throw new Error(`kubectl proxy said ${line}`);
  return { pid: child.pid!, port, shared: false, [Symbol.asyncDispose]: () => ended(child, () => child.kill()) };
}

/** What the pages were told between two tasks. */
export interface Told {
  readonly events: number;
  readonly bytes: number;
  /** Milliseconds from the first to the last. */
  readonly wall: number;
  /** Final states that never came. */
  readonly lost: number;
  /** Milliseconds after a watch that goes straight to the API server: of half of the events, and of all but 1 %. */
  readonly delay: { readonly median: number; readonly high: number };
}

/** A process that plays pages. */
export interface PagesProcess extends AsyncDisposable {
  begin(): Promise<void>;
  end(how: { readonly last: number; readonly pods: number }): Promise<Told>;
}

export async function startPages(
  { installed, server }: Bench,
  { port, shared }: ProxyProcess,
  pages: number,
  namespace: string,
): Promise<PagesProcess> {
  const settings = { shared, port, pages, namespace, direct: server };
  const child = start({ folder: installed.floor, module: "" }, "pages.mjs", [JSON.stringify(settings)]);
  const messages = on(child, "message", { close: ["exit"] }) as AsyncIterator<[unknown]>;
  const answer = async (): Promise<unknown> => {
    const { value, done } = await messages.next();
    if (done === true) throw new Error("the pages ended without an answer");
    return (value as [unknown])[0];
  };
  const ask = (task: object): Promise<unknown> => {
    child.send(task);
    return answer();
  };
  await answer();
  return {
    begin: async () => void (await ask({ task: "begin" })),
    end: (how) => ask({ task: "end", ...how }) as Promise<Told>,
    [Symbol.asyncDispose]: () => ended(child, () => child.disconnect()),
  };
}

async function ended(child: ChildProcess, end: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  end();
  await exit;
}
