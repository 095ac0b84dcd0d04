import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A site of an attacker: an empty page, one that frames the page with no origin at all, and a redirect to wherever it is told. */
export async function startHostileSite(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://hostile");
    if (pathname === "/redirect") {
      // What CORS asks of a redirect, so that the attack gets as far as it can.
      const cors = { "access-control-allow-origin": "*", location: searchParams.get("to") ?? "" };
      response.writeHead(Number(searchParams.get("status")), cors).end();
      return;
    }
    const framed = `<iframe name="sandboxed" sandbox="allow-scripts allow-forms" src="/"></iframe>`;
    const body = pathname === "/framing" ? framed : "";
    response.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html><title>Hostile</title><body>${body}`);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
