import { headerProblem } from "./header-text.ts";

/** True for what can stand behind `Bearer` in a header. */
export function isToken(text: string): boolean {
  return text !== "" && !/\s/.test(text) && headerProblem(text) === undefined;
}

/** True when nothing leaves the machine: only then may credentials travel without TLS. */
export function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}
