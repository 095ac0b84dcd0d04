import { chromium, type Browser } from "playwright-core";
import { chromiumProgram, noChromium } from "../../../tools/lib/needs.ts";

/** Starts Chromium without a window. Each of its contexts is a browser of its own: the tabs of one share workers, locks and storage. */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  const executablePath = chromiumProgram();
  if (executablePath === undefined) throw new Error(noChromium);
  const browser = await chromium.launch({ executablePath, args: [...args] });
  // Who waits for a state does so for long on a machine that has other things to do.
  return browser.on("context", (context) => context.setDefaultTimeout(90_000));
}
