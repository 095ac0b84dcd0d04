import { appendQuery } from "../request/query.ts";
import type { Interceptor } from "./interceptor.ts";

/**
 * Says who calls. Where the agent cannot be set (pages), `pretty=0` keeps the API server from answering browsers with indented
 * JSON of twice the size (k8s.io/apiserver, endpoints/handlers/negotiation).
 */
export function userAgent(agent: string | undefined): Interceptor {
  return (next) => (request) =>
    next(
      agent === undefined
        ? { ...request, query: appendQuery(request.query, "pretty", "0") }
        : { ...request, headers: { ...request.headers, "user-agent": [agent] } },
    );
}
