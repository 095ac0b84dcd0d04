import { createGunzip } from "node:zlib";

/** A whole body as JSON, with nothing between the bytes and JSON.parse. */
export function readJson(body, encoding) {
  const bytes = encoding === "gzip" ? body.pipe(createGunzip()) : body;
  const chunks = [];
  return new Promise((resolve, reject) => {
    bytes.on("data", (chunk) => chunks.push(chunk));
    bytes.on("end", () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
    bytes.on("error", reject);
  });
}
