import { builtinModules } from "node:module";
import type { Plugin } from "esbuild";

/** Packages that others try to load and do without: what they get is this text as a module. */
export function leftOut(packages: readonly string[], contents: string): Plugin {
  const namespace = `left-out ${contents}`;
  return {
    name: namespace,
    setup({ onResolve, onLoad }) {
      for (const name of packages) onResolve({ filter: exactly(name) }, () => ({ path: name, namespace }));
      onLoad({ filter: /./, namespace }, () => ({ contents }));
    },
  };
}

/** A package by some of its files alone, each with the name of what it exports. */
export function partsOf(folder: string, name: string, parts: Readonly<Record<string, string>>): Plugin {
  const namespace = `parts of ${name}`;
  const contents = Object.entries(parts).map(([part, file]) => `export { default as ${part} } from "./${file}";`);
  return {
    name: namespace,
    setup({ onResolve, onLoad }) {
      if (contents.length === 0) return;
      onResolve({ filter: exactly(name) }, () => ({ path: name, namespace }));
      onLoad({ filter: /./, namespace }, () => ({ contents: contents.join("\n"), resolveDir: folder }));
    },
  };
}

/** Modules of Node by their old names, as CommonJS that is built in requires them; our own files say `node:`. */
export const requiredModules: readonly string[] = builtinModules.filter((name) => !name.startsWith("node:"));

/** What is required of Node is imported: an ES module has no require(). By its default, which is all of it whatever bundles it further. */
export function importRequired(): Plugin {
  return {
    name: "modules of Node",
    setup({ onResolve, onLoad }) {
      for (const name of requiredModules) {
        onResolve({ filter: exactly(name) }, () => ({ path: name, namespace: "required" }));
      }
      onLoad({ filter: /./, namespace: "required" }, () => ({
        contents: 'module.exports = require("./imported").default;',
      }));
      onResolve({ filter: /^\.\/imported$/, namespace: "required" }, ({ importer }) => ({
        path: importer,
        namespace: "imported",
      }));
      onLoad({ filter: /./, namespace: "imported" }, ({ path }) => ({
        contents: `export { default } from "node:${path}";`,
      }));
    },
  };
}

function exactly(name: string): RegExp {
  return new RegExp(`^${name}$`);
}
