import { request } from "node:https";
import type { Json } from "./stable-json.ts";

/** Where the API server is and who asks. */
export interface ApiAccess {
  readonly server: string;
  /** PEM text of the certificate authority. */
  readonly ca: string;
  readonly token: string;
}

const CEILING_MS = 30_000;

/** Reads one JSON document. Any status but 200 is an error that names the path. */
export function readJson(api: ApiAccess, path: string, accept = "application/json"): Promise<Json> {
  return new Promise((resolve, reject) => {
    const call = request(
      new URL(path, api.server),
      {
        ca: api.ca,
        headers: { accept, authorization: `Bearer ${api.token}` },
        signal: AbortSignal.timeout(CEILING_MS),
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          if (response.statusCode !== 200) {
            reject(new Error(`GET ${path}: status ${response.statusCode}: ${text.slice(0, 300)}`));
            return;
          }
          try {
            resolve(JSON.parse(text) as Json);
          } catch (cause) {
            reject(new Error(`GET ${path}: the body is not JSON`, { cause }));
          }
        });
      },
    );
    call.on("error", reject);
    call.end();
  });
}
