export { terminal } from "@kubewright/node/terminal";
export type { TerminalExit, TerminalStart } from "@kubewright/node/terminal";
