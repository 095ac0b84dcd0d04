import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromiumProgram, noChromium, whyNoControlPlane } from "../lib/needs.ts";
import { inRoot } from "../lib/root.ts";
import { runNode } from "../lib/run.ts";
import type { Counts } from "../vitest/counts-reporter.ts";
import { laterMark } from "../../test/embedded/client/later.ts";
import type { Finding, Part, PartResult } from "./part.ts";

/** Tests beside the sources, property tests among them. */
export const unit: Part = { name: "unit", budget: 200, run: () => vitestProject("unit") };

/** What both transports must do alike, against servers in the test process. */
export const conformance: Part = { name: "conformance", budget: 100, run: () => vitestProject("conformance") };

/** What watches and caches are told, held against what really happened. */
export const history: Part = { name: "history", budget: 150, run: () => vitestProject("history") };

/** Against a real API server. */
export const real: Part = { name: "real", budget: 300, run: () => onControlPlane("real") };

/** Protobuf against Go's own, and against a real API server. */
export const protobuf: Part = { name: "protobuf", budget: 240, run: () => onControlPlane("protobuf") };

/** Networks that break, between the clients and a real API server. */
export const faults: Part = { name: "faults", budget: 300, run: () => onControlPlane("faults") };

/** What runs in pods: exec, against a real API server and kubelet. */
export const streams: Part = { name: "streams", budget: 300, run: () => onControlPlane("streams") };

/** The API server in the test process, held against a real one. */
export const embedded: Part = {
  name: "embedded",
  budget: 420,
  async run() {
    const result = await onControlPlane("embedded", "embedded-client");
    const [later, skipped] = partitionLater(result.skipped);
    if (later.length > 0) console.log(`${later.length} tests of the client wait for what the server does not have yet`);
    return { ...result, skipped };
  },
};

/** Pages in Chromium, and attacks on the proxy that they use. */
export const browser: Part = {
  name: "browser",
  budget: 360,
  run() {
    if (chromiumProgram() !== undefined) return vitestProject("browser");
    const skipped = [{ what: "every test of browser", why: noChromium }];
    return Promise.resolve({ passed: 0, failed: [], skipped });
  },
};

/** Tests that test/embedded/client leaves out, of which it has a list, and others. */
function partitionLater(skips: readonly Finding[]): readonly [later: readonly Finding[], others: readonly Finding[]] {
  const isLater = ({ why }: Finding): boolean => why.startsWith(laterMark);
  return [skips.filter(isLater), skips.filter((skip) => !isLater(skip))];
}

function onControlPlane(...projects: readonly string[]): Promise<PartResult> {
  const why = whyNoControlPlane();
  if (why === undefined) return vitestProject(...projects);
  return Promise.resolve({ passed: 0, failed: [], skipped: [{ what: `every test of ${projects.join(", ")}`, why }] });
}

async function vitestProject(...projects: readonly string[]): Promise<PartResult> {
  const folder = mkdtempSync(join(tmpdir(), "kubewright-vitest-"));
  const counts = join(folder, "counts.json");
  try {
    const own = ["reporter.ts", "secrets-entry.ts"].map((file) => `--reporter=${inRoot("tools", "vitest", file)}`);
    const reporters = ["--reporter=default", ...own];
    const { code } = await runNode(
      inRoot("node_modules", "vitest", "vitest.mjs"),
      ["run", ...projects.flatMap((project) => ["--project", project]), ...reporters],
      { live: true, env: { KUBEWRIGHT_COUNTS: counts } },
    );
    const outside = (why: string): Finding => ({ what: projects.join(", "), why: `${why} (exit code ${code})` });
    if (!existsSync(counts)) return { passed: 0, failed: [outside("vitest ended without a result")], skipped: [] };
    const { passed, failed, skipped } = JSON.parse(readFileSync(counts, "utf8")) as Counts;
    // No test at all, or a global set-up that failed, shows in the exit code only.
    const silent = failed.length === 0 && code !== 0;
    return { passed, failed: silent ? [outside("vitest failed, but no test did")] : failed, skipped };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
