import { badRequest } from "../exchange/refusal.ts";
import { JsonSyntaxError, readNode } from "./json-node.ts";

/** Where the next page of a list begins (k8s.io/apiserver pkg/storage/continue.go). */
export interface ContinueToken {
  /** Of the list's snapshot; negative: as it is by then. */
  readonly revision: number;
  /** The first key that may stand in the page, below what the list is about. */
  readonly startKey: string;
}

const tokenVersion = "meta.k8s.io/v1";

/** A token as text. */
export function writeContinue({ revision, startKey }: ContinueToken): string {
  const bytes = new TextEncoder().encode(JSON.stringify({ v: tokenVersion, rv: revision, start: startKey }));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** Reads one. @throws Refusal for a text that is none */
export function readContinue(text: string): ContinueToken {
  const bytes = bytesOf(text);
  try {
    // Byte by byte, as Go shows the first one that is wrong.
    readNode(String.fromCharCode(...bytes));
  } catch (error) {
    throw error instanceof JsonSyntaxError ? invalidKey(`: ${error.message}`) : error;
  }
  const {
    v = "",
    rv = 0,
    start = "",
  } = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Record<"v" | "start", string>> & { rv?: number };
  if (v !== tokenVersion) throw invalidKey(`: server does not recognize this encoded version ${v}`);
  if (rv === 0) throw invalidKey(`: incorrect encoded start resourceVersion (version ${tokenVersion})`);
  if (start === "") throw invalidKey(`: encoded start key empty (version ${tokenVersion})`);
  const startKey = start.replace(/^\//, "");
  // It must not lead out of what the list is about.
  if (startKey.split("/").some((part) => part === "" || part === "." || part === "..")) throw invalidKey(`: ${start}`);
  return { revision: rv, startKey };
}

function bytesOf(text: string): Uint8Array {
  const wrong = /[^\w-]/.exec(text)?.index ?? (text.length % 4 === 1 ? text.length - 1 : undefined);
  if (wrong !== undefined) throw invalidKey(`: illegal base64 data at input byte ${wrong}`);
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}

function invalidKey(why: string): Error {
  return badRequest(`invalid continue token: continue key is not valid${why}`);
}
