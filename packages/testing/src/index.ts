// What tests in Node begin with.
export { startApiServer } from "./node/start-api-server.ts";
export type { ApiServer } from "./node/start-api-server.ts";
export type { ApiServerHeartOptions } from "./serving/create-api-server.ts";
