import type { IncomingMessage } from "node:http";
import * as https from "node:https";
import type { Answer, Request, Server } from "./exchange.ts";
import { bytesOf, headersOf, parsed } from "./messages.ts";
import { watchingOf } from "./watching.ts";

/** A server behind a socket. */
export interface RealServer extends Server {
  close(): void;
}

/** The real API server, as admin unless a request says otherwise. */
export function realServer({ server, ca, token }: { server: string; ca: string; token: string }): RealServer {
  const agent = new https.Agent({ ca, keepAlive: true });
  const { hostname, port } = new URL(server);
  const open = (sent: Request): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const body = bytesOf(sent);
      // Of a DELETE, Node would not say how long it is.
      const headers = { ...headersOf(sent, token), ...(body === undefined ? {} : { "content-length": body.length }) };
      https
        .request({ agent, hostname, port, method: sent.method, path: sent.path, headers })
        .on("error", reject)
        .on("response", resolve)
        .end(body);
    });
  return {
    async send(sent) {
      const response = await open(sent);
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      return answerOf(response, Buffer.concat(chunks).toString());
    },
    async watch(sent) {
      const response = await open({ ...sent, method: "GET" });
      if (response.statusCode === 200) {
        const watching = watchingOf(response, () => response.destroy());
        return { answer: answerOf(response, ""), watching };
      }
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk as Buffer);
      const answer = answerOf(response, Buffer.concat(chunks).toString());
      return { answer, watching: watchingOf(nothing(), () => undefined) };
    },
    close: () => agent.destroy(),
  };
}

function answerOf({ statusCode = 0, headers }: IncomingMessage, text: string): Answer {
  return {
    status: statusCode,
    headers: headers as Record<string, string>,
    body: parsed(text, headers["content-type"]),
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
