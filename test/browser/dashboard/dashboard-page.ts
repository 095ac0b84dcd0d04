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

/**
 * Has axe look while the page stands still. It reads where everything is first and how it looks later, and lets other things happen in
 * between: of a live page it would see rows that have moved meanwhile on the ground of others. Gives whether anything did happen.
 */
const look = `(async () => {
  const wait = globalThis.setTimeout;
  let moved = false;
  wait(() => (moved = true), 0);
  globalThis.setTimeout = (act, ms, ...rest) => (ms > 0 ? wait(act, ms, ...rest) : void queueMicrotask(() => act(...rest)));
  try {
    const { violations } = await axe.run();
    return { violations, moved };
  } finally {
    globalThis.setTimeout = wait;
  }
})()`;

/** What of the page keeps people out, as far as axe-core finds it serious: a line for each element. */
export async function barriers(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe);
  const { violations, moved } = (await page.evaluate(look)) as Pick<AxeResults, "violations"> & { moved: boolean };
  if (moved) throw new Error("the page went on while axe looked at it, which may see then what never was there");
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, help, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${help}: ${html.slice(0, 200)}: ${JSON.stringify(any[0]?.data)}`),
    );
}

/** Goes to an address within the page, and waits until that is drawn. */
export async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate(async (next) => {
    if (location.hash === next) return;
    const changed = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
    location.hash = next;
    await changed;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }, hash);
  await page.locator(".reading").first().waitFor({ state: "detached" });
}

/** What stands out at the right of the page. */
export async function overhanging(page: Page): Promise<readonly string[]> {
  const pixels = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return pixels === 0 ? [] : [`the page is ${pixels} pixels wider than the window`];
}
