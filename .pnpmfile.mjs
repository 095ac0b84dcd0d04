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
    return manifest.exports === undefined ? manifest : { ...manifest, exports: withoutSources(manifest.exports) };
  },
};
