export { portForward } from "@kubewright/node/port-forward";
export type {
  ForwardedPod,
  ForwardedPods,
  ForwardedPort,
  ForwardTarget,
  PortForward,
  PortForwardOptions,
} from "@kubewright/node/port-forward";
