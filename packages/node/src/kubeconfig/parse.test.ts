import fc from "fast-check";
import { isKubeError } from "@kubewright/core";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { parseKubeconfig, parseKubeconfigBytes } from "./parse.ts";

async function outcome(work: Promise<unknown>): Promise<unknown> {
  return work.catch((error: unknown) => error);
}

/** A map, or an error of the library that does not show the text. */
function isFair(result: unknown, text: string): boolean {
  if (!isKubeError(result)) return typeof result === "object" && result !== null && !(result instanceof Error);
  return text.trim().length < 4 || !result.message.slice("Invalid kubeconfig: place: ".length).includes(text.trim());
}

test("any bytes are a map or a typed error", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) =>
      isFair(await outcome(parseKubeconfigBytes(bytes, "place")), "\0"),
    ),
    { numRuns: 500 },
  );
});

test("any text made of YAML's signs is a map or a typed error that does not quote it", async () => {
  const piece = fc.constantFrom(
    "- ",
    "a: ",
    "&x ",
    "*x",
    "<<: ",
    "[",
    "]",
    "{",
    "}",
    "\n",
    "  ",
    '"',
    "'",
    "|\n",
    ">",
    "!!str ",
    "%YAML 1.1\n",
    "---\n",
    "? ",
    "#",
    "secret",
    "\t",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 40 }), async (pieces) => {
      const text = pieces.join("");
      return isFair(await outcome(parseKubeconfig(text, "place")), text);
    }),
    { numRuns: 1000 },
  );
});

test("a JSON document is read as JSON reads it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (map) => {
      const text = JSON.stringify({ ...map, apiVersion: "v1", kind: "Config" });
      // Not by value: integers beyond 2^53 keep their digits.
      expect(JSON.stringify(await parseKubeconfig(text, "place"))).toEqual(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test("what the library writes that edits kubeconfigs is read back", async () => {
  const strings = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("yes", "0644", "~", "a: b", "a\n\n b", "fd00::"),
  );
  const values = fc.jsonValue({ stringUnit: "grapheme" });
  await fc.assert(
    fc.asyncProperty(fc.dictionary(strings, fc.oneof(strings, values)), async (map) => {
      // The library writes line ends of Unicode without quotes, where kubectl sees lines.
      const json = JSON.stringify({ ...map, apiVersion: "v1", kind: "Config" }).replace(
        /[\x7f-\x9f\u2028\u2029\ufeff]/g,
        "_",
      );
      const given = JSON.parse(json) as object;
      const text = stringify(given, { version: "1.1", aliasDuplicateObjects: false });
      expect(JSON.parse(JSON.stringify(await parseKubeconfig(text, "place")))).toEqual(given);
    }),
  );
});

// Each of these takes quadratic time in some YAML libraries, a minute and more.
test.each([
  ["keys", Array.from({ length: 40_000 }, (_, i) => `k${i}: v`).join("\n")],
  ["keys of a flow map", `{${Array.from({ length: 40_000 }, (_, i) => `k${i}: v`).join(", ")}}`],
  ["an ordered map", `x: !!omap\n${Array.from({ length: 40_000 }, (_, i) => `- k${i}: v`).join("\n")}`],
  ["merges", `b: &b { a: 1 }\nx:\n${"- { <<: *b }\n".repeat(40_000)}`],
])("%s by the ten thousand take seconds at most", { timeout: 15_000 }, async (_, text) => {
  expect(isFair(await outcome(parseKubeconfig(text, "place")), text)).toBe(true);
});

test("what is too large is refused before it is read", async () => {
  await expect(parseKubeconfig("#".repeat(33 * 1024 * 1024), "place")).rejects.toThrow(
    "TooLarge: the kubeconfig place",
  );
  await expect(parseKubeconfigBytes(new Uint8Array(33 * 1024 * 1024), "place")).rejects.toThrow(
    "TooLarge: the kubeconfig place",
  );
});
