import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Cluster, InputError } from "@kubewright/core";
import { readOnly } from "../guard/proxy-rule.ts";
import { readHeaders } from "../guard/request-headers.ts";
import { entranceOf, urlOf } from "../guard/request-url.ts";
import { checkHost, loopbackHosts } from "../guard/same-site.ts";
import { answerWith, refusalAnswer } from "../serving/answer.ts";
import { createProxy } from "../serving/create-proxy.ts";
import { failureOf } from "../serving/failure-of.ts";
import type { Arguments } from "./arguments.ts";
import { openPageFiles } from "./page-files.ts";

/** A proxy that listens. */
export interface RunningServer {
  /** Such as `http://127.0.0.1:8001/`; of a socket its path. */
  readonly address: string;
  /** Ends it and every connection. The cluster stays open. */
  close(): Promise<void>;
}

/** How long a strange client may take for its headers and for a request, and how many connections there may be. */
const bounds = { headersTimeout: 10_000, requestTimeout: 60_000, maxConnections: 2000 } as const;

/** Serves a cluster, and with `www` a page, to this machine alone. @throws InputError for a wrong argument */
export async function startServer(
  cluster: Cluster,
  given: Omit<Arguments, "kubeconfig" | "context">,
): Promise<RunningServer> {
  const { listen, prefix = "/k8s", www, allow } = given;
  const files = www === undefined ? undefined : await openPageFiles(www);
  const server = Object.assign(createServer(), bounds);
  await listening(server, listen);
  const port = typeof listen === "string" ? undefined : (server.address() as AddressInfo).port;
  const own = loopbackHosts({ port, encrypted: false });
  const hosts = [...own, ...given.hosts];
  const origins = [...own.map((host) => `http://${host}`), ...given.origins];
  const stop = async (): Promise<void> => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  try {
    const proxy = createProxy({ cluster, prefix, hosts, origins, allow: [...readOnly, ...allow] });
    const servePage = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      checkHost({ hosts }, entranceOf(request), readHeaders(request.rawHeaders));
      await files!(request, response);
    };
    server.on("request", (request, response) => {
      if (files === undefined || urlOf(request).path.startsWith(`${prefix}/`)) proxy(request, response);
      else
        servePage(request, response).catch((error: unknown) => answerWith(response, refusalAnswer(failureOf(error))));
    });
    server.on("upgrade", proxy.upgrade);
    return {
      address: port === undefined ? String(listen) : `http://127.0.0.1:${port}${files === undefined ? prefix : ""}/`,
      async close() {
        await proxy.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function listening(server: Server, listen: number | string): Promise<void> {
  const isSocket = typeof listen === "string";
  // The file of a socket is there for others from the moment that it exists, which is within the call.
  const mask = isSocket ? process.umask(0o177) : undefined;
  if (isSocket) server.listen(listen);
  else server.listen(listen, "127.0.0.1");
  if (mask !== undefined) process.umask(mask);
  try {
    await once(server, "listening");
  } catch (cause) {
    const isTaken = (cause as NodeJS.ErrnoException).code === "EADDRINUSE";
    const fix = isSocket ? "end what listens there, or remove the file" : "pass another, or 0 for one that is free";
    const problem = isTaken ? `${listen} is in use; ${fix}` : (cause as Error).message;
    throw new InputError(isSocket ? "--socket" : "--port", problem, { cause });
  }
}
