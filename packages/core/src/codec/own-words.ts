import { isObject } from "./is-object.ts";
import { notAnApiServer } from "./media-type.ts";

/** How much of a body is looked at, in bytes. */
export const wordsSize: number = 16 * 1024;
/** How much of a text enters an error, in characters; client-go reads as many bytes (rest/request.go, maxUnstructuredResponseTextBytes). */
const textLimit = 2048;
/** How much of it enters a message. */
const messageLimit = 500;

/** What a server says of a refusal when it does not send a Status. */
export interface OwnWords {
  /** The server's text. */
  readonly text: string;
  /** In one line, for a message. */
  readonly short: string;
}

/**
 * The text of a refusal: the title of a web page, the message in a JSON object, else the body itself. Undefined when there is none;
 * what a JSON object says beside its message is data, and never enters an error. Proxies like to show the request that they refuse,
 * so what looks like its credentials is taken out.
 */
export function ownWords(bytes: Uint8Array, mediaType: string | undefined): OwnWords | undefined {
  const whole = textOf(bytes);
  if (whole === undefined) return undefined;
  if (mediaType?.includes("html") === true || /^<(?:!doctype html|html)\b/i.test(whole)) {
    const title = clean(/<title[^>]*>([^<]*)/i.exec(whole)?.[1] ?? "");
    const what = `a web page${title === "" ? "" : ` "${oneLine(title)}"`}`;
    return { text: title === "" ? what : title, short: `${what}; ${notAnApiServer}` };
  }
  const text = clean(whole.startsWith("{") || mediaType?.endsWith("json") === true ? messageIn(whole) : whole);
  return text === "" ? undefined : { text, short: oneLine(text) };
}

/** The bytes as text; undefined for none, and for what nobody would read. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    // As a stream: what was read may end within a character.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true }).trim();
    // eslint-disable-next-line no-control-regex
    return text === "" || /[\u0000-\u0008\u000e-\u001f]/.test(text) ? undefined : text;
  } catch {
    return undefined; // The body is not text.
  }
}

// The fields in which gateways, OAuth (RFC 6749), problem details (RFC 9457) and common frameworks say what is wrong.
const fields = ["message", "error_description", "detail", "error", "title", "reason"];

/** The message in a JSON object; empty if it has none, or is an object of the API. */
function messageIn(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return ""; // Damaged, it may be any object, also a Secret.
  }
  for (let depth = 0; depth < 3 && isObject(value) && !("kind" in value); depth++) {
    const object = value;
    const field = fields.find((name) => isObject(object[name]) || (typeof object[name] === "string" && object[name]));
    value = field === undefined ? undefined : object[field];
  }
  return typeof value === "string" ? value : "";
}

function clean(text: string): string {
  return shorten(text.replace(/\b(Bearer|Basic)(\s+|%20)[^\s"'<>,;]+/gi, "$1 [redacted]").trim(), textLimit);
}

function oneLine(text: string): string {
  return shorten(text.replace(/\s+/g, " "), messageLimit);
}

function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}…`;
}
