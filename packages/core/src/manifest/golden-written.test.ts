import { expect, test } from "vitest";
import { canonical } from "../../../../test/support/json-arbitrary.ts";
import { parseJson } from "../codec/json/parse-json.ts";
import type { KubernetesObject } from "../types/object.ts";
import golden from "./golden/yaml-written.json" with { type: "json" };
import { parseManifest } from "./parse-manifest.ts";
import { stringifyManifest } from "./stringify-manifest.ts";

interface Row {
  readonly json: string;
  readonly yaml: string;
  /** Kubectl does not read back what it prints. */
  readonly lossy?: boolean;
}

// What kubectl prints otherwise: line ends of Unicode as such, NEL as white space, the key << as a merge of maps, and each
// character of a text that begins with a byte order mark as an escape.
const printedOtherwise = /[\x85\u2028\u2029]|\\u202[89]|"<<":|"\uFEFF[^"]/;

test("an object is written as kubectl's own code prints it, and read back", async () => {
  const differences: unknown[] = [];
  let alike = 0;
  for (const { json, yaml, lossy } of golden.rows as readonly Row[]) {
    const object = parseJson(json) as KubernetesObject;
    const written = await stringifyManifest([object]);
    expect(canonical(JSON.stringify((await parseManifest(written))[0]))).toBe(canonical(json));
    if (written === yaml) alike += 1;
    else if (!printedOtherwise.test(json)) differences.push({ json, yaml, written });
    if (lossy === true) expect(json).toMatch(printedOtherwise);
  }
  expect(differences).toEqual([]);
  expect(alike).toBeGreaterThan(900);
});
