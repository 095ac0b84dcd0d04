// A module of its own: it loads node:net, which importing the package must not.
import "./check-node.ts";

export { portForward } from "./forward/port-forward.ts";
export type { PortForward } from "./forward/port-forward.ts";
export type {
  ForwardedPod,
  ForwardedPods,
  ForwardedPort,
  ForwardTarget,
  PortForwardOptions,
} from "./forward/options.ts";
