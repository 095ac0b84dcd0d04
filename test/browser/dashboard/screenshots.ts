// Takes pictures of the dashboard to look at: node --conditions=kubewright-source test/browser/dashboard/screenshots.ts FOLDER
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { buildPage } from "../../../examples/dashboard/server/build-page.ts";
import { rules } from "../../../examples/dashboard/server/rules.ts";
import { openPlayedCluster } from "../../../examples/dashboard/server/shown-cluster.ts";
import { launchChromium } from "../harness/chromium.ts";
import { startSite } from "../harness/site.ts";
import { type Look, openDashboard } from "./dashboard-page.ts";

const looks: Readonly<Record<string, Look>> = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  narrow: { colorScheme: "light", narrow: true },
};

const views: Readonly<Record<string, string>> = {
  overview: "#/overview",
  workloads: "#/workloads?ns=shop&open=deployments/shop/cart",
  pods: "#/pods",
  yaml: "#/pods?open=pods/payments/ledger-0&tab=yaml",
  logs: "#/pods?open=pods/payments/ledger-0&tab=logs",
  events: "#/events",
  nodes: "#/nodes",
  namespaces: "#/namespaces",
};

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("say where to: screenshots.ts FOLDER");
mkdirSync(folder, { recursive: true });
const [built, browser, shown] = await Promise.all([buildPage(), launchChromium(), openPlayedCluster(0)]);
const site = await startSite({ cluster: shown.cluster, files: built.folder, allow: rules });
// Until something has happened.
await new Promise((resolve) => setTimeout(resolve, 15_000));
for (const [look, options] of Object.entries(looks)) {
  for (const [view, hash] of Object.entries(views)) {
    const page = await openDashboard(browser, site.origin, hash, options);
    await page.waitForTimeout(500);
    await page.screenshot({ path: join(folder, `${view}-${look}.png`) });
    await page.context().close();
  }
}
await browser.close();
await site.close();
await shown.close();
await built.remove();
