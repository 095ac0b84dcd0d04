import type { ServerAnswer, ServerRequest } from "../exchange/exchange.ts";
import type { ServerState } from "../state/server-state.ts";

/** What a path holds that is about no resource: discovery, OpenAPI, the version, health; undefined where there is nothing. */
export function documentAt(_request: ServerRequest, _state: ServerState): Promise<ServerAnswer | undefined> {
  return Promise.resolve(undefined);
}
