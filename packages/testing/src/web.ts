// What a page or any other place without sockets begins with.
export { createApiServer } from "./serving/create-api-server.ts";
export type { ApiServerHeart, ApiServerHeartOptions } from "./serving/heart.ts";
export type { ReceivedRequest } from "./serving/request-log.ts";
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
