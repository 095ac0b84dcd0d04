import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContext } from "playwright-core";
import { chromiumProgram, noChromium } from "../../../tools/lib/needs.ts";

/** Starts Chromium without a window. Each of its contexts is a browser of its own: the tabs of one share workers, locks and storage. */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  const executablePath = program();
  const browser = await chromium.launch({ executablePath, args: [...args] });
  // Who waits for a state does so for long on a machine that has other things to do.
  return browser.on("context", (context) => context.setDefaultTimeout(90_000));
}

/** Starts Chromium with a profile on disk, as people use it; its windows are ordinary ones, and the contexts of its browser private ones. */
export async function launchProfile(): Promise<{
  readonly ordinary: BrowserContext;
  openPrivate(): Promise<BrowserContext>;
  close(): Promise<void>;
}> {
  const folder = mkdtempSync(join(tmpdir(), "kubewright-profile-"));
  const ordinary = await chromium.launchPersistentContext(folder, { executablePath: program() });
  return {
    ordinary,
    async openPrivate() {
      const browser = ordinary.browser();
      if (browser === null) throw new Error("the profile's browser is not to be had");
      return browser.newContext();
    },
    async close() {
      await ordinary.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function program(): string {
  const executablePath = chromiumProgram();
  if (executablePath === undefined) throw new Error(noChromium);
  return executablePath;
}
