import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

// What an editor shows of a field, asked as editors ask: of TypeScript's language service.
const top = join(import.meta.dirname, "../..");
const file = join(import.meta.dirname, "in-an-editor.ts");
const text = `
import type { ApplyOf, MergePatchOf, StrategicPatchOf, SubresourceApplyOf } from "kubewright";
import type { ConfigMap, Pod, PersistentVolumeClaim } from "kubewright/core/v1";
export const written: Pod = { spec: { containers: [], nodeName: "/*1*/" } };
export const applied: ApplyOf<Pod> = { kind: "Pod", metadata: { name: "a", labels: {} }, spec: { nodeName: "b", containers: [{ name: "c", image: "d" }], restartPolicy: "Always" } };
export const merged: MergePatchOf<Pod> = { spec: { hostname: "e", dnsPolicy: null } };
export const strategic: StrategicPatchOf<Pod> = { spec: { hostNetwork: true, containers: [{ name: "f", tty: true }] } };
export const status: SubresourceApplyOf<PersistentVolumeClaim> = { metadata: { name: "a" }, status: { phase: "Bound" } };
export const map: ApplyOf<ConfigMap> = { metadata: { name: "a" }, binaryData: { g: "" } };
`;

function read(path: string): string | undefined {
  if (path === file) return text;
  return existsSync(path) && statSync(path).isFile() ? readFileSync(path, "utf8") : undefined;
}

function editor(): ts.LanguageService {
  const settings: ts.CompilerOptions = {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts", "lib.dom.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
    customConditions: ["kubewright-source"],
    types: [],
    paths: {
      kubewright: [join(top, "packages/kubewright/src/index.ts")],
      "kubewright/*": [join(top, "packages/kubewright/src/gen/*.ts")],
    },
  };
  return ts.createLanguageService({
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const found = read(path);
      return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
    },
    getCurrentDirectory: () => top,
    getCompilationSettings: () => settings,
    getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
    fileExists: (path) => read(path) !== undefined,
    readFile: read,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
    ...(ts.sys.realpath === undefined ? {} : { realpath: ts.sys.realpath }),
  });
}

test("fields keep their documentation and their values within an apply and a patch", { timeout: 60_000 }, () => {
  const service = editor();
  expect(service.getSemanticDiagnostics(file).map(({ messageText }) => messageText)).toEqual([]);
  const hover = (mark: string): { type: string; docs: string } => {
    const found = service.getQuickInfoAtPosition(file, text.indexOf(mark));
    return { type: ts.displayPartsToString(found?.displayParts), docs: ts.displayPartsToString(found?.documentation) };
  };
  const nodeName = "NodeName indicates in which node this pod is scheduled.";
  const docs: Record<string, string> = {
    'nodeName: "/*1*/"': nodeName,
    'nodeName: "b"': nodeName,
    "kind: ": "The kind.",
    'metadata: { name: "a", labels': "The name, and the metadata that this manager wants to own.",
    "labels: ": "Map of string keys and values that can be used to organize",
    'spec: { nodeName: "b"': "Specification of the desired behavior of the pod.",
    "containers: [{ name": "List of containers belonging to the pod.",
    'name: "c"': "Name of the container specified as a DNS_LABEL.",
    "image: ": "Container image name.",
    "hostname: ": "Specifies the hostname of the Pod",
    "hostNetwork: ": "Host networking requested for this pod.",
    "tty: ": "Whether this container should allocate a TTY",
    "phase: ": "phase represents the current phase of PersistentVolumeClaim.",
    "binaryData: ": "BinaryData contains the binary data.",
  };
  for (const [mark, expected] of Object.entries(docs)) expect(`${mark} ${hover(mark).docs}`).toContain(expected);
  // The known values, and no method of text.
  expect(hover("restartPolicy: ").type).toBe(
    '(property) restartPolicy?: "Always" | "Never" | "OnFailure" | (string & {}) | undefined',
  );
  const completions = service.getCompletionsAtPosition(file, text.indexOf('"Always"') + 1, {});
  expect(completions?.entries.map(({ name }) => name)).toEqual(["Always", "Never", "OnFailure"]);
});
