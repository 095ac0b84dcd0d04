import { readFileSync, writeFileSync } from "node:fs";
import { inRoot } from "../lib/root.ts";
import { changesets } from "../publish/changesets.ts";
import { showRelease } from "../publish/show-release.ts";

const [step, ...more] = process.argv.slice(2);
if (step === "--version" && more.length === 0) {
  process.exitCode = await changesets(["version"]);
  // The one place beside the manifests that knows the version.
  const { version } = JSON.parse(readFileSync(inRoot("packages", "kubewright", "package.json"), "utf8")) as {
    version: string;
  };
  const source = inRoot("packages", "node", "src", "version.ts");
  writeFileSync(source, readFileSync(source, "utf8").replace(/"\d[^"]*"/, JSON.stringify(version)));
} else if (step === "--dry-run" && more.length === 0) {
  await showRelease();
} else {
  console.error(`use: npm run release -- --version    raises versions and writes changelogs, out of .changeset/
     npm run release -- --dry-run    builds, packs and checks everything, and shows what would be published

Nothing is published from here: provenance needs CI, where .changeset/README.md says how.`);
  process.exitCode = 1;
}
