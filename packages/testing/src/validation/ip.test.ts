import { isIP } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalIp, ipWarnings, parseIp, wrongIp } from "./ip.ts";

const said = (value: string): readonly string[] => [...wrongIp("at", value)].map(({ message }) => message);

test("addresses are read as elsewhere, and their canonical spelling is the same address", () => {
  const pieces = fc.array(fc.constantFrom("::", ":", ".", "0", "1", "12", "255", "256", "fe80", "FFFF", "00a"), {
    maxLength: 16,
  });
  const address = fc.oneof(
    pieces.map((parts) => parts.join("")),
    fc.ipV4(),
    fc.ipV6(),
  );
  fc.assert(
    fc.property(address, (text) => {
      const parsed = parseIp(text);
      // Zeros before an octet are read too, as Go once did.
      if (parsed?.hasLeadingZeros !== true) expect(parsed?.family ?? 0).toBe(isIP(text));
      if (parsed === undefined || parsed.hasLeadingZeros || parsed.family === 4) return;
      expect(`[${canonicalIp(parsed)}]`).toBe(
        /^[\d.]+$/.test(canonicalIp(parsed)) ? `[${canonicalIp(parsed)}]` : new URL(`http://[${text}]`).hostname,
      );
    }),
  );
});

test("spellings that programs read differently are refused", () => {
  expect(said("10.0.0.1")).toEqual([]);
  expect(said("FE80:0:0:0:0:0:0:0abc")).toEqual([]);
  expect(said("010.0.0.1")).toEqual(['Invalid value: "010.0.0.1": must not have leading 0s']);
  expect(said("::ffff:1.2.3.4")).toEqual(['Invalid value: "::ffff:1.2.3.4": must not be an IPv4-mapped IPv6 address']);
  expect(said("10.0.0")).toEqual([
    'Invalid value: "10.0.0": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
  ]);
});

test("others than the canonical one are warned of", () => {
  expect(ipWarnings("at", "fe80::abc")).toEqual([]);
  expect(ipWarnings("at", "FE80:0:0:0:0:0:0:0abc")).toEqual([
    'at: IPv6 address "FE80:0:0:0:0:0:0:0abc" should be in RFC 5952 canonical format ("fe80::abc")',
  ]);
});
