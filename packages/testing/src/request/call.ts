import type { User } from "../access/user.ts";
import type { ServerRequest } from "../exchange/exchange.ts";
import type { ResourceInfo, SubresourceInfo } from "../knowledge/resource-info.ts";

/** The API's verbs. */
export type CallVerb = "get" | "list" | "watch" | "create" | "update" | "patch" | "delete" | "deletecollection";

/** What a request asks of a resource. */
export interface Call {
  readonly user: User;
  readonly verb: CallVerb;
  readonly resource: ResourceInfo;
  /** Undefined for cluster-scoped resources and across all namespaces. */
  readonly namespace: string | undefined;
  /** Undefined for the collection. */
  readonly name: string | undefined;
  /** Undefined for the resource itself. */
  readonly subresource: SubresourceInfo | undefined;
  readonly query: URLSearchParams;
  readonly request: ServerRequest;
  /** Adds a Warning header to the answer, whichever it is. */
  warn(text: string): void;
}
