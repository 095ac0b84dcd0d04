import fc from "fast-check";
import { dump } from "js-yaml";
import { expect, test } from "vitest";
import { parseYaml } from "./parse-documents.ts";

const text = fc.oneof(
  fc.constantFrom(
    "yes",
    "0644",
    "~",
    "1e3",
    "fd00::",
    "a: b",
    "- a",
    "#",
    "",
    " a ",
    "a\n\nb\n",
    "\ta",
    "'",
    '"',
    "\\",
    "<<",
  ),
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "grapheme-composite" }),
  fc.array(fc.constantFrom("a", " ", "\n", "b c", "\t", ": "), { maxLength: 12 }).map((parts) => parts.join("")),
);

const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    fc.oneof(fc.boolean(), fc.constant(null), fc.maxSafeInteger(), fc.double({ noDefaultInfinity: true, noNaN: true })),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(text, tie("value"), { maxKeys: 4 }),
  ),
})).value;
const object = fc.dictionary(text, value, { maxKeys: 5 });

function plain(found: unknown): unknown {
  return JSON.parse(JSON.stringify(found)) as unknown;
}

test("whatever js-yaml writes is read back", async () => {
  await fc.assert(
    fc.asyncProperty(object, fc.integer({ min: 1, max: 6 }), fc.boolean(), async (given, indent, flow) => {
      // Quotes keep apart what YAML 1.1 and 1.2 read otherwise; JavaScript writes -0 as 0.
      const written = dump(given, { indent, flowLevel: flow ? 1 : -1, forceQuotes: true, lineWidth: 20, noRefs: true });
      expect(plain(await parseYaml(written))).toEqual(plain(given));
    }),
    { numRuns: 500 },
  );
});

test("white space within brackets and quotes of JSON changes nothing, wherever its lines begin", async () => {
  const gap = fc.constantFrom("", " ", "\n", "\n  ", "\n\t", " # c\n", "\r\n");
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.stringMatching(/^[a-z]{1,9}$/), fc.jsonValue({ maxDepth: 3 })),
      fc.array(gap),
      async (given, gaps) => {
        let next = 0;
        const spaced = JSON.stringify(given).replace(/"(?:[^"\\]|\\.)*"|[[\]{},]/g, (token) =>
          token.startsWith('"') ? token : token + (gaps[next++] ?? ""),
        );
        const escaped = spaced.replace(
          /[\x7f\x85\u2028\u2029]/g,
          (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
        );
        expect(plain(await parseYaml(`# YAML\nvalue: ${escaped}\n`))).toEqual({ value: plain(given) });
      },
    ),
    { numRuns: 500 },
  );
});
