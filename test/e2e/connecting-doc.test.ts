import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isForbidden, type Cluster } from "kubewright";
import { afterAll, afterEach, beforeEach, expect, inject, test, vi } from "vitest";

// Snippets of docs/connecting.md that stand for themselves, run as they are.

const page = readFileSync(new URL("../../docs/connecting.md", import.meta.url), "utf8");
// Inside of test/, so that its imports are found; ignored by git.
const folder = fileURLToPath(new URL(`../.cache/connecting-doc-${process.pid}/`, import.meta.url));

afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => void vi.stubEnv("KUBECONFIG", inject("controlPlane").clientCertificate.kubeconfig));
afterEach(() => void vi.unstubAllEnvs());

/** What the first snippet below a heading exports. */
async function runSnippet<T>(heading: string): Promise<T> {
  const [, code] = new RegExp(`^#+ ${heading}\\n.*?^\`\`\`ts\\n(.*?)^\`\`\``, "ms").exec(page) ?? [];
  if (code === undefined) throw new Error(`no snippet below "${heading}"`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${heading.toLowerCase().replaceAll(" ", "-")}.ts`);
  writeFileSync(file, code);
  return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as T;
}

test("identities per request", async () => {
  interface Snippet {
    readonly cluster: Cluster;
    podsFor(request: { headers: { authorization?: string } }): Promise<string[]>;
  }
  const { cluster, podsFor } = await runSnippet<Snippet>("Identities per request");
  const { noRights, admin } = inject("controlPlane");
  const as = (token: string): Promise<string[]> => podsFor({ headers: { authorization: `Bearer ${token}` } });
  try {
    expect(await as(admin.token)).toEqual(expect.any(Array));
    await expect(as(noRights.token)).rejects.toSatisfy(isForbidden);
    await expect(podsFor({ headers: {} })).rejects.toThrow("log in first");
  } finally {
    await cluster.close();
  }
});
