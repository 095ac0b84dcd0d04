/** What is published must not point at sources that are not in the package. */
function withoutSources(exports) {
  return Object.fromEntries(
    Object.entries(exports).map(([subpath, target]) => {
      if (typeof target === "string") return [subpath, target];
      const { "kubewright-source": _, ...published } = target;
      return [subpath, published];
    }),
  );
}

export const hooks = {
  beforePacking(manifest) {
    if (manifest.exports === undefined) return manifest;
    // Sources are ES modules. What is built says by its extension what it is: .mjs, and .js for CommonJS.
    const sideEffects = manifest.sideEffects && manifest.sideEffects.filter((file) => !file.startsWith("./src/"));
    return { ...manifest, type: "commonjs", sideEffects, exports: withoutSources(manifest.exports) };
  },
};
