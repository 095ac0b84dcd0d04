import fc from "fast-check";
import { expect, test } from "vitest";
import { isWithin, networkOf, parseCidr, wrongCanonicalCidr, wrongCidr } from "./cidr.ts";

const octet = fc.integer({ min: 0, max: 255 });
const cidr = fc
  .tuple(octet, octet, octet, octet, fc.integer({ min: 0, max: 32 }))
  .map(([a, b, c, d, bits]) => `${a}.${b}.${c}.${d}/${bits}`);
const messages = (causes: Iterable<{ readonly message: string }>): readonly string[] =>
  [...causes].map(({ message }) => message);

test("the network of a range is a range that nothing is wrong with, and holds it", () => {
  fc.assert(
    fc.property(cidr, (text) => {
      const network = networkOf(parseCidr(text)!);
      expect(messages(wrongCanonicalCidr("at", network))).toEqual([]);
      expect(networkOf(parseCidr(network)!)).toBe(network);
      expect(isWithin(parseCidr(text)!, parseCidr(network)!)).toBe(true);
    }),
  );
});

test.each([
  ["10.0.0.1/8", "must not have bits set beyond the prefix length"],
  ["010.0.0.0/8", "must not have leading 0s in IP or prefix length"],
  ["10.0.0.0/33", "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"],
  ["::ffff:10.0.0.0/104", "must not have an IPv4-mapped IPv6 address"],
])("%s: %s", (text, why) => {
  expect(messages(wrongCidr("at", text))).toEqual([`Invalid value: ${JSON.stringify(text)}: ${why}`]);
});
