// Are the types wrong? Arguments: node_modules with the tool, a tarball, the entries. Silent when they are right everywhere.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, tarball, ...entrypoints] = process.argv.slice(2);
const index = pathToFileURL(join(modules, "@arethetypeswrong", "core", "dist", "index.js")).href;
const { checkPackage, createPackageFromTarballData } = await import(index);
const result = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))), { entrypoints });
if (Object.keys(result.entrypoints ?? {}).length !== entrypoints.length) throw new Error("it did not see every entry");
for (const problem of result.problems) {
  console.log(JSON.stringify(problem));
  process.exitCode = 1;
}
