import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  globSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { lockFile } from "./lock-file.ts";

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(here, "../../.cache/controlplane");
const KEPT_BUILDS = 3;

/** Says what is going on while it takes long. Goes to standard error by default. */
export type Say = (line: string) => void;

/** This machine cannot build the control plane; the message says what is missing. */
export class CannotBuildError extends Error {
  override readonly name: string = "CannotBuildError";
}

/**
 * The control-plane program, built when its sources or the Go version have changed since the last time.
 * Returns its path. Throws CannotBuildError where there is no Go or no Linux.
 */
export async function buildControlPlane(say: Say = (line) => console.error(line)): Promise<string> {
  if (process.platform !== "linux") {
    throw new CannotBuildError(
      `The control plane needs Linux (its kubelet uses namespaces); this is ${process.platform}.`,
    );
  }
  const goVersion = await readGoVersion();
  const folder = join(cache, hashSources(goVersion));
  const binary = join(folder, "controlplane");
  mkdirSync(folder, { recursive: true });
  if (!existsSync(binary)) {
    const unlock = await lockFile(join(cache, "build.lock"), () =>
      say("Another build of the control plane is running; waiting for it."),
    );
    try {
      if (!existsSync(binary)) await build(binary, goVersion, say);
    } finally {
      unlock();
    }
  }
  // Marks it as used, for the choice of what to remove.
  const now = new Date();
  utimesSync(folder, now, now);
  return binary;
}

async function readGoVersion(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("go", ["env", "GOVERSION", "GOARCH"], { cwd: here });
    return stdout.trim().replace(/\s+/g, " ");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") {
      throw new CannotBuildError(
        "The control plane is built with Go, and there is no `go` on the PATH. Install Go 1.26 or newer.",
      );
    }
    throw new CannotBuildError(`\`go env\` failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}

function sources(): string[] {
  return globSync(["**/*.go", "go.mod", "go.sum"], { cwd: here }).sort();
}

function hashSources(goVersion: string): string {
  const hash = createHash("sha256").update(`${goVersion}\0${ldflags()}\0`);
  for (const name of sources()) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(here, name)))
      .update("\0");
  }
  return hash.digest("hex").slice(0, 20);
}

/** Kubernetes learns its version when it is linked; without this `/version` holds placeholders. */
function ldflags(): string {
  const version = /^\s*k8s\.io\/kubernetes (v(\d+)\.(\d+)\.\d+)/m.exec(readFileSync(join(here, "go.mod"), "utf8"));
  if (version === null) throw new Error("go.mod does not require k8s.io/kubernetes");
  const [, git = "", major = "", minor = ""] = version;
  const at = "k8s.io/component-base/version";
  return `-s -w -X ${at}.gitVersion=${git} -X ${at}.gitMajor=${major} -X ${at}.gitMinor=${minor}`;
}

async function build(binary: string, goVersion: string, say: Say): Promise<void> {
  say(
    `Building the Kubernetes control plane with ${goVersion}: about five minutes the first time on a machine, then seconds.`,
  );
  const started = Date.now();
  const unfinished = `${binary}.unfinished`;
  await new Promise<void>((resolve, reject) => {
    const go = spawn("go", ["build", "-mod=readonly", "-trimpath", "-ldflags", ldflags(), "-o", unfinished, "."], {
      cwd: here,
      env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off" },
      stdio: ["ignore", 2, 2],
    });
    go.on("error", reject);
    go.on("close", (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`go build of the control plane failed with exit code ${code}; see above`)),
    );
  });
  renameSync(unfinished, binary);
  removeOldBuilds();
  say(`Built ${binary} in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function removeOldBuilds(): void {
  const builds = readdirSync(cache, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(cache, entry.name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const old of builds.slice(KEPT_BUILDS)) rmSync(old, { recursive: true, force: true });
}
