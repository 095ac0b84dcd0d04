import { createReadStream } from "node:fs";
import { realpath, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, sep } from "node:path";
import { pipeline } from "node:stream/promises";
import { InputError } from "@kubewright/core";
import { urlOf } from "../guard/request-url.ts";
import { readPath } from "../request/read-path.ts";
import { Refusal } from "../request/refusal.ts";

/** Answers with a file of a page. @throws Refusal for what is none */
export type PageFiles = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What stands on every file: the page may run and reach what is of its own origin, and nothing else. */
const headers: Readonly<Record<string, string>> = {
  "cache-control": "no-cache",
  "content-security-policy": [
    "default-src 'self'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** What files of a page are; all others are not served. */
const types: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** The files of a built page; `/` is its `index.html`. @throws InputError for a folder without that */
export async function openPageFiles(folder: string): Promise<PageFiles> {
  let root: string;
  try {
    root = await realpath(folder);
    await stat(join(root, "index.html"));
  } catch (cause) {
    throw new InputError("--www", `${JSON.stringify(folder)} has no index.html; name the folder of a built page`, {
      cause,
    });
  }
  return async (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") throw new Refusal(405, "files are read by GET");
    const { path } = urlOf(request);
    const segments = readPath(path === "/" ? "/index.html" : path);
    const file = await fileOf(root, segments);
    const type = types[extname(file)];
    if (type === undefined) throw noSuchFile();
    const { size } = await stat(file);
    response.writeHead(200, { ...headers, "content-type": type, "content-length": size });
    if (request.method === "HEAD") response.end();
    // A page that goes away is no failure, and a file that cannot be read to its end breaks the answer off.
    else
      await pipeline(createReadStream(file, { end: Math.max(0, size - 1) }), response).catch(() => response.destroy());
  };
}

/** The file that a path means, and only if it really lies in the folder: a link may lead out of it. */
async function fileOf(root: string, segments: readonly string[]): Promise<string> {
  if (segments.some((segment) => segment.startsWith("."))) throw noSuchFile();
  let file: string;
  try {
    file = await realpath(join(root, ...segments));
    if (!(await stat(file)).isFile()) throw noSuchFile();
  } catch (cause) {
    throw cause instanceof Refusal ? cause : noSuchFile();
  }
  if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) throw noSuchFile();
  return file;
}

function noSuchFile(): Refusal {
  return new Refusal(404, "there is no such file");
}
