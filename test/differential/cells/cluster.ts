import type { Sequence } from "../exchange.ts";
import { config } from "./config.ts";
import { endpointCells } from "./endpoints.ts";
import { namespaces } from "./namespaces.ts";
import { networking } from "./networking.ts";
import { rbac } from "./rbac.ts";
import { limits } from "./limits.ts";
import { serving } from "./serving.ts";
import { services } from "./services.ts";
import { storage } from "./storage.ts";

/** What a cluster is made of, beside workloads. */
export const cluster: Readonly<Record<string, Sequence>> = {
  ...namespaces,
  ...services,
  ...config,
  ...endpointCells,
  ...rbac,
  ...networking,
  ...storage,
  ...limits,
  ...serving,
};
