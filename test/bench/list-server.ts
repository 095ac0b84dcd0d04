import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import type { AddressInfo } from "node:net";
import { constants, gzipSync } from "node:zlib";

// The other side of rows/lists.ts, in a process of its own: /api/v1/pods as a real API server answered it, whole or in pages, from
// bodies that are ready. The time that a server takes to write them would hide what a client takes to read them.

const { CERT: cert, KEY: key, PODS, GZIP } = process.env;
const count = Number(PODS);

const template = JSON.stringify(JSON.parse(readFileSync(new URL("pod.json", import.meta.url), "utf8")));
const recorded = { name: "psdht", uid: "8c6c0a25-e2c7-4d09-b062-13a4b4daa621", version: "286", ip: "198.51.100.1" };

/** Pods differ where those of one deployment do. */
function pod(i: number): string {
  const hash = createHash("sha256").update(String(i)).digest("hex");
  const uid = [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)];
  return template
    .replaceAll(recorded.name, hash.slice(-5))
    .replaceAll(recorded.uid, uid.join("-"))
    .replaceAll(recorded.uid.replaceAll("-", ""), uid.join(""))
    .replaceAll(`"resourceVersion":"${recorded.version}"`, `"resourceVersion":"${100_000 + i * 7}"`)
    .replaceAll(recorded.ip, `10.${(i >> 14) & 255}.${(i >> 7) & 127}.${i & 127}`);
}

const pods = Array.from({ length: count }, (_, i) => pod(i));

function page(from: number, limit: number): Buffer {
  const left = count - from - limit;
  const more = left > 0 ? { continue: String(from + limit), remainingItemCount: left } : {};
  const metadata = JSON.stringify({ resourceVersion: "9000000", ...more });
  const items = pods.slice(from, from + limit).join(",");
  return Buffer.from(`{"kind":"PodList","apiVersion":"v1","metadata":${metadata},"items":[${items}]}\n`);
}

const bodies = new Map<string, Buffer>();

function body(url: URL, gzip: boolean): Buffer {
  const limit = Number(url.searchParams.get("limit") ?? 0) || count;
  const from = Number(url.searchParams.get("continue") ?? 0);
  const id = `${from} ${limit} ${gzip}`;
  let bytes = bodies.get(id);
  if (bytes === undefined) {
    bytes = page(from, limit);
    // The API server's own level.
    if (gzip) bytes = gzipSync(bytes, { level: constants.Z_BEST_SPEED });
    bodies.set(id, bytes);
  }
  return bytes;
}

const blockSize = 64 * 1024;

function answer(request: Http2ServerRequest, response: Http2ServerResponse): void {
  const url = new URL(request.url, "https://localhost");
  if (url.pathname !== "/api/v1/pods") {
    response.writeHead(404).end();
    return;
  }
  const gzip = GZIP === "1" && String(request.headers["accept-encoding"]).includes("gzip");
  const bytes = body(url, gzip);
  response.writeHead(200, { "content-type": "application/json", ...(gzip && { "content-encoding": "gzip" }) });
  let sent = 0;
  const more = (): void => {
    while (sent < bytes.length) {
      const block = bytes.subarray(sent, sent + blockSize);
      sent += blockSize;
      if (!response.write(block)) return void response.once("drain", more);
    }
    response.end();
  };
  more();
}

// All bodies that are asked for, before anybody waits for them.
const gzip = GZIP === "1";
const whole = body(new URL("https://localhost/api/v1/pods"), false).length;
body(new URL("https://localhost/api/v1/pods"), gzip);
for (let from = 0; from < count; from += 500) {
  body(new URL(`https://localhost/api/v1/pods?limit=500&continue=${from}`), gzip);
}
const server = createSecureServer({ cert, key, allowHTTP1: true });
server.on("request", answer);
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port, bytes: whole }));
process.on("disconnect", () => process.exit());
