import type { Plugin } from "esbuild";

/** Packages that others try to load and do without: what they get is an empty module. */
export function leftOut(names: readonly string[]): Plugin {
  return {
    name: "left out",
    setup({ onResolve, onLoad }) {
      for (const name of names) onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: name, namespace }));
      onLoad({ filter: /./, namespace }, () => ({ contents: "" }));
    },
  };
}

const namespace = "left-out";
