import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { inRoot } from "../../tools/lib/root.ts";

/** Builds the program on client-go, into the folder; gives its path. */
export async function buildClientGo(folder: string): Promise<string> {
  const program = join(folder, "client-go");
  await promisify(execFile)("go", ["build", "-mod=readonly", "-trimpath", "-o", program, "."], {
    cwd: inRoot("test", "bench", "client-go"),
    env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off" },
  });
  return program;
}
