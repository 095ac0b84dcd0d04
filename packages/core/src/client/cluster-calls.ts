// What a cluster does beside handing out clients, in one piece: it loads with the first use of any of them.
export { findResource } from "../discovery/find-resource.ts";
export { readServed } from "../discovery/read-served.ts";
export { applyAll } from "../manifest/apply-all.ts";
export { applyObject } from "../manifest/apply-object.ts";
export { impersonationHeaders } from "../request/impersonation.ts";
export { readInfo, readVersion } from "./cluster-info.ts";
export { rawRequest } from "./raw-request.ts";
