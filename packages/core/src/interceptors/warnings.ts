import type { Interceptor } from "./interceptor.ts";

// A server that makes up ever new texts must not fill the memory.
const remembered = 1000;

/** Hands every text on to `handler` once. */
export function oncePerText(handler: (text: string) => void): (text: string) => void {
  const seen = new Set<string>();
  return (text) => {
    if (seen.has(text)) return;
    if (seen.size < remembered) seen.add(text);
    handler(text);
  };
}

/** Hands each Warning header's text to `handler`. https://kubernetes.io/docs/reference/using-api/api-concepts/#warnings */
export function warnings(handler: (text: string) => void): Interceptor {
  return (next) => async (request) => {
    const response = await next(request);
    const header = response.headers.get("warning");
    if (header !== undefined) {
      for (const text of parseWarnings(header)) handler(text);
    }
    return response;
  };
}

// One warning: what stands before its text, the text, and perhaps a quoted date. Sticky, so that it goes through a header once.
const warning = /([^"]*)"((?:[^"\\]+|\\.)*)"?(?:\s*"[^"]*"?)?/gsy;

/** The texts of a Warning header with code 299, the only one the API server sends: `299 - "text"`, several joined by commas. */
export function parseWarnings(header: string): string[] {
  return [...header.matchAll(warning)]
    .filter(([, head = ""]) => /^[\s,]*299 /.test(head))
    .map(([, , text = ""]) => text.replace(/\\(.)/gs, "$1"))
    .filter((text) => text !== "");
}
