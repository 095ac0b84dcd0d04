import { InputError } from "../errors/input-error.ts";
import { whatItIs } from "../input/what-it-is.ts";
import type { ProxyOptions } from "../types/proxy.ts";
import { pathSegment } from "./path.ts";
import { queryOf } from "./query.ts";
import { rawPath } from "./raw-path.ts";
import { oneOf, type RulesFor, unsent } from "./rules/rule.ts";

const proxyRules: RulesFor<ProxyOptions> = { scheme: unsent(oneOf("http", "https")), port: unsent(port) };

/**
 * The segment of a path that says what is proxied to: `name`, `name:port` or `scheme:name:port`
 * (k8s.io/apimachinery pkg/util/net, SplitSchemeNamePort).
 *
 * @throws InputError for what would be read as something else
 */
export function proxiedSegment(name: string, options: ProxyOptions): string {
  queryOf(proxyRules, options);
  const { scheme, port: given } = options;
  const segment = part(name, "name");
  const at = given === undefined ? "" : part(String(given), "port");
  if (scheme !== undefined) return `${scheme}:${segment}:${at}`;
  return at === "" ? segment : `${segment}:${at}`;
}

/** A path below what is proxied to. The API server unescapes and cleans it on its way; what would come out as another path is refused. */
export function proxiedPath(path: unknown): string {
  const given = rawPath(path);
  if (/%2f/i.test(given)) throw new InputError("path", 'the API server makes "/" of "%2F", which aims at another path');
  if (given.includes("//"))
    throw new InputError("path", 'the API server makes "/" of "//", which aims at another path');
  return given;
}

function part(value: string, field: string): string {
  const segment = pathSegment(value, field);
  if (!value.includes(":")) return segment;
  throw new InputError(field, 'it holds ":", which parts scheme, name and port; give these by themselves');
}

function port(value: unknown, field: string): void {
  if (typeof value === "number") {
    if (!Number.isInteger(value) || value < 1 || value > 65_535)
      throw new InputError(field, `it must be a whole number from 1 to 65535, not ${value}`);
  } else if (typeof value !== "string") {
    throw new InputError(field, `it must be a number or the name of a service's port, not ${whatItIs(value)}`);
  } else if (value === "") {
    throw new InputError(field, "it is empty; leave it out for the only one");
  }
}
