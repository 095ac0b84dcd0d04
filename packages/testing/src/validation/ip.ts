import type { Causes } from "./causes.ts";
import { wrongForm } from "./checks.ts";

/** IsValidIPForLegacyField with strict validation, as it is by default: an IP address in any of its spellings but those that programs read differently. */
export function wrongIp(at: string, value: string): Causes {
  return wrongForm(at, value, wrongIpText);
}

/** IsValidIP: likewise, and in its canonical spelling. */
export function wrongCanonicalIp(at: string, value: string): Causes {
  return wrongForm(at, value, wrongIpName);
}

/** What is wrong with an address that is the name of an object. */
export function wrongIpName(value: string): readonly string[] {
  const problems = wrongIpText(value);
  const parsed = parseIp(value);
  if (problems.length > 0 || parsed === undefined) return problems;
  const canonical = canonicalIp(parsed);
  return canonical === value ? [] : [`must be in canonical form (${JSON.stringify(canonical)})`];
}

function wrongIpText(value: string): readonly string[] {
  const parsed = parseIp(value);
  if (parsed === undefined) return ["must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"];
  if (parsed.hasLeadingZeros) return ["must not have leading 0s"];
  if (isMapped(parsed)) return ["must not be an IPv4-mapped IPv6 address"];
  return [];
}

interface Ip {
  readonly family: 4 | 6;
  /** Octets, or groups of sixteen bits. */
  readonly parts: readonly number[];
  /** Whether an octet begins with zeros, which some programs read as octal. */
  readonly hasLeadingZeros: boolean;
}

/** An address as Go reads it (k8s.io/utils net, ParseIPSloppy), without a zone; undefined for what is none. */
export function parseIp(value: string): Ip | undefined {
  return value.includes(":") ? parseGroups(value) : parseOctets(value);
}

function parseOctets(value: string): Ip | undefined {
  const texts = value.split(".");
  if (texts.length !== 4 || texts.some((text) => !/^\d{1,3}$/.test(text))) return undefined;
  const parts = texts.map(Number);
  if (parts.some((part) => part > 255)) return undefined;
  return { family: 4, parts, hasLeadingZeros: texts.some((text) => text.length > 1 && text.startsWith("0")) };
}

function parseGroups(value: string): Ip | undefined {
  const halves = value.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const last = (halves.length === 2 ? tail : head).at(-1);
  let hasLeadingZeros = false;
  if (last?.includes(".") === true) {
    const ending = parseOctets(last);
    if (ending === undefined) return undefined;
    ({ hasLeadingZeros } = ending);
    const [a = 0, b = 0, c = 0, d = 0] = ending.parts;
    (halves.length === 2 ? tail : head).splice(-1, 1, (a * 256 + b).toString(16), (c * 256 + d).toString(16));
  }
  const groups = [...head, ...tail];
  if (groups.some((group) => !/^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const missing = 8 - groups.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const parts = [...head, ...Array.from({ length: missing }, () => "0"), ...tail].map((group) => parseInt(group, 16));
  return { family: 6, parts, hasLeadingZeros };
}

/** Whether it is an IPv4 address in the form of IPv6. */
export function isMapped({ family, parts }: Ip): boolean {
  return family === 6 && parts[5] === 0xffff && parts.slice(0, 5).every((part) => part === 0);
}

/** An address in its canonical spelling (RFC 5952). */
export function canonicalIp({ family, parts }: Ip): string {
  if (family === 4) return parts.join(".");
  if (isMapped({ family, parts, hasLeadingZeros: false })) {
    const [high = 0, low = 0] = parts.slice(6);
    return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  }
  let longest = { start: 0, length: 0 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (parts[start + length] === 0) length++;
    if (length > longest.length) longest = { start, length };
  }
  const texts = parts.map((part) => part.toString(16));
  if (longest.length < 2) return texts.join(":");
  return `${texts.slice(0, longest.start).join(":")}::${texts.slice(longest.start + longest.length).join(":")}`;
}

/** What is said of an address that is read, but spelt in its own way (GetWarningsForIP). */
export function ipWarnings(at: string, value: string): readonly string[] {
  const parsed = parseIp(value);
  if (parsed === undefined) return [];
  const canonical = canonicalIp(parsed);
  const quoted = JSON.stringify(value);
  if (parsed.hasLeadingZeros || isMapped(parsed))
    return [`${at}: non-standard IP address ${quoted} is invalid: use "${canonical}"`];
  if (parsed.family === 4 || canonical === value) return [];
  return [`${at}: IPv6 address ${quoted} should be in RFC 5952 canonical format ("${canonical}")`];
}
