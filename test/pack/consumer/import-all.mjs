// Imports every entry as an ES module; each must load and export something.
import { readFileSync } from "node:fs";

const specifiers = JSON.parse(readFileSync(new URL("specifiers.json", import.meta.url), "utf8"));
const empty = [];
for (const specifier of specifiers) {
  const names = Object.keys(await import(specifier));
  if (names.length === 0) empty.push(specifier);
}
// A module of types only is legitimate among the groups, never at the root of a package.
const wrong = empty.filter((specifier) => specifier.split("/").length <= (specifier.startsWith("@") ? 2 : 1));
if (wrong.length > 0) throw new Error(`nothing is exported by ${wrong.join(", ")}`);
console.log(`${specifiers.length} entries imported on ${process.version}`);
