import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

import { connect, type ConnectOptions } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

/** How one call went: `"ok"`, or the error's name and message. */
export interface Attempt {
  readonly list: string;
  readonly watch: string;
  readonly throughProxy: string;
}

/** Lists, watches, and lists through the CONNECT proxy, each on a connection of its own. Options must be JSON. */
export async function attempt(options: ConnectOptions, proxyUrl: string): Promise<Attempt> {
  const watch = async (): Promise<void> => {
    const cluster = await connect(options);
    try {
      for await (const _ of cluster.api(CoreV1).namespaces.watch({ timeoutSeconds: 1 }));
    } finally {
      await cluster.close();
    }
  };
  const list = async (of: ConnectOptions): Promise<void> => {
    const cluster = await connect(of);
    try {
      await cluster.api(CoreV1).namespaces.list();
    } finally {
      await cluster.close();
    }
  };
  return {
    list: await outcome(list(options)),
    watch: await outcome(watch()),
    throughProxy: await outcome(list({ ...options, proxyUrl })),
  };
}

async function outcome(call: Promise<void>): Promise<string> {
  try {
    await call;
    return "ok";
  } catch (error) {
    return String(error);
  }
}

// As a program: rows of options and a proxy come in as JSON, attempts go out.
if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { rows, proxyUrl } = JSON.parse(await text(process.stdin)) as { rows: ConnectOptions[]; proxyUrl: string };
  const attempts: Attempt[] = [];
  for (const row of rows) attempts.push(await attempt(row, proxyUrl));
  process.stdout.write(JSON.stringify(attempts));
}
