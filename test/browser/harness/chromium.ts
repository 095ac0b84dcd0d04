import { chromium, type Browser } from "playwright-core";
import { chromiumProgram, noChromium } from "../../../tools/lib/needs.ts";

/** Starts Chromium without a window. Each of its contexts is a browser of its own: the tabs of one share workers, locks and storage. */
export async function launchChromium(args: readonly string[] = []): Promise<Browser> {
  const executablePath = chromiumProgram();
  if (executablePath === undefined) throw new Error(noChromium);
  return chromium.launch({ executablePath, args: [...args] });
}
