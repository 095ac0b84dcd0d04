import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { copyFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { editKubeconfig } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { readPages } from "../../tools/docs/pages.ts";
import { blocksOf, columnsOf, isNotRun, printedBy } from "../../tools/docs/snippets.ts";
import { programsFolder, writeProgram } from "../../tools/docs/write-programs.ts";
import { adminCluster } from "./support.ts";

// What stands in two columns is run and compared by coming-from-client-node.test.ts.
const pages = readPages()
  .filter((page) => columnsOf(page).length === 1)
  .map((page) => ({
    ...page,
    blocks: blocksOf(page.text).filter((block) => block.language === "ts" && !isNotRun(block)),
  }))
  .filter(({ blocks }) => blocks.length > 0);

const suffix = randomBytes(3).toString("hex");

describe("the code of the documentation runs, and prints what it says", () => {
  const held = adminCluster({ fieldManager: "documentation" });
  const namespaces: string[] = [];
  let folder: string;

  beforeAll(() => {
    folder = programsFolder();
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    const { namespaces: all } = held.cluster.api(CoreV1);
    await Promise.all(namespaces.map((name) => all.delete(name)));
  });

  test.each(pages)("$path", async (page) => {
    const namespace = `docs-${suffix}-${pages.findIndex(({ path }) => path === page.path)}`;
    namespaces.push(namespace);
    await makeNamespace(namespace);
    const program = await writeProgram(
      folder,
      inNamespace(page, namespace),
      page.blocks.map((block) => inNamespace(block, namespace)),
    );
    const kubeconfig = join(dirname(program), `${namespace}.kubeconfig`);
    copyFileSync(inject("controlPlane").admin.kubeconfig, kubeconfig);
    await editKubeconfig((config) => config.setContext(config.currentContext ?? "", { namespace }), { kubeconfig });
    const run = promisify(execFile)(process.execPath, ["--conditions=kubewright-source", program], {
      cwd: dirname(program),
      env: { ...process.env, KUBECONFIG: kubeconfig },
      timeout: 50_000,
    });
    const { stdout } = await run;
    const lines = stdout.replaceAll(namespace, "shop").split("\n");
    for (const expected of printedBy(page.blocks)) {
      const at = lines.findIndex((line) => expected.test(line));
      expect({ expected, in: lines, found: at !== -1 }).toMatchObject({ found: true });
      lines.splice(0, at + 1);
    }
  });

  /** A namespace with what the controllers put into it: without a service account no pod is let in. */
  async function makeNamespace(name: string): Promise<void> {
    const core = held.cluster.api(CoreV1);
    await core.namespaces.create({ metadata: { name } });
    await vi.waitFor(() => core.serviceAccounts.in(name).get("default"), { timeout: 15_000, interval: 20 });
  }
});

/** What users call `shop` is a namespace of the test's own. */
function inNamespace<T extends { readonly text: string } | { readonly code: string }>(shown: T, namespace: string): T {
  const replaced = (text: string): string => text.replaceAll(/\bshop\b(?!\.)/g, namespace);
  return "text" in shown ? { ...shown, text: replaced(shown.text) } : { ...shown, code: replaced(shown.code) };
}
