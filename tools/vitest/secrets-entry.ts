// vitest takes a reporter by its file's default export.
import { SecretsReporter } from "./secrets-reporter.ts";

export default SecretsReporter;
