import type { ServerVersion } from "../load/server-knowledge.ts";
import { header } from "./print-module.ts";

/** For packages/testing: which Kubernetes it is. */
export function serverVersionFile({ major, minor, gitVersion }: ServerVersion, origin: string): string {
  const constants = Object.entries({ major, minor, gitVersion });
  return [
    header(origin),
    ...constants.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`),
  ].join("\n");
}
