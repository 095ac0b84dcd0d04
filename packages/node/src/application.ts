import { basename, extname } from "node:path";
import { version } from "./version.ts";

/** The application's name: its main script without folder and extension, else the program that runs it. */
export function applicationName(argv: readonly string[], execPath: string): string {
  const script = argv[1] ?? execPath;
  // What stands in a User-Agent and among managed fields must be printable and short.
  const name = basename(script, extname(script)).replace(/[^A-Za-z0-9._-]+/g, "-");
  return name.slice(0, 128) || "node";
}

/** The User-Agent header, such as `kubewright/0.1.0 (linux/x64) backup`. */
export function defaultUserAgent(application: string): string {
  return `kubewright/${version} (${process.platform}/${process.arch}) ${application}`;
}
