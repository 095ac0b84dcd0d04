import { type Causes, invalidCause } from "./causes.ts";
import { isMapped, parseIp } from "./ip.ts";

/** What no endpoint may have as its address (k8s.io/kubernetes pkg/apis/core/validation, ValidateEndpointIP). */
export function* wrongEndpointIp(at: string, value: string): Causes {
  const parsed = parseIp(value);
  if (parsed === undefined) {
    yield invalidCause(at, value, "must be a valid IP address");
    return;
  }
  const { parts } = parsed;
  const isV4 = parsed.family === 4 || isMapped(parsed);
  const octets = parsed.family === 4 ? parts : [parts[6]! >> 8, parts[6]! & 255, parts[7]! >> 8, parts[7]! & 255];
  const [a = 0, b = 0, c = 0] = octets;
  const isOnlyLast = (last: number): boolean => parts.slice(0, -1).every((part) => part === 0) && parts.at(-1) === last;
  if (isV4 ? octets.every((part) => part === 0) : isOnlyLast(0))
    yield invalidCause(at, value, `may not be unspecified (${value})`);
  if (isV4 ? a === 127 : isOnlyLast(1))
    yield invalidCause(at, value, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
  if (isV4 ? a === 169 && b === 254 : (parts[0]! & 0xffc0) === 0xfe80)
    yield invalidCause(at, value, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
  if (isV4 ? a === 224 && b === 0 && c === 0 : (parts[0]! & 0xff0f) === 0xff02)
    yield invalidCause(at, value, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
}
