// What tests in Node begin with.
export { startApiServer } from "./node/start-api-server.ts";
export type { ApiServer, ApiServerConnectOptions, ApiServerOptions } from "./node/start-api-server.ts";
export { createApiServer } from "./serving/create-api-server.ts";
export type { ApiServerHeart, ApiServerHeartOptions } from "./serving/create-api-server.ts";
export type { ReceivedRequest } from "./serving/request-log.ts";
