import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text as textOf } from "node:stream/consumers";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { isKubeError, type KubernetesObject, stringifyManifest } from "@kubewright/core";
import { parseDocuments } from "../../packages/core/src/manifest/parse-documents.ts";
import { parseJson } from "../../packages/core/src/codec/json/parse-json.ts";
import { inRoot } from "../../tools/lib/root.ts";
import { buildGo } from "../support/build-go.ts";
import { canonical, jsonObjectText, jsonText } from "../support/json-arbitrary.ts";
import { type KubectlRow, type Reading, unlistedDifference } from "../support/yaml-as-kubectl.ts";

const folder = mkdtempSync(join(tmpdir(), "kubewright-yaml-"));
const program = join(folder, "fixtures");

// A minute and more where the control plane was built elsewhere.
beforeAll(() => buildGo(inRoot("test", "fixtures", "go"), program), 600_000);
afterAll(() => rmSync(folder, { recursive: true }));
// Thousands of texts are read twice.
vi.setConfig({ testTimeout: 240_000 });

/** What kubectl's code makes of each text. */
async function kubectlRows(texts: readonly string[]): Promise<readonly KubectlRow[]> {
  const child = spawn(program, ["-"], { stdio: ["pipe", "pipe", "inherit"] });
  child.stdin.end(texts.map((text) => `${JSON.stringify(text)}\n`).join(""));
  const lines = (await textOf(child.stdout)).trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as KubectlRow);
}

async function reading(text: string): Promise<Reading> {
  try {
    const documents = Array.from(await parseDocuments(text.replace(/^\uFEFF/, "")));
    return documents.map(({ value }) => JSON.parse(JSON.stringify(value)) as unknown);
  } catch (error) {
    if (!isKubeError(error)) throw error;
    return error.message;
  }
}

const gap = fc.constantFrom("", "", " ", "\n", "\n ", "\n\t", " # c\n");
const words = fc.constantFrom(
  "a",
  "x y",
  "1",
  "0644",
  "yes",
  "~",
  "1.5",
  "a:b",
  "fd00::",
  "a#b",
  "-1",
  "'it''s'",
  '"q\\n"',
  "''",
  "é",
);
// Not ~: kubectl refuses it as a key, unless the map that has it is dropped for an equal key.
const keyWords = words.filter((word) => word !== "~");
const folded = fc
  .tuple(fc.constantFrom("'", '"', ""), fc.constantFrom("\n", "\n  ", "\n\n", "\n\t", "\n      "), fc.boolean())
  .map(([quote, between, more]) => `${quote}a${between}b${more ? " c" : ""}${quote}`);
const flow = fc.letrec<{ flow: string }>((tie) => {
  const item = fc.tuple(gap, tie("flow"), gap).map((parts) => parts.join(""));
  const pair = fc
    .tuple(gap, keyWords, fc.constantFrom(": ", ":", " : ", ":\n"), tie("flow"), gap)
    .map((parts) => parts.join(""));
  return {
    flow: fc.oneof(
      { depthSize: "small" },
      words,
      folded,
      fc.array(item, { maxLength: 3 }).map((items) => `[${items.join(",")}]`),
      fc.array(pair, { maxLength: 3 }).map((items) => `{${items.join(",")}}`),
    ),
  };
}).flow;

function indented(lines: string, by: number): string {
  return lines.replace(/^(?=[^\n])/gm, " ".repeat(by));
}

const block = fc.letrec<{ block: string }>((tie) => {
  const literal = fc
    .tuple(
      fc.constantFrom("|", "|-", "|+", ">", ">-", ">+"),
      fc.array(fc.constantFrom("x", "", "  y", "# n", "- a", "b: c"), { maxLength: 4 }),
    )
    .map(([head, lines]) => ` ${head}\n${indented(lines.join("\n"), 2)}\n`);
  const scalar = fc
    .tuple(fc.constantFrom("", "", "&x ", "!!str ", "!t "), fc.oneof(words, folded, flow))
    .map(([tag, value]) => ` ${tag}${value}\n`);
  const nested = fc
    .tuple(tie("block"), fc.constantFrom(1, 2, 4), fc.constantFrom("", " # c", " &x"))
    .map(([text, by, after]) => `${after}\n${indented(text, by)}`);
  const value = fc.oneof({ depthSize: "small" }, scalar, literal, nested);
  const keys = fc.uniqueArray(fc.constantFrom("a", "b", "c d", '"q"', "1", "<<", "a:b"), {
    minLength: 1,
    maxLength: 3,
  });
  return {
    block: fc.oneof(
      keys
        .chain((names) => fc.tuple(...names.map((name) => value.map((text) => `${name}:${text}`))))
        .map((parts) => parts.join("")),
      fc.array(value, { minLength: 1, maxLength: 3 }).map((items) => items.map((item) => `-${item}`).join("")),
    ),
  };
}).block;

const slip = fc.constantFrom(
  "",
  "",
  "",
  "\n",
  " ",
  "\t",
  ":",
  ",",
  '"',
  "'",
  "#",
  "- ",
  "]",
  "}",
  "[",
  "{",
  "? ",
  "&",
  "*",
  "!",
  "\n---\n",
  "\r\n",
);
const documents = fc
  .tuple(
    fc.oneof(
      block,
      flow.map((text) => `v: ${text}\nw: 1\n`),
    ),
    slip,
    fc.nat(),
  )
  .map(([text, piece, at]) => text.slice(0, at % (text.length + 1)) + piece + text.slice(at % (text.length + 1)));

test("texts made by chance are read as kubectl's code reads them, or refused for a listed reason", async () => {
  // Always the same: each seed finds other things that are refused for a reason that nobody has.
  const texts = fc.sample(documents, { numRuns: 3000, seed: Number(process.env["KUBEWRIGHT_SEED"] ?? 1) });
  const rows = await kubectlRows(texts);
  expect(rows.length).toBe(texts.length);
  const differences: string[] = [];
  let alike = 0;
  for (const row of rows) {
    const found = await reading("refused" in row ? row.refused : row[0]);
    const difference = unlistedDifference(row, found);
    if (difference !== undefined) differences.push(difference);
    else if (!("refused" in row) && typeof found !== "string") alike += 1;
  }
  expect(differences).toEqual([]);
  // Else the makers above make nothing that is worth reading.
  expect(alike).toBeGreaterThan(500);
});

const prose = fc
  .array(
    fc.constantFrom(
      ..."a|word|-|#|:|? |'|\"|\\|é|😀| | |  |\n|\n\n|\t|\u0085|---|\u2028|\uFEFF|1|~|yes|0x1".split("|"),
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(""));
const data = fc.oneof(
  jsonObjectText(jsonText()),
  fc.dictionary(prose, fc.oneof(prose, fc.array(prose)), { maxKeys: 4 }).map((found) => JSON.stringify(found)),
);

test("objects made by chance are written so that kubectl's code reads them", async () => {
  const objects = fc
    .sample(data, { numRuns: 2000, seed: Number(process.env["KUBEWRIGHT_SEED"] ?? 1) })
    .map((text) => ({ apiVersion: "v1", kind: "X", data: parseJson(text) }) as KubernetesObject);
  const rows = await kubectlRows(await Promise.all(objects.map((object) => stringifyManifest([object]))));
  const read = rows.map((row) => ("refused" in row ? row : row.slice(1).map(canonical)));
  expect(read).toEqual(objects.map((object) => [canonical(JSON.stringify(object))]));
});
