import { type Causes, invalidCause, requiredCause } from "../causes.ts";
import { wrongForm } from "../checks.ts";
import { type Fields, objectsIn, presentIn, textIn, textsIn } from "../fields.ts";
import { wrongSearchDomain } from "../forms.ts";
import { wrongIp } from "../ip.ts";

// What libc takes.
const mostServers = 3;
const mostSearches = 32;
const mostSearchCharacters = 2048;

/** How the pod's names are resolved (validatePodDNSConfig). */
export function* wrongDnsConfig(spec: Fields, at: string): Causes {
  const config = presentIn(spec, "dnsConfig");
  const servers = textsIn(config, "nameservers");
  if (spec["dnsPolicy"] === "None" && servers.length === 0) {
    if (config === undefined) yield requiredCause(at, "must provide `dnsConfig` when `dnsPolicy` is None");
    else {
      const why = "must provide at least one DNS nameserver when `dnsPolicy` is None";
      yield requiredCause(`${at}.nameservers`, why);
    }
    return;
  }
  if (servers.length > mostServers)
    yield invalidCause(`${at}.nameservers`, servers, `must not have more than ${mostServers} nameservers`);
  for (const [index, server] of servers.entries()) yield* wrongIp(`${at}.nameservers[${index}]`, server);
  yield* wrongSearches(textsIn(config, "searches"), `${at}.searches`);
  for (const [index, option] of objectsIn(config, "options").entries())
    if (textIn(option, "name") === "") yield requiredCause(`${at}.options[${index}]`, "must not be empty");
}

function* wrongSearches(searches: readonly string[], at: string): Causes {
  if (searches.length > mostSearches)
    yield invalidCause(at, searches, `must not have more than ${mostSearches} search paths`);
  if (searches.join(" ").length > mostSearchCharacters) {
    const why = `must not have more than ${mostSearchCharacters} characters (including spaces) in the search list`;
    yield invalidCause(at, searches, why);
  }
  for (const [index, search] of searches.entries()) {
    if (search !== ".") yield* wrongForm(`${at}[${index}]`, search.replace(/\.$/, ""), wrongSearchDomain);
  }
}
