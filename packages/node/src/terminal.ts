// A room of its own: programs without a terminal need none of it.
export { terminal } from "./terminal/terminal.ts";
export type { TerminalExit, TerminalStart } from "./terminal/terminal.ts";
