// Arguments: node_modules with the tool, the program, the bundle. Prints what the build says beyond the optional package.
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

const [modules, entry, output] = process.argv.slice(2);
const webpack = createRequire(join(modules, "x.js"))("webpack");
const compiler = webpack({
  mode: "production",
  target: "node22",
  entry,
  output: { path: dirname(output), filename: basename(output), library: { type: "commonjs2" } },
});
compiler.run((error, stats) => {
  if (error) throw error;
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  const strange = warnings.filter(({ message }) => !message.includes("Can't resolve '@opentelemetry/api'"));
  for (const { message, moduleName } of [...errors, ...strange]) console.log(moduleName, message);
  process.exitCode = errors.length + strange.length > 0 ? 1 : 0;
});
