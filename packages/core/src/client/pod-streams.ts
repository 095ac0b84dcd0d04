// The one piece that loads when a pod's stream is first opened.
export { outputOf } from "../exec/output-of.ts";
export { attach } from "./attach.ts";
export { connect, createPodTunnels } from "./connect.ts";
export { exec } from "./exec.ts";
