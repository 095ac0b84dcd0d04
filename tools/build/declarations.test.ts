import { expect, test } from "vitest";
import { forOlderCompilers, rewriteExtensions } from "./declarations.ts";

test("relative imports of declarations point at .js, in every form an import has", () => {
  const text = [
    'export { A } from "./a.ts";',
    'import type { B } from "../meta/v1.ts";',
    "import './side.ts';",
    'export declare const c: import("./c.ts").C;',
    'export { D } from "@kubewright/core";',
    'export type E = "./e.ts";',
  ].join("\n");
  expect(rewriteExtensions(text)).toBe(
    [
      'export { A } from "./a.js";',
      'import type { B } from "../meta/v1.js";',
      "import './side.js';",
      'export declare const c: import("./c.js").C;',
      'export { D } from "@kubewright/core";',
      'export type E = "./e.ts";',
    ].join("\n"),
  );
});

test("a type that older compilers lack is said in a way that they know", () => {
  expect(forOlderCompilers("export declare function f(a: Uint8Array): Uint8Array<ArrayBuffer> | undefined;")).toBe(
    'export declare function f(a: Uint8Array): ReturnType<Uint8ArrayConstructor["of"]> | undefined;',
  );
});
