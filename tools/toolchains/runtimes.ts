import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type Plugin } from "esbuild";
import { build as viteBuild } from "vite";
import { startRelay } from "../../test/toolchains/suite/relay.ts";
import { chromiumProgram, noChromium } from "../lib/needs.ts";
import { inRoot } from "../lib/root.ts";
import type { Checks } from "../parts/part.ts";
import { expectedOfPage, startRecordedServer } from "./recorded-server.ts";
import { recordRun, type Setting } from "./setting.ts";

const suite = inRoot("test", "toolchains", "suite");
/** A suite or a page takes seconds; this is for what hangs. */
const longestMs = 120_000;

/** Bun, Deno and an older Node run the program and the transports' suite; Chromium the suite for the web transport, and a page built by vite. */
export async function checkRuntimes(setting: Setting): Promise<void> {
  const { modules, checks, project } = setting;
  await bundleSuite(setting, "on-runtime.ts", "suite.mjs", false);
  const runtimes = {
    "Node 22.16": [join(modules, "node-22.16", "bin", "node")],
    Bun: [join(modules, "@oven", "bun-linux-x64", "bin", "bun")],
    Deno: [join(modules, "@deno", "linux-x64-glibc", "deno"), "run", "-A", "--no-config", "--node-modules-dir=manual"],
  };
  for (const [name, [program = "", ...args]] of Object.entries(runtimes)) {
    if (!existsSync(program)) {
      checks.skip(name, `npm has it for linux-x64 only here, this is ${process.platform}-${process.arch}`);
      continue;
    }
    await recordRun(setting, name, program, [...args, "main.mjs"]);
    const started = (origin: string): ChildProcess =>
      spawn(program, [...args, "suite.mjs", origin], { cwd: project, detached: true, stdio: "ignore" });
    await recordSuite(setting, name, started);
  }
  const chromium = chromiumProgram();
  if (chromium === undefined) {
    checks.skip("pages in Chromium", noChromium);
    return;
  }
  await bundleSuite(setting, "in-page.ts", "page-suite.mjs", true);
  const script = readFileSync(join(project, "page-suite.mjs"), "utf8");
  await recordSuite(setting, "Chromium", (origin) => open(chromium, origin, setting), script);
  await checkVite(setting, chromium);
}

/** The suite as one file; the packed packages stay imports, except for a page. */
async function bundleSuite({ project }: Setting, entry: string, output: string, page: boolean): Promise<void> {
  const instead: Plugin = {
    name: "what the suite stands on",
    setup({ onResolve, resolve }) {
      onResolve({ filter: /^vitest$/ }, () => ({ path: join(suite, "harness.ts") }));
      onResolve({ filter: /\/handler-server\.ts$/ }, () => ({ path: join(suite, "remote-server.ts") }));
      if (page) {
        onResolve({ filter: /\/certificates\.ts$|^node:/ }, () => ({ path: join(suite, "page-stubs.ts") }));
        onResolve({ filter: /^@kubewright\// }, ({ path, kind, pluginData }) =>
          pluginData === project ? undefined : resolve(path, { resolveDir: project, kind, pluginData: project }),
        );
      } else {
        onResolve({ filter: /^@kubewright\// }, ({ path }) => ({ path, external: true }));
      }
    },
  };
  await build({
    entryPoints: [join(suite, entry)],
    outfile: join(project, output),
    bundle: true,
    format: "esm",
    platform: page ? "browser" : "node",
    target: "es2022",
    logLevel: "silent",
    plugins: [instead],
  });
}

/** One check per case of the suite, and one that all of them ran. */
async function recordSuite(
  { checks }: Setting,
  name: string,
  start: (origin: string) => ChildProcess,
  page?: string,
): Promise<void> {
  const relay = await startRelay(page);
  const finished = await whileRunning(start(relay.origin), relay.done);
  for (const { name: what, error } of relay.outcomes) {
    if (error === undefined) checks.pass();
    else checks.fail(`${name}: ${what}`, error);
  }
  if (finished) checks.pass();
  else checks.fail(`the suite on ${name}`, `it ended, or took too long, after ${relay.outcomes.length} cases`);
  console.log(`${name}: ${relay.outcomes.length} cases`);
  await relay.close();
}

/** True when `work` is done before the program ends; ends the program, with all that it started. */
async function whileRunning(child: ChildProcess, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const exited = new Promise<boolean>((resolve) => child.once("exit", () => resolve(false)));
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), longestMs);
  });
  const done = await Promise.race([work.then(() => true), exited, late]);
  clearTimeout(timer);
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended.
  }
  await exited;
  return done;
}

function open(chromium: string, url: string, { project }: Setting): ChildProcess {
  const profile = join(dirname(project), `profile-${new URL(url).port}`);
  mkdirSync(profile);
  // Servers of the suite are of other origins than its page, and know nothing of CORS.
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-web-security", "--remote-debugging-port=0"];
  return spawn(chromium, [...flags, `--user-data-dir=${profile}`, url], { detached: true, stdio: "ignore" });
}

/** What a careful site says of its pages: scripts from itself, and none made out of text. */
const policy = "default-src 'self'";

/** A page built by vite, behind a server that hands /k8s on; it sends what it saw to /report/…. */
async function checkVite(setting: Setting, chromium: string): Promise<void> {
  const { project, checks } = setting;
  const site = join(project, "site");
  mkdirSync(site);
  for (const [from, to] of [
    ["page.html", "index.html"],
    ["page.mjs", "page.mjs"],
    ["watches.mjs", "watches.mjs"],
  ] as const)
    writeFileSync(join(site, to), readFileSync(join(project, from)));
  await viteBuild({ root: site, configFile: false, logLevel: "silent", build: { outDir: "dist" } });
  checkChunks(join(site, "dist", "assets"), checks);
  let report: (text: string) => void = () => {};
  const reported = new Promise<string>((resolve) => (report = resolve));
  const server = await startRecordedServer({
    prefix: "/k8s",
    other(path) {
      if (path.startsWith("/report/")) {
        report(decodeURIComponent(path.slice("/report/".length)));
        return { type: "text/plain", body: "" };
      }
      const file = join(site, "dist", path === "/" ? "index.html" : path);
      if (!existsSync(file)) return { type: "text/plain", body: "" };
      return { type: file.endsWith(".html") ? "text/html" : "text/javascript", policy, body: readFileSync(file) };
    },
  });
  const finished = await whileRunning(open(chromium, server.origin, setting), reported);
  const text = finished ? await reported : "nothing";
  if (text === expectedOfPage) checks.pass();
  else checks.fail("a page built by vite, in Chromium", `it reported ${text}; expected ${expectedOfPage}`);
  await server.close();
}

/** The codec for protobuf is a file of its own, which the page loads when it asks for protobuf. */
function checkChunks(folder: string, checks: Checks): void {
  const chunks = readdirSync(folder).filter((name) => name.endsWith(".js"));
  const withCodec = chunks.filter((name) => readFileSync(join(folder, name), "utf8").includes("skipType"));
  if (withCodec.length === 1 && withCodec[0]?.startsWith("index-") === false) checks.pass();
  else
    checks.fail("chunks of a page built by vite", `of ${chunks.join(", ")} the codec is in: ${withCodec.join(", ")}`);
}
