import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type HandlerServer,
  type Protocol,
  type ReceivedRequest,
  type Reply,
  startHandlerServer,
} from "../../support/handler-server.ts";

/** What a platform asks for; answered one after another. */
export type Command =
  | { readonly op: "listen"; readonly protocol: Protocol; readonly tls: { cert: string; key: string } | undefined }
  | { readonly op: "close"; readonly server: number }
  | {
      readonly op: "head";
      readonly exchange: number;
      readonly status: number;
      readonly headers: Record<string, string>;
    }
  | { readonly op: "write" | "end"; readonly exchange: number; readonly base64: string | undefined }
  | { readonly op: "destroy"; readonly exchange: number }
  | { readonly op: "report"; readonly outcome: { readonly name: string; readonly error?: string } }
  | { readonly op: "done" };

/** What happens at the servers, in order. */
export type Happening =
  | {
      readonly happened: "request";
      readonly server: number;
      readonly exchange: number;
      readonly request: Pick<ReceivedRequest, "method" | "path" | "query" | "headers" | "port"> & {
        readonly base64: string;
      };
      readonly connections: number;
    }
  | { readonly happened: "ended"; readonly exchange: number };

/** Servers of Node for a suite that runs elsewhere: a page cannot listen, and a server of another runtime has faults of its own. */
export interface Relay {
  readonly origin: string;
  readonly outcomes: readonly { readonly name: string; readonly error?: string }[];
  readonly done: Promise<void>;
  close(): Promise<void>;
}

/** `page`: the script of a page that is served at the root. */
export async function startRelay(page?: string): Promise<Relay> {
  const servers: HandlerServer[] = [];
  const exchanges: { readonly request: ReceivedRequest; readonly reply: Reply }[] = [];
  const outcomes: { name: string; error?: string }[] = [];
  let finish = (): void => {};
  const done = new Promise<void>((resolve) => (finish = resolve));
  let events: ServerResponse | undefined;
  const say = (happening: Happening): void => void events?.write(`${JSON.stringify(happening)}\n`);

  async function obey(command: Command): Promise<object> {
    switch (command.op) {
      case "listen": {
        const number = servers.length;
        const server = await startHandlerServer(
          command.protocol,
          (request, reply) => {
            const exchange = exchanges.push({ request, reply }) - 1;
            const { method, path, query, headers, port, body } = request;
            say({
              happened: "request",
              server: number,
              exchange,
              request: { method, path, query, headers, port, base64: body.toString("base64") },
              connections: server.connections(),
            });
            void request.ended.then(() => say({ happened: "ended", exchange }));
          },
          command.tls,
        );
        servers.push(server);
        return { number, origin: server.origin };
      }
      case "close":
        await servers[command.server]?.close();
        break;
      case "head":
        exchanges[command.exchange]?.reply.head(command.status, command.headers);
        break;
      case "write":
      case "end": {
        const bytes = command.base64 === undefined ? undefined : Buffer.from(command.base64, "base64");
        const reply = exchanges[command.exchange]?.reply;
        if (command.op === "end") reply?.end(bytes);
        else if (bytes !== undefined) reply?.write(bytes);
        break;
      }
      case "destroy":
        exchanges[command.exchange]?.request.destroyConnection();
        break;
      case "report":
        outcomes.push(command.outcome);
        break;
      case "done":
        finish();
        break;
    }
    return {};
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === "GET") {
      if (request.url === "/events") {
        events = response;
        response.writeHead(200, { "content-type": "text/plain" }).flushHeaders();
      } else {
        const script = request.url === "/suite.mjs";
        response.setHeader("content-type", script ? "text/javascript" : "text/html");
        response.end(script ? page : '<!doctype html><script type="module" src="/suite.mjs"></script>');
      }
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await obey(JSON.parse(Buffer.concat(chunks).toString()) as Command);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer));
  }

  const control = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  control.listen(0, "127.0.0.1");
  await once(control, "listening");
  return {
    origin: `http://127.0.0.1:${(control.address() as AddressInfo).port}`,
    outcomes,
    done,
    async close() {
      await Promise.all(servers.map((server) => server.close().catch(() => {})));
      control.closeAllConnections();
      control.close();
    },
  };
}
