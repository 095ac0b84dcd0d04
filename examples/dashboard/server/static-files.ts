import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join } from "node:path";
import { pipeline } from "node:stream/promises";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/** Nothing but what this origin serves. */
const policy = "default-src 'self'; style-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'";

/** Serves the files of a folder that vite built. */
export function staticFiles(folder: string): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const path = String(request.url).replace(/[?#].*/, "");
    const name = path === "/" ? "index.html" : path.slice(1);
    const file = join(folder, name);
    // vite's names are plain; whatever else could lead out of the folder.
    const plain = /^[\w.-]+(\/[\w.-]+)*$/.test(name) && !name.split("/").some((part) => part.startsWith("."));
    if ((request.method !== "GET" && request.method !== "HEAD") || !plain || !(await isFile(file))) {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file.\n");
      return;
    }
    response.writeHead(200, {
      "content-type": types[extname(file)] ?? "application/octet-stream",
      // Names of assets change with what is in them.
      "cache-control": name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
    });
    // A page that goes away is no failure, and a file that cannot be read to its end breaks the answer off.
    await pipeline(createReadStream(file), response).catch(() => response.destroy());
  };
}

async function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
