// A backend that asks the cluster as whoever asks it, over one connection: node examples/backend.ts [PORT]
// GET /NAMESPACE lists its pods: for the user's own token (Authorization: Bearer …), or for the user whom a proxy in front of it
// has checked and names (X-Forwarded-User, X-Forwarded-Groups). The backend itself needs no right but to impersonate.
import { createServer, type IncomingMessage } from "node:http";
import { type CallOptions, connect, InputError, isKubeError, isStatusError, type KubeError } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";

const cluster = await connect();
const { pods } = cluster.api(CoreV1);

/** As whom a request is made. There is no default: it would be the backend itself. */
function identityOf({ headers }: IncomingMessage): Pick<CallOptions, "impersonate" | "token"> | undefined {
  const [, token] = /^Bearer (.+)$/i.exec(headers.authorization ?? "") ?? [];
  if (token !== undefined) return { token };
  const { "x-forwarded-user": user, "x-forwarded-groups": groups = "" } = headers;
  if (typeof user !== "string" || user === "") return undefined;
  return { impersonate: { user, groups: String(groups).split(",").filter(Boolean) } };
}

async function answer(request: IncomingMessage, signal: AbortSignal): Promise<{ status: number; body: unknown }> {
  const identity = identityOf(request);
  if (identity === undefined) return { status: 401, body: "who are you?" };
  const [namespace = ""] = (request.url ?? "").split("/").slice(1);
  try {
    const { items } = await pods.in(namespace).list({ ...identity, signal });
    return { status: 200, body: items.map(({ metadata, status }) => `${metadata.name} ${status.phase}`) };
  } catch (error) {
    if (!isKubeError(error)) throw error;
    return { status: statusOf(error), body: error.message };
  }
}

function statusOf(error: KubeError): number {
  // The user's own 401 or 403 goes back to the user.
  if (isStatusError(error)) return error.statusCode;
  return error instanceof InputError ? 400 : 502;
}

const server = createServer((request, response) => {
  // Who hangs up needs no answer from the cluster.
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  answer(request, gone.signal).then(
    ({ status, body }) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)),
    (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
  );
});
// Only this machine, for the headers above are believed.
server.listen(Number(process.argv[2] ?? 8080), "127.0.0.1", () => {
  const address = server.address();
  if (typeof address === "object") console.log(`listening at http://127.0.0.1:${address?.port}`);
});
process.once("SIGINT", () => {
  server.close();
  server.closeAllConnections();
  void cluster.close();
});
