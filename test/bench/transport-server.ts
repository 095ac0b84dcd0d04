import { createSecureServer } from "node:http2";
import type { AddressInfo } from "node:net";

// The other side of transport-small-gets.ts, in a process of its own: what the API server sends for a small object, and 50 MB.

const { CERT: cert, KEY: key } = process.env;

const object = Buffer.from(
  JSON.stringify({
    kind: "ConfigMap",
    apiVersion: "v1",
    metadata: {
      name: "small",
      namespace: "default",
      uid: "0d1c4b8e-0000-4000-8000-000000000000",
      resourceVersion: "4711",
      creationTimestamp: "2026-01-01T00:00:00Z",
    },
    data: { value: "x".repeat(400) },
  }),
);
const block = Buffer.alloc(1024 * 1024, "x");
const blocks = 50;

const server = createSecureServer({ cert, key, allowHTTP1: true, settings: { maxConcurrentStreams: 100 } });
server.on("request", (request, response) => {
  if (request.url === "/big") {
    let left = blocks;
    const more = (): void => {
      while (left > 0) {
        left -= 1;
        if (!response.write(block)) return void response.once("drain", more);
      }
      response.end();
    };
    response.writeHead(200, { "content-type": "application/json" });
    more();
    return;
  }
  response.writeHead(200, {
    "audit-id": "5c7e0f9a-0000-4000-8000-000000000000",
    "cache-control": "no-cache, private",
    "content-type": "application/json",
    "content-length": object.length,
    "x-kubernetes-pf-flowschema-uid": "f2d1e5a0-0000-4000-8000-000000000000",
    "x-kubernetes-pf-prioritylevel-uid": "a1b2c3d4-0000-4000-8000-000000000000",
  });
  response.end(object);
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
