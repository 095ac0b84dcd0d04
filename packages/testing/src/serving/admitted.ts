import { authenticate } from "../access/authenticate.ts";
import { refuseForbidden } from "../access/authorize.ts";
import { impersonated } from "../access/impersonate.ts";
import type { User } from "../access/user.ts";
import type { ServerRequest } from "../exchange/exchange.ts";
import { readAccessRequest } from "../request/read-access-request.ts";
import { identification } from "../state/identification.ts";
import type { ServerState } from "../state/server-state.ts";

/** Whoever makes a request, or as whom they act, once it is known that they may make it. @throws Refusal 401 and 403 */
export async function admitted(request: ServerRequest, state: ServerState): Promise<User> {
  const asked = readAccessRequest(request, await authenticate(request, identification(state)));
  const user = impersonated(request, asked, state.access);
  refuseForbidden({ ...asked, user }, state.access);
  return user;
}
