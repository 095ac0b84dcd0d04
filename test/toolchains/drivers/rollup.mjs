// Arguments: node_modules with the tool, the program, the bundle. Prints what the build says beyond the optional package.
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

const [modules, input, output] = process.argv.slice(2);
const require = createRequire(join(modules, "x.js"));
const { rollup } = require("rollup");
const { nodeResolve } = require("@rollup/plugin-node-resolve");
const commonjs = require("@rollup/plugin-commonjs");
const bundle = await rollup({
  input,
  plugins: [nodeResolve({ exportConditions: ["node"], preferBuiltins: true }), (commonjs.default ?? commonjs)()],
  onwarn({ message }) {
    if (message.includes('"@opentelemetry/api" is imported by')) return;
    console.log(message);
    process.exitCode = 1;
  },
});
await bundle.write({
  dir: dirname(output),
  format: "es",
  entryFileNames: basename(output),
  chunkFileNames: "[name]-[hash].mjs",
});
