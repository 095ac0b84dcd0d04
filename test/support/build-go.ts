import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Builds the Go program in a folder, with the flags of the control plane's build, which has compiled most of what it needs. */
export async function buildGo(folder: string, program: string): Promise<void> {
  await promisify(execFile)("go", ["build", "-mod=readonly", "-trimpath", "-o", program, "."], {
    cwd: folder,
    env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off" },
  });
}
