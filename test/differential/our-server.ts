import { createApiServer, type ApiServerHeartOptions } from "../../packages/testing/src/web.ts";
import { requestHeaders } from "../../packages/testing/src/exchange/request-headers.ts";
import type { Answer, Server } from "./exchange.ts";
import { bytesOf, headersOf, parsed } from "./messages.ts";
import { watchingOf } from "./watching.ts";

/** The server in this process, without controllers, as the real one is run. */
export function ourServer(options: ApiServerHeartOptions = {}): Server {
  const { serve } = createApiServer({
    apis: "all",
    controllers: false,
    users: { admin: { name: "admin", uid: "admin", groups: ["system:masters"] } },
    // Nobody else has a role.
    authorize: ({ user }) => user.groups?.includes("system:masters") === true,
    protobuf: () => import("@kubewright/protobuf"),
    ...options,
  });
  const open: (sent: Parameters<Server["send"]>[0], signal: AbortSignal) => ReturnType<typeof serve> = (
    sent,
    signal,
  ) => {
    const [path = "", query = ""] = sent.path.split("?");
    const headers = requestHeaders(headersOf(sent, "admin"));
    const body = bytesOf(sent) ?? new Uint8Array();
    return serve({ method: sent.method, path, query, headers, body, signal });
  };
  const headersIn = (headers: Readonly<Record<string, readonly string[]>>): Record<string, string> =>
    Object.fromEntries(Object.entries(headers).map(([name, values]) => [name, values.join(", ")]));
  return {
    async send(sent): Promise<Answer> {
      const { status, headers, body: bytes } = await open(sent, new AbortController().signal);
      const chunks: Uint8Array[] = [];
      if (bytes instanceof Uint8Array) chunks.push(bytes);
      else for await (const chunk of bytes) chunks.push(chunk);
      const body = parsed(Buffer.concat(chunks).toString(), headers["content-type"]?.[0]);
      return { status, headers: headersIn(headers), body };
    },
    async watch(sent) {
      const gone = new AbortController();
      const { status, headers, body } = await open({ ...sent, method: "GET" }, gone.signal);
      const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : "";
      const chunks = body instanceof Uint8Array ? nothing() : body;
      return {
        answer: { status, headers: headersIn(headers), body: parsed(text, headers["content-type"]?.[0]) },
        watching: watchingOf(chunks, () => gone.abort()),
      };
    },
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
