import type { ApiRequest, ApiResponse, Transport } from "@kubewright/core";

/** What a test answers: a JSON body with status 200, or all of it. */
export type Answer =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string | Uint8Array | readonly string[];
    }
  | { readonly json: unknown; readonly status?: number; readonly headers?: Readonly<Record<string, string>> };

/** A transport without network: keeps every request and answers from the test. */
export interface RecordingTransport extends Transport {
  readonly requests: ApiRequest[];
}

/** Makes one; `answer` may be asynchronous or throw. Default: an empty object. */
export function recordingTransport(
  answer: (request: ApiRequest, index: number) => Answer | Promise<Answer> = () => ({ json: {} }),
): RecordingTransport {
  const requests: ApiRequest[] = [];
  return {
    server: "https://recorded.test",
    requests,
    async send(request): Promise<ApiResponse> {
      requests.push(request);
      const given = await answer(request, requests.length - 1);
      const headers: Record<string, string> = {
        ...("json" in given ? { "content-type": "application/json" } : {}),
        ...given.headers,
      };
      const body = "json" in given ? JSON.stringify(given.json) : given.body;
      return {
        status: given.status ?? 200,
        headers: { get: (name) => headers[name] },
        body: chunks(typeof body === "string" || body instanceof Uint8Array ? [body] : body, request.signal),
        discard: () => {},
      };
    },
    close: async () => {},
  };
}

async function* chunks(
  parts: readonly (string | Uint8Array)[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    await Promise.resolve();
    signal?.throwIfAborted();
    yield typeof part === "string" ? new TextEncoder().encode(part) : part;
  }
}
