// What tests in Node begin with. The server without sockets is that of web.ts: here the most of it loads when it is asked.
export { startApiServer } from "./node/start-api-server.ts";
export type { ApiServer, ApiServerConnectOptions, ApiServerOptions } from "./node/start-api-server.ts";
export type { ApiServerHeart, ApiServerHeartOptions } from "./serving/heart.ts";
export type { ReceivedRequest } from "./serving/request-log.ts";
export { createVirtualClock } from "./node/virtual-clock.ts";
export type { VirtualClock, VirtualStart } from "./node/virtual-clock.ts";
export type { AccessRequest, Authorize } from "./access/access-rules.ts";
export type { User } from "./access/user.ts";
export type { AfterBytes, Fault, FaultRuleBuilder, Faults, FaultStatus } from "./faults/faults.ts";
export type { FaultSubject } from "./faults/subject.ts";
export type {
  ContainerMatch,
  ContainerProcess,
  ExecProcess,
  Hook,
  Hooks,
  PortConnection,
  PortMatch,
  ProxyMatch,
} from "./hooks/hooks.ts";
export type { PodLog } from "./hooks/pod-logs.ts";
