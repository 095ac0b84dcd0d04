import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser, Page } from "playwright-core";

/** How a dashboard is looked at. */
export interface Look {
  readonly colorScheme?: "light" | "dark";
  readonly narrow?: boolean;
}

/** Opens the dashboard in a browser of its own, at an address within it such as `#/pods?ns=shop`. */
export async function openDashboard(browser: Browser, origin: string, hash: string, look: Look = {}): Promise<Page> {
  const { colorScheme = "light", narrow = false } = look;
  const context = await browser.newContext({
    colorScheme,
    // Nothing is still on its way when it is looked at.
    reducedMotion: "reduce",
    viewport: narrow ? { width: 390, height: 844 } : { width: 1440, height: 900 },
  });
  const page = await context.newPage();
  await page.goto(`${origin}/${hash}`);
  await page.locator("[data-connection=connected]").waitFor();
  return page;
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What of the page keeps people out, as far as axe-core finds it serious: a line for each element. */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations } = (await page.evaluate("axe.run()")) as AxeResults;
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`));
}

/** What stands out at the right of the page. */
export async function overhanging(page: Page): Promise<readonly string[]> {
  const pixels = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return pixels === 0 ? [] : [`the page is ${pixels} pixels wider than the window`];
}
