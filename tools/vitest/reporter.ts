// vitest takes a reporter by its file's default export.
import { CountsReporter } from "./counts-reporter.ts";

export default CountsReporter;
