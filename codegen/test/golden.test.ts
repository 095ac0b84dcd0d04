import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { generate } from "../src/generate.ts";
import { readCrdFiles } from "../src/load/crd-files.ts";
import { readSpec, sourceOf } from "./spec.ts";

// One folder for each rule: spec.yaml or crds.yaml, and below expected/ the modules. `vitest -u` writes them anew. Right and wrong
// uses of the types stand in uses.ts and are compiled with them.
const golden = join(import.meta.dirname, "golden");
const cases = readdirSync(golden, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe("the modules of small specs are the stored ones", () => {
  test.each(cases)("%s", async (name) => {
    const folder = join(golden, name);
    const crds = join(folder, "crds.yaml");
    const source = existsSync(crds) ? await readCrdFiles([crds]) : sourceOf(readSpec(join(folder, "spec.yaml")));
    const { files, problems } = await generate(source);
    expect(problems).toEqual([]);
    const expected = join(folder, "expected");
    for (const [path, text] of files) await expect(text).toMatchFileSnapshot(join(expected, path));
    expect(modulesIn(expected)).toEqual([...files.keys()]);
  });

  test("all of them compile as in a user's project", { timeout: 60_000 }, () => {
    const top = join(golden, "../../..");
    const program = ts.createProgram({
      rootNames: modulesIn(golden).map((file) => join(golden, file)),
      options: {
        target: ts.ScriptTarget.ES2022,
        lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts"],
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        strict: true,
        exactOptionalPropertyTypes: true,
        isolatedDeclarations: true,
        declaration: true,
        verbatimModuleSyntax: true,
        noEmit: true,
        skipLibCheck: true,
        rewriteRelativeImportExtensions: true,
        customConditions: ["kubewright-source"],
        types: [],
        paths: {
          kubewright: [join(top, "packages/kubewright/src/index.ts")],
          "kubewright/*": [join(top, "packages/kubewright/src/gen/*.ts")],
        },
      },
    });
    const problems = ts.getPreEmitDiagnostics(program).filter(({ file }) => file?.fileName.includes("/golden/"));
    expect(
      problems.map(
        ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
      ),
    ).toEqual([]);
  });
});

function modulesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .toSorted();
}
