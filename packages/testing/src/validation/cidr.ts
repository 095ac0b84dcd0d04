import { type Causes, invalidCause } from "./causes.ts";
import { canonicalIp, isMapped, parseIp } from "./ip.ts";

// k8s.io/apimachinery pkg/util/validation/ip.go

/** A range of addresses. */
interface Cidr {
  readonly ip: NonNullable<ReturnType<typeof parseIp>>;
  readonly bits: number;
  readonly hasLeadingZeros: boolean;
}

/** A range as Go reads it (k8s.io/utils net, ParseCIDRSloppy); undefined for what is none. */
export function parseCidr(value: string): Cidr | undefined {
  const [, text = "", length = ""] = /^([^/]*)\/(\d{1,3})$/.exec(value) ?? [];
  const ip = parseIp(text);
  const bits = Number(length);
  if (ip === undefined || length === "" || bits > (ip.family === 4 ? 32 : 128)) return undefined;
  return { ip, bits, hasLeadingZeros: ip.hasLeadingZeros || (length.length > 1 && length.startsWith("0")) };
}

/** The network of a range, in its canonical spelling. */
export function networkOf({ ip, bits }: Cidr): string {
  const width = ip.family === 4 ? 8 : 16;
  const parts = ip.parts.map((part, index) => {
    const kept = Math.min(Math.max(bits - index * width, 0), width);
    const step = 2 ** (width - kept);
    return Math.floor(part / step) * step;
  });
  return `${canonicalIp({ ...ip, parts })}/${bits}`;
}

/** Whether the network of one range begins within another. */
export function isWithin(part: Cidr, whole: Cidr): boolean {
  return part.ip.family === whole.ip.family && networkOf({ ...part, bits: whole.bits }) === networkOf(whole);
}

/** IsValidCIDRForLegacyField with strict validation: a network in any of its spellings but those that programs read differently. */
export function* wrongCidr(at: string, value: string): Causes {
  const cidr = parseCidr(value);
  if (cidr === undefined) {
    yield invalidCause(at, value, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
  } else if (cidr.hasLeadingZeros) yield invalidCause(at, value, "must not have leading 0s in IP or prefix length");
  else if (isMapped(cidr.ip)) yield invalidCause(at, value, "must not have an IPv4-mapped IPv6 address");
  else if (networkOf(cidr) !== `${canonicalIp(cidr.ip)}/${cidr.bits}`)
    yield invalidCause(at, value, "must not have bits set beyond the prefix length");
}

/** IsValidCIDR: likewise, and in its canonical spelling. */
export function* wrongCanonicalCidr(at: string, value: string): Causes {
  const wrong = [...wrongCidr(at, value)];
  yield* wrong;
  if (wrong.length > 0) return;
  const network = networkOf(parseCidr(value)!);
  if (network !== value) yield invalidCause(at, value, `must be in canonical form (${JSON.stringify(network)})`);
}

/** What is said of a range that is read, but spelt in its own way (GetWarningsForCIDR). */
export function cidrWarnings(at: string, value: string): readonly string[] {
  const cidr = parseCidr(value);
  if (cidr === undefined) return [];
  const quoted = JSON.stringify(value);
  const network = networkOf(cidr);
  const ip = canonicalIp(cidr.ip);
  const warnings: string[] = [];
  if (network !== `${ip}/${cidr.bits}`) {
    const single = `${ip}/${cidr.ip.family === 4 ? 32 : 128}`;
    warnings.push(`${at}: CIDR value ${quoted} is ambiguous in this context (should be "${network}" or "${single}"?)`);
  }
  if (cidr.hasLeadingZeros || isMapped(cidr.ip))
    warnings.push(`${at}: non-standard CIDR value ${quoted} is invalid: use "${network}"`);
  if (warnings.length === 0 && cidr.ip.family === 6 && network !== value)
    warnings.push(`${at}: IPv6 CIDR value ${quoted} should be in RFC 5952 canonical format ("${network}")`);
  return warnings;
}
