// What tests in Node begin with.
export { startApiServer } from "./node/start-api-server.ts";
export type { ApiServer, ApiServerConnectOptions, ApiServerOptions } from "./node/start-api-server.ts";
export { createApiServer } from "./serving/create-api-server.ts";
export type { ApiServerHeart, ApiServerHeartOptions } from "./serving/create-api-server.ts";
export type { ReceivedRequest } from "./serving/request-log.ts";
export { createVirtualClock } from "./node/virtual-clock.ts";
export type { VirtualClock, VirtualStart } from "./node/virtual-clock.ts";
export type { AccessRequest, Authorize } from "./access/access-rules.ts";
export type { User } from "./access/user.ts";
export type { AfterBytes, Fault, FaultRuleBuilder, Faults, FaultStatus } from "./faults/faults.ts";
export type { FaultSubject } from "./faults/subject.ts";
