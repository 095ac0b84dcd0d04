import type { Interceptor } from "./interceptor.ts";

// A server that makes up ever new texts must not fill the memory.
const remembered = 1000;

/** Hands each Warning header's text to `handler`, once per text. https://kubernetes.io/docs/reference/using-api/api-concepts/#warnings */
export function warnings(handler: (text: string) => void): Interceptor {
  const seen = new Set<string>();
  return (next) => async (request) => {
    const response = await next(request);
    const header = response.headers.get("warning");
    if (header !== undefined) {
      for (const text of parseWarnings(header)) {
        if (seen.has(text)) continue;
        if (seen.size < remembered) seen.add(text);
        handler(text);
      }
    }
    return response;
  };
}

/** The texts of a Warning header with code 299, the only one the API server sends: `299 - "text"`, several joined by commas. */
export function parseWarnings(header: string): string[] {
  const texts: string[] = [];
  let at = 0;
  while (at < header.length) {
    const open = header.indexOf('"', at);
    if (open === -1) break;
    const code = header.slice(at, open).replace(/^[\s,]+/, "");
    let text = "";
    let end = open + 1;
    while (end < header.length && header[end] !== '"') {
      if (header[end] === "\\") end++;
      text += header[end] ?? "";
      end++;
    }
    if (code.startsWith("299 ") && text !== "") texts.push(text);
    at = end + 1;
    // A quoted date may follow the text.
    if (/^\s*"/.test(header.slice(at, at + 8)))
      at = header.indexOf('"', header.indexOf('"', at) + 1) + 1 || header.length;
  }
  return texts;
}
