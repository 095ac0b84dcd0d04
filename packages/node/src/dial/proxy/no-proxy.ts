import { BlockList, isIP, isIPv4 } from "node:net";
import { domainToASCII } from "node:url";

/** A server as the rules see it. */
export interface Destination {
  /** As `URL.hostname` says it: lower-case, punycode, IPv6 in brackets. */
  readonly hostname: string;
  readonly port: string;
}

interface Network {
  readonly family: "ipv4" | "ipv6";
  readonly address: string;
  readonly prefix: number;
}

const loopback = parseNetwork("127.0.0.0/8") as Network;
const loopback6 = parseNetwork("::1/128") as Network;

/**
 * True when `destination` is reached directly: it is this machine, or an item of `noProxy` fits. Items are parted by commas: `*`, an
 * address with or without a port, a network in CIDR notation, a name with or without a port (it and what is below it; with a
 * leading `.` or `*.` only what is below). The rules are those of golang.org/x/net/http/httpproxy and of
 * NewProxierWithNoProxyCIDR (k8s.io/apimachinery/pkg/util/net).
 */
export function goesDirect(noProxy: string, { hostname, port }: Destination): boolean {
  if (hostname === "localhost") return true;
  const address = parseAddress(hostname.replace(/^\[|\]$/g, ""));
  if (address !== undefined && (contains(loopback, address) || contains(loopback6, address))) return true;
  return noProxy.split(",").some((item) => {
    const rule = item.trim().toLowerCase();
    if (rule === "*") return true;
    // Kubernetes' own reading takes octets with leading zeros, but only where no space stands around them.
    const network = parseNetwork(item === item.trim() ? rule.replace(/(^|\.)0+(?=\d)/g, "$1") : rule);
    if (network !== undefined) return address !== undefined && contains(network, address);
    const { host, port: only } = splitPort(rule);
    if (only !== "" && only !== port) return false;
    const single = parseAddress(host);
    if (single !== undefined) return address !== undefined && contains(single, address);
    return address === undefined && host !== "" && fits(host, hostname);
  });
}

/** As Go's net.SplitHostPort: what it cannot split is a host as a whole. */
function splitPort(rule: string): { readonly host: string; readonly port: string } {
  const [, bracketed, bare, port] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(rule) ?? [];
  if (port === undefined) return { host: rule, port: "" };
  return { host: bracketed ?? bare ?? "", port };
}

function fits(pattern: string, hostname: string): boolean {
  const below = pattern.startsWith("*.") ? pattern.slice(1) : pattern;
  const name = ascii(below.replace(/^\./, ""));
  return hostname.endsWith(`.${name}`) || (!below.startsWith(".") && hostname === name);
}

function ascii(name: string): string {
  return /^[\0-\x7f]*$/.test(name) ? name : domainToASCII(name) || name;
}

function parseNetwork(text: string): Network | undefined {
  const [, base = "", bits] = /^([^/]+)\/(\d+)$/.exec(text) ?? [];
  const family = isIP(base);
  if (bits === undefined || family === 0 || base.includes("%")) return undefined;
  const prefix = Number(bits);
  if (prefix > (family === 4 ? 32 : 128)) return undefined;
  const address = canonical(base);
  if (family === 6 && isIPv4(address)) {
    return prefix < 96 ? { family: "ipv6", address: base, prefix } : { family: "ipv4", address, prefix: prefix - 96 };
  }
  return { family: family === 4 ? "ipv4" : "ipv6", address, prefix };
}

function parseAddress(text: string): Network | undefined {
  if (isIP(text) === 0 || text.includes("%")) return undefined;
  const address = canonical(text);
  return isIPv4(address) ? { family: "ipv4", address, prefix: 32 } : { family: "ipv6", address, prefix: 128 };
}

/** IPv4 within IPv6 (::ffff:10.0.0.1) is IPv4 to Go. */
function canonical(address: string): string {
  if (isIPv4(address)) return address;
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text) ?? [];
  if (high === undefined || low === undefined) return text;
  const [a, b] = [Number.parseInt(high, 16), Number.parseInt(low, 16)];
  return [a >> 8, a & 255, b >> 8, b & 255].join(".");
}

function contains(network: Network, { family, address }: Network): boolean {
  // BlockList would find an IPv4 address within ::/0, Go does not.
  if (network.family !== family) return false;
  const list = new BlockList();
  list.addSubnet(network.address, network.prefix, network.family);
  return list.check(address, family);
}
