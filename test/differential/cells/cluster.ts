import type { Sequence } from "../exchange.ts";
import { config } from "./config.ts";
import { endpointCells } from "./endpoints.ts";
import { namespaces } from "./namespaces.ts";
import { networking } from "./networking.ts";
import { rbac } from "./rbac.ts";
import { services } from "./services.ts";

/** What a cluster is made of, beside workloads. */
export const cluster: Readonly<Record<string, Sequence>> = {
  ...namespaces,
  ...services,
  ...config,
  ...endpointCells,
  ...rbac,
  ...networking,
};
