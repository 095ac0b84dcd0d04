import { inspect } from "node:util";
import { type ApiRequest, type ApiResponse, createResends, isKubeError } from "@kubewright/core";

/** A GET of `path`, changed as the test says. */
export function apiRequest(path: string, changes: Partial<ApiRequest> = {}): ApiRequest {
  const { method = "GET", replay = "never" } = changes;
  return {
    verb: method.toLowerCase(),
    method,
    path,
    query: "",
    headers: {},
    body: undefined,
    signal: undefined,
    streaming: false,
    replay,
    resends: createResends({ method, replay }),
    ...changes,
  };
}

/** The whole body as text. */
export async function bodyText(response: Pick<ApiResponse, "body">): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of response.body) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

/** What a promise rejects with; fails the test when it does not. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("expected a rejection");
}

/** What an error of the library says, `Name: message`; fails the test for any other error, and for none. */
export async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await rejection(promise);
  if (!isKubeError(error)) throw new Error(`expected an error of the library, got ${inspect(error)}`);
  return `${error.name}: ${error.message}`;
}

/** Resolves when `condition` holds; rejects after `ms`. */
export async function until(condition: () => boolean, ms = 20_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not true within ${ms} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
