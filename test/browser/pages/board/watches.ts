// The shared worker that holds the watches of all tabs of one build.
import "@kubewright/browser/worker";

declare global {
  interface ImportMeta {
    /** By vite. */
    readonly env: { readonly MODE: string };
  }
}

// In place of what a later build changes, so that its file is another one.
console.debug(import.meta.env.MODE);
