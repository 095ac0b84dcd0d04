import { ConfigError, InputError, isKubeError } from "@kubewright/core";

import type { Dial } from "../dial.ts";
import { proxyFromEnvironment } from "./from-environment.ts";

/**
 * The dialler of a server: through the configured proxy, else through the one that the environment names for it; undefined when
 * it is reached directly. A configured proxy is used whatever NO_PROXY says, as in client-go. Rejects with an InputError, or a
 * ConfigError when the environment is wrong.
 */
export async function chooseDial(
  server: string,
  configured: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Dial | undefined> {
  const proxy = configured ?? proxyFromEnvironment(env, server);
  if (proxy === undefined) return undefined;
  const { proxyDial } = await import("./proxy-dial.ts");
  try {
    return proxyDial(proxy);
  } catch (error) {
    if (configured !== undefined || !isKubeError(error) || error.name !== InputError.name) throw error;
    throw new ConfigError(`Proxy: ${error.message} (from the environment)`, { cause: error });
  }
}
