import { oxfmt } from "../parts/lint.ts";

const result = await oxfmt(process.argv.slice(2));
process.stdout.write(result.output);
process.exitCode = result.code;
