import { ConfigError, isLoopback, type RequestInfo } from "@kubewright/core";

/** What is wrong with a server's address; undefined when nothing is. */
type Checked =
  | { readonly url: URL; readonly problem?: undefined }
  | { readonly problem: string; readonly url?: undefined };

/**
 * The server's address as an http or https URL. Without a scheme it is https when the configuration speaks of TLS, else http, as
 * client-go decides (rest.DefaultServerURL). Query and fragment are dropped; credentials in the address are refused.
 */
export function parseServerUrl(server: string, speaksOfTls: boolean): Checked {
  if (/[\s\\]/.test(server)) return { problem: "it holds spaces or backslashes" };
  const bare = !/^[a-z][a-z0-9+.-]*:\/\//i.test(server);
  const text = bare ? `${speaksOfTls ? "https" : "http"}://${server}` : server;
  if (!URL.canParse(text)) return { problem: "it is not a URL; write it as https://host:port" };
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return { problem: `its scheme is ${url.protocol}//; write https://host:port` };
  if (bare && url.pathname !== "/") return { problem: "a path needs a scheme before it; write https://host:port/path" };
  if (url.username !== "" || url.password !== "") {
    return {
      problem: "it holds a user name or password; give them as basicAuth, or username and password of the user",
    };
  }
  url.search = "";
  url.hash = "";
  return { url };
}

/** The address as transports take it: no slash at the end. */
export function serverText(url: URL): string {
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** Whether credentials may go there: everything that leaves the machine needs TLS. */
export function takesCredentials(url: URL, proxied: boolean): boolean {
  // Through a proxy even a loopback address is the proxy's, and the way there is open to all.
  return url.protocol === "https:" || (isLoopback(url) && !proxied);
}

/** The error of credentials for a server that does not take them. */
export function insecureServer(server: string, request?: RequestInfo): ConfigError {
  return new ConfigError(
    `Insecure server: ${server} is plain http, over which no credentials are sent; use https, or take the credentials out`,
    { request },
  );
}
