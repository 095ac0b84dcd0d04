import { type ApiServerHeart, type ApiServerHeartOptions, createHeart } from "./heart.ts";
import { beginLife } from "./life.ts";

/** Makes an API server without sockets. Throws what its storage throws. */
export function createApiServer(options: ApiServerHeartOptions = {}): ApiServerHeart {
  const { begin, ...heart } = createHeart(options, () => beginLife);
  if (options.storage !== undefined) void begin();
  return heart;
}
