import { createGunzip } from "node:zlib";

/** A whole body. */
export function readBody(body, encoding) {
  const bytes = encoding === "gzip" ? body.pipe(createGunzip()) : body;
  const chunks = [];
  return new Promise((resolve, reject) => {
    bytes.on("data", (chunk) => chunks.push(chunk));
    bytes.on("end", () => resolve(Buffer.concat(chunks)));
    bytes.on("error", reject);
  });
}
