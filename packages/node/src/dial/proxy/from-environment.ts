import { ConfigError } from "@kubewright/core";

import { goesDirect } from "./no-proxy.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for `server`; undefined when the server is reached directly. For https it is HTTPS_PROXY, for
 * http HTTP_PROXY, each also in lower case, which comes second; NO_PROXY excepts servers, and this machine is always excepted.
 * ALL_PROXY is not read. These are the rules of Go's net/http (golang.org/x/net/http/httpproxy) and with it of kubectl, but for one:
 * where Go ignores a value that is not an address and goes around the proxy, this throws a ConfigError. The address may hold a password.
 */
export function proxyFromEnvironment(env: Environment, server: string): URL | undefined {
  const { protocol, hostname, port } = new URL(server);
  const secure = protocol === "https:";
  const found = secure ? firstOf(env, "HTTPS_PROXY", "https_proxy") : firstOf(env, "HTTP_PROXY", "http_proxy");
  if (found === undefined) return undefined;
  const proxy = parseProxy(found);
  // https://httpoxy.org: a CGI program's HTTP_PROXY may be the Proxy header of whoever calls it.
  if (!secure && env["REQUEST_METHOD"]) {
    throw new ConfigError(
      `Proxy: ${found.name} is not used where REQUEST_METHOD is set, because it may come from a stranger's request; set proxyUrl instead`,
    );
  }
  const noProxy = firstOf(env, "NO_PROXY", "no_proxy")?.value ?? "";
  return goesDirect(noProxy, { hostname, port: port || (secure ? "443" : "80") }) ? undefined : proxy;
}

interface Variable {
  readonly name: string;
  readonly value: string;
}

function firstOf(env: Environment, ...names: readonly string[]): Variable | undefined {
  for (const name of names) {
    const value = env[name];
    if (value) return { name, value };
  }
  return undefined;
}

/** A whole URL, or `host:port` of an http proxy. */
function parseProxy({ name, value }: Variable): URL {
  for (const text of value.includes("://") ? [value] : [value, `http://${value}`]) {
    if (URL.canParse(text) && new URL(text).host !== "") return new URL(text);
  }
  throw new ConfigError(`Proxy: ${name} holds no address; write it as http://host:port, or unset it`);
}
