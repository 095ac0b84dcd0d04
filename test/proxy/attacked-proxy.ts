import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { CoreV1 } from "@kubewright/api/core/v1";
import type { Cluster } from "@kubewright/core";
import { createProxy, type Proxy, type ProxyOptions } from "@kubewright/proxy";
import { type ApiServer, type ApiServerOptions, type ReceivedRequest, startApiServer } from "@kubewright/testing";
import { sendRaw, type RawAnswer } from "./raw-http.ts";

/** A proxy between attackers and an API server that holds a Secret. */
export interface AttackedProxy extends AsyncDisposable {
  readonly api: ApiServer;
  readonly port: number;
  /** The value of Host that the proxy answers to. */
  readonly host: string;
  /** What a page of the proxy's own origin sends first, without the empty line at its end; `extra` lines go on top. */
  request(method: string, path: string, ...extra: readonly string[]): string;
  /** What was refused, as the proxy's owner is told. */
  readonly refused: string[];
  /**
   * Attacks, then asks for something that is allowed on another connection, so that whatever the attack set off has come to its end; gives
   * the first answer, and what else the API server saw.
   */
  attack(
    ...parts: readonly (string | Uint8Array)[]
  ): Promise<{ readonly answer: RawAnswer; readonly seen: readonly ReceivedRequest[] }>;
}

export async function attackedProxy(
  options: Omit<ProxyOptions, "cluster"> = {},
  serverOptions: ApiServerOptions = {},
): Promise<AttackedProxy> {
  const api = await startApiServer(serverOptions);
  const cluster: Cluster = await api.connect();
  await cluster
    .api(CoreV1)
    .secrets.in("default")
    .create({ metadata: { name: "keys" }, stringData: { key: "canary-key" } });
  // What a client learns once about a server.
  await cluster.discovery.groups();
  const refused: string[] = [];
  const proxy: Proxy = createProxy({
    cluster,
    onRefused: ({ status, message }) => refused.push(`${status} ${message}`),
    ...options,
  });
  const server: Server = createServer(proxy).on("upgrade", proxy.upgrade);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  const request = (method: string, path: string, ...extra: readonly string[]): string =>
    [`${method} ${path} HTTP/1.1`, `Host: ${host}`, ...extra].map((line) => `${line}\r\n`).join("");
  let mark = 0;
  return {
    api,
    port,
    host,
    request,
    refused,
    async attack(...parts) {
      mark += 1;
      const before = api.requests().length;
      const answer = await sendRaw(port, ...parts);
      const path = `/k8s/api/v1/namespaces/mark-${mark}`;
      const { socket } = await sendRaw(port, `${request("GET", path)}Cookie: user=alice\r\n\r\n`);
      socket.destroy();
      answer.socket.destroy();
      const since = api.requests().slice(before);
      if (!since.some(({ name }) => name === `mark-${mark}`))
        throw new Error("what is allowed did not reach the API server");
      return { answer, seen: since.filter(({ name }) => name !== `mark-${mark}`) };
    },
    async [Symbol.asyncDispose]() {
      await proxy.close();
      server.closeAllConnections();
      server.close();
      await api.close();
    },
  };
}
