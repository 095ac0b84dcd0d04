import { createServer, type Server } from "node:http";
import { createCluster, type DynamicObject, type Transport } from "@kubewright/core";
import { createWebTransport } from "@kubewright/core/web";
import { createNodeTransport } from "@kubewright/node/transport";
import fc from "fast-check";
import { afterAll, beforeAll, describe, test } from "vitest";
import { canonical, jsonObjectText, jsonText } from "../support/json-arbitrary.ts";

// Sends back what it got; `wire` holds what came.
const wire: string[] = [];
let server: Server;
let address: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      wire.push(body.toString());
      response.writeHead(200, { "content-type": "application/json" }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

const transports: readonly (readonly [string, () => Transport])[] = [
  ["web", () => createWebTransport({ server: address })],
  ["node", () => createNodeTransport({ server: address })],
];

describe.each(transports)("%s transport", (_, create) => {
  test("any JSON object survives read, write and read again, digit for digit", async () => {
    const cluster = createCluster({ transport: create(), userAgent: "test" });
    const things = cluster.resource({
      group: "a.b",
      version: "v1",
      plural: "things",
      kind: "Thing",
      namespaced: false,
    });
    const headers = { "content-type": "application/json" };
    await fc.assert(
      fc.asyncProperty(jsonObjectText(jsonText(3)), async (spec) => {
        const sent = `{"apiVersion":"a.b/v1","kind":"Thing","metadata":{"name":"x"},"spec":${spec}}`;
        wire.length = 0;
        const raw = await cluster.request({ method: "POST", path: "/echo", body: sent, headers });
        const again = await things.create((await raw.json()) as DynamicObject);
        if (canonical(wire[1] as string) !== canonical(sent)) throw new Error(`written: ${wire[1]}`);
        if (canonical(JSON.stringify(again)) !== canonical(sent)) throw new Error(`read: ${JSON.stringify(again)}`);
        if (Object.getPrototypeOf(again) !== Object.prototype) throw new Error("the prototype was changed");
      }),
      { numRuns: 300 },
    );
    await cluster.close();
  });
});
