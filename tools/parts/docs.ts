import { brokenLinks } from "../docs/broken-links.ts";
import { buildReference } from "../docs/reference.ts";
import { inRoot } from "../lib/root.ts";
import { Checks, type Part, type PartResult } from "./part.ts";

/** The API reference, with all pages, and its links. */
export const docs: Part = {
  name: "docs",
  budget: 20,
  async run(): Promise<PartResult> {
    const checks = new Checks();
    const site = inRoot("docs", "reference");
    if (checks.record("API reference", await buildReference(site))) {
      const broken = brokenLinks(site);
      if (broken.length === 0) checks.pass();
      else checks.fail("links of the API reference", broken.join("\n"));
      console.log("docs/reference/index.html");
    }
    return checks.result;
  },
};
