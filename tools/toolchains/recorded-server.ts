import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import type { AddressInfo, Server, Socket } from "node:net";
import { answerExec, written } from "./recorded-exec.ts";
import { podEvents, podList } from "./recorded-protobuf.ts";

/** A server that says what a real one said to the programs of test/toolchains. */
export interface RecordedServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** The token that the programs' credential plugin gives. */
export const token = "of-the-plugin";

/** What is answered beside the API, under a content security policy. */
interface Page {
  readonly type: string;
  readonly policy?: string;
  readonly body: string | Uint8Array;
}

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;

/** By HTTP/2 and HTTP/1.1 with a certificate, else by HTTP/1.1 alone; `other` answers what is not below `prefix`. */
export async function startRecordedServer(options: {
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly prefix?: string;
  readonly other?: (path: string) => Page | undefined;
}): Promise<RecordedServer> {
  const { tls, prefix = "", other } = options;
  const listener = (request: Request, response: Response): void => {
    const path = (request.url ?? "").split("?")[0] ?? "";
    const isApi = ["/api", "/~watch"].some((start) => path.startsWith(`${prefix}${start}`));
    const page = isApi ? undefined : other?.(path);
    if (page === undefined) {
      void answer(request, response as ServerResponse, path.slice(prefix.length), prefix !== "");
      return;
    }
    const { type, policy, body } = page;
    const headers = { "content-type": type, ...(policy === undefined ? {} : { "content-security-policy": policy }) };
    (response as ServerResponse).writeHead(200, headers).end(body);
  };
  const server: Server =
    tls === undefined ? createServer(listener) : createSecureServer({ ...tls, allowHTTP1: true }, listener);
  server.on("upgrade", answerExec);
  const sockets = new Set<Socket>();
  server.on(tls === undefined ? "connection" : "secureConnection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).once("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    origin: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function answer(request: Request, response: ServerResponse, path: string, anybody: boolean): Promise<void> {
  const send = (status: number, object: object): void => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(object));
  };
  const failure = (code: number, reason: string, message: string): void =>
    send(code, { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code });
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const watched = request.url?.includes("watch=") === true;
  if (!anybody && request.headers.authorization !== `Bearer ${token}`) failure(401, "Unauthorized", "Unauthorized");
  else if (path === "/~watch") failure(404, "NotFound", "the server could not find the requested resource");
  else if (request.method === "POST" || request.method === "PATCH") send(201, JSON.parse(body) as object);
  else if (discovery[path] !== undefined) send(200, discovery[path]);
  else if (path !== "/api/v1/namespaces/default/pods") failure(404, "NotFound", `${path} not found`);
  else if (request.headers.accept?.split(",").includes(protobuf) === true) {
    response.writeHead(200, { "content-type": watched ? `${protobuf};stream=watch` : protobuf });
    if (watched) response.write(podEvents);
    else response.end(podList);
  } else if (watched) {
    response.writeHead(200, { "content-type": "application/json" });
    const events = request.url?.includes("sendInitialEvents=true") === true ? [added, initialEnd] : [added, modified];
    for (const event of events) response.write(`${JSON.stringify(event)}\n`);
  } else send(200, { kind: "PodList", apiVersion: "v1", metadata: { resourceVersion: "7" }, items: [pod] });
}

const protobuf = "application/vnd.kubernetes.protobuf";

/** What it has. */
const discovery: Readonly<Record<string, object>> = {
  "/api": { kind: "APIVersions", versions: ["v1"] },
  "/apis": { kind: "APIGroupList", apiVersion: "v1", groups: [] },
  "/api/v1": {
    kind: "APIResourceList",
    groupVersion: "v1",
    resources: [
      { name: "pods", singularName: "pod", kind: "Pod", namespaced: true, verbs: ["create", "get", "list", "watch"] },
    ],
  },
};

/** Who asks for JSON alone sees another name than who asks for protobuf. */
const pod = {
  kind: "Pod",
  apiVersion: "v1",
  metadata: {
    name: "web-0",
    namespace: "default",
    uid: "a",
    resourceVersion: "7",
    creationTimestamp: "2026-01-01T00:00:00Z",
  },
};

const added = { type: "ADDED", object: pod };
const modified = { type: "MODIFIED", object: pod };
const initialEnd = {
  type: "BOOKMARK",
  object: {
    kind: "Pod",
    apiVersion: "v1",
    metadata: { resourceVersion: "7", annotations: { "k8s.io/initial-events-end": "true" } },
  },
};

/** What a page prints that did all that pages can; the pod's name is that of the answer in protobuf. */
export const expectedOfPage = "proto-0 true b 3 ADDED MODIFIED";

/** What a program prints that did all of it. */
export const expected = `${expectedOfPage} ${written} 0`;
