/** Runs when the package is imported, before anything in it is used: an older Node fails later, with errors that say nothing of it. */

/** Why these versions of a runtime (`process.versions`) are refused; undefined where they are not. Other runtimes than Node pass. */
export function refusal(versions: Readonly<Record<string, string | undefined>>): string | undefined {
  const { node, bun, deno } = versions;
  if (node === undefined || bun !== undefined || deno !== undefined) return undefined;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  // 22.16 is what Electron 37 has, and enough; the first of that line with long-term support in which everything is tested is 22.19.
  if (major >= 24 || (major === 22 && minor >= 16)) return undefined;
  return `Kubewright needs Node 22.19, 24 or newer, this is ${node}`;
}

const problem = refusal(process.versions);
if (problem !== undefined) throw new Error(problem);
