import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";

/** Where and as whom. */
export interface RawApiOptions {
  /** `https://127.0.0.1:6443` */
  readonly server: string;
  /** PEM file. */
  readonly caFile: string;
  readonly token: string;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface RawWatch {
  readonly status: number;
  readonly headers: RawAnswer["headers"];
  /** Resolves when the server ended it, or after `close()`; rejects when it broke. */
  readonly ended: Promise<void>;
  close(): void;
}

/** An API server as it is, without a client library: what is judged must not judge itself. */
export interface RawApi {
  send(method: string, path: string, body?: object, contentType?: string): Promise<RawAnswer>;
  /** Resolves with the headers. Lines come without their end. */
  watch(path: string, onLine: (line: string) => void): Promise<RawWatch>;
  close(): void;
}

/** Opens it; nothing is sent yet. */
export function rawApi({ server, caFile, token }: RawApiOptions): RawApi {
  const agent = new Agent({ ca: readFileSync(caFile), keepAlive: true });
  const { hostname, port } = new URL(server);

  function begin(method: string, path: string, body?: object, contentType = "application/json") {
    const headers = {
      authorization: `Bearer ${token}`,
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": contentType }),
    };
    const sent = request({ agent, hostname, port, method, path, headers });
    sent.end(body === undefined ? undefined : JSON.stringify(body));
    return sent;
  }

  return {
    send: (method, path, body, contentType) =>
      new Promise((resolve, reject) => {
        begin(method, path, body, contentType)
          .on("error", reject)
          .on("response", (answer) => {
            const chunks: Buffer[] = [];
            answer.on("error", reject).on("data", (chunk: Buffer) => chunks.push(chunk));
            answer.on("end", () => {
              const { statusCode: status = 0, headers } = answer;
              resolve({ status, headers, text: Buffer.concat(chunks).toString() });
            });
          });
      }),
    watch: (path, onLine) =>
      new Promise((resolve, reject) => {
        const sent = begin("GET", path);
        sent.on("error", reject).on("response", (answer) => {
          let rest = "";
          answer.setEncoding("utf8").on("data", (text: string) => {
            const lines = (rest + text).split("\n");
            rest = lines.pop() ?? "";
            for (const line of lines) onLine(line);
          });
          let closed = false;
          const ended = new Promise<void>((end, fail) => {
            answer.on("end", () => {
              if (rest !== "") onLine(rest);
              end();
            });
            answer.on("error", (error) => (closed ? end() : fail(error)));
          });
          ended.catch(() => undefined); // who waits for it is told
          const { statusCode: status = 0, headers } = answer;
          const close = (): void => {
            closed = true;
            sent.destroy();
          };
          resolve({ status, headers, ended, close });
        });
      }),
    close: () => agent.destroy(),
  };
}
