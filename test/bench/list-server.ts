import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import { Agent, request as httpsRequest } from "node:https";
import type { AddressInfo } from "node:net";

// The other side of rows/lists.ts, in a process of its own: it answers as the real API server did, byte for byte, from what it recorded of
// it. The time that a server takes to write a list would hide what a client takes to read it.

const { CERT: cert, KEY: key, SOURCE: source, CA: ca, TOKEN: token, GZIP } = process.env;
const gzip = GZIP === "1";
const agent = new Agent({ ca, keepAlive: true });

interface Answer {
  readonly contentType: string;
  readonly compressed: boolean;
  readonly bytes: Buffer;
}

/** Asks the real server. `accept` is one media type. */
function ask(path: string, accept: string, compressed: boolean): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { accept, authorization: `Bearer ${token}`, ...(compressed && { "accept-encoding": "gzip" }) };
    const call = httpsRequest(`${source}${path}`, { agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode !== 200) return reject(new Error(`the API server answered ${response.statusCode}`));
        const { "content-type": contentType = "", "content-encoding": encoding } = response.headers;
        resolve({ contentType, compressed: encoding === "gzip", bytes: Buffer.concat(chunks) });
      });
    });
    call.on("error", reject);
    call.end();
  });
}

const answers = new Map<string, Promise<Answer>>();

/** What the real server says, asked once. Of the parameters only those of paging count. */
function answerTo(url: string, accept: string, compressed: boolean): Promise<Answer> {
  const { pathname, searchParams } = new URL(url, "https://localhost");
  const paging = ["limit", "continue"].flatMap((name) => {
    const value = searchParams.get(name);
    return value === null || value === "0" ? [] : [`${name}=${encodeURIComponent(value)}`];
  });
  const path = paging.length === 0 ? pathname : `${pathname}?${paging.join("&")}`;
  const [first = ""] = accept.split(",");
  const id = `${path} ${first} ${compressed}`;
  let answer = answers.get(id);
  if (answer === undefined) answers.set(id, (answer = ask(path, first.trim(), compressed)));
  return answer;
}

const blockSize = 64 * 1024;

async function respond(request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> {
  const { accept = "application/json", "accept-encoding": encodings = "" } = request.headers;
  const canGunzip = String(encodings).includes("gzip");
  const { contentType, compressed, bytes } = await answerTo(request.url, accept, gzip && canGunzip);
  response.writeHead(200, { "content-type": contentType, ...(compressed && { "content-encoding": "gzip" }) });
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

const server = createSecureServer({ cert, key, allowHTTP1: true });
server.on("request", (request, response) => {
  void respond(request, response);
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("message", () => void recorded().then((bytes) => process.send?.(bytes)));
process.on("disconnect", () => process.exit());

/** How many bytes of each media type were recorded, as they are sent. */
async function recorded(): Promise<Readonly<Record<string, number>>> {
  const bytes: Record<string, number> = {};
  for (const { contentType, bytes: body } of await Promise.all(answers.values())) {
    bytes[contentType] = (bytes[contentType] ?? 0) + body.length;
  }
  return bytes;
}
