// First step of every npm command: brings Node 24 and pnpm where the machine's own are too old, installs from the
// lock file, then runs tools/tasks/<task>.ts. It has no dependencies and runs on Node 20.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, copyFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { nodeIsNewEnough, pnpmFits, toolchainFiles, unsupportedMessage } from "./bootstrap/plan.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === "win32";

/** @param {string} line */
function say(line) {
  process.stderr.write(`kubewright: ${line}\n`);
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  say(message);
  process.exit(1);
}

/** @returns {string | undefined} */
function ownPnpmVersion() {
  // On Windows a pnpm on PATH is a .cmd file, which needs a shell; the words are fixed.
  const result = spawnSync("pnpm", ["--version"], { encoding: "utf8", cwd: root, shell: windows });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/**
 * Runs the machine's npm. Its output is shown only when it fails.
 *
 * @param {string[]} args
 * @param {string} cwd
 */
function npm(args, cwd) {
  const cli = process.env["npm_execpath"];
  const options = { cwd, encoding: /** @type {const} */ ("utf8"), maxBuffer: 64 * 1024 * 1024 };
  const result =
    cli !== undefined && cli.endsWith("npm-cli.js")
      ? spawnSync(process.execPath, [cli, ...args], options)
      : spawnSync("npm", args, { ...options, shell: windows });
  if (result.error !== undefined) fail(`npm could not be started: ${result.error.message}`);
  if (result.status !== 0) {
    process.stderr.write(result.stdout + result.stderr);
    fail(`npm ${args[0]} failed in ${cwd} (its output is above)`);
  }
}

/**
 * The pinned toolchain of this platform, downloaded once per change of its lock file.
 *
 * @returns {{ node: string, pnpm: string } | undefined}
 */
function pinnedToolchain() {
  const files = toolchainFiles(process.platform, process.arch);
  if (files === undefined) return undefined;
  const source = join(root, "tools", "toolchain");
  const lock = readFileSync(join(source, "package-lock.json"));
  const id = createHash("sha256").update(lock).update(`${process.platform}-${process.arch}`).digest("hex").slice(0, 12);
  const home = join(root, ".toolchain", id);
  const found = {
    node: join(home, "node_modules", ...files.node.split("/")),
    pnpm: join(home, "node_modules", ...files.pnpm.split("/")),
  };
  if (!existsSync(found.node) || !existsSync(found.pnpm)) {
    say(`fetching Node and pnpm for ${process.platform}-${process.arch} from npm into .toolchain (once)`);
    const started = Date.now();
    // Into a folder of its own, then renamed: a run that is cut off, or a second one beside it, leaves no half toolchain.
    const staging = join(root, ".toolchain", `${id}-${process.pid}`);
    rmSync(staging, { recursive: true, force: true });
    mkdirSync(staging, { recursive: true });
    copyFileSync(join(source, "package.json"), join(staging, "package.json"));
    copyFileSync(join(source, "package-lock.json"), join(staging, "package-lock.json"));
    npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--include=optional"], staging);
    try {
      renameSync(staging, home);
    } catch (error) {
      if (existsSync(found.node)) rmSync(staging, { recursive: true, force: true });
      else throw error;
    }
    if (!existsSync(found.node) || !existsSync(found.pnpm)) {
      fail(
        `npm brought no executables for ${process.platform}-${process.arch}: expected ${found.node} and ${found.pnpm}`,
      );
    }
    say(`toolchain ready in ${seconds(started)}`);
  }
  if (!windows) linkBin(found);
  return found;
}

/**
 * A fixed place for people's PATH: .toolchain/bin.
 *
 * @param {{ node: string, pnpm: string }} tools
 */
function linkBin(tools) {
  const bin = join(root, ".toolchain", "bin");
  mkdirSync(bin, { recursive: true });
  for (const [name, target] of Object.entries(tools)) {
    const temporary = join(bin, `.${name}-${process.pid}`);
    rmSync(temporary, { force: true });
    symlinkSync(target, temporary);
    renameSync(temporary, join(bin, name));
  }
}

/** @param {number} started */
function seconds(started) {
  return `${((Date.now() - started) / 1000).toFixed(1)} s`;
}

/** @returns {{ node: string, pnpm: string }} */
function chooseTools() {
  const ownNode = nodeIsNewEnough(process.version);
  const ownPnpm = ownPnpmVersion();
  if (ownNode && pnpmFits(ownPnpm)) return { node: process.execPath, pnpm: "pnpm" };
  const pinned = pinnedToolchain();
  if (pinned === undefined) fail(unsupportedMessage(process.platform, process.arch, process.version, ownPnpm));
  return { node: ownNode ? process.execPath : pinned.node, pnpm: pnpmFits(ownPnpm) ? "pnpm" : pinned.pnpm };
}

/**
 * @param {string} pnpm
 * @param {NodeJS.ProcessEnv} env
 */
function install(pnpm, env) {
  const first = !existsSync(join(root, "node_modules", ".modules.yaml"));
  if (first) say("installing packages from the lock file");
  const started = Date.now();
  // Takes a tenth of a second when nothing changed; pnpm knows best whether anything did.
  const result = spawnSync(pnpm, ["install", "--frozen-lockfile", "--reporter=append-only"], {
    cwd: root,
    env: { ...env, CI: "true" },
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    shell: windows && pnpm === "pnpm",
  });
  if (result.error !== undefined) fail(`pnpm could not be started: ${result.error.message}`);
  if (result.status !== 0) {
    process.stderr.write(result.stdout + result.stderr);
    fail("pnpm install failed (its output is above)");
  }
  if (first) say(`packages installed in ${seconds(started)}`);
}

/**
 * @param {string} node
 * @param {string} task
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function run(node, task, args, env) {
  const file = join(root, "tools", "tasks", `${task}.ts`);
  const child = spawn(node, ["--conditions=kubewright-source", file, ...args], { cwd: root, env, stdio: "inherit" });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole group; sending it again would count as a second one.
      if (signal !== "SIGINT" || process.stdin.isTTY !== true) child.kill(signal);
    });
  }
  child.on("error", (error) => fail(`${node} could not be started: ${error.message}`));
  child.on("exit", (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal];
  });
}

const [task, ...args] = process.argv.slice(2);
if (task === undefined || !/^[a-z]+$/.test(task) || !existsSync(join(root, "tools", "tasks", `${task}.ts`))) {
  fail(
    task === undefined
      ? "say which task: node tools/bootstrap.mjs <task>"
      : `there is no task "${task}" in tools/tasks`,
  );
}
const tools = chooseTools();
const env = {
  ...process.env,
  PATH: [dirname(tools.node), ...(tools.pnpm === "pnpm" ? [] : [dirname(tools.pnpm)]), process.env["PATH"] ?? ""].join(
    delimiter,
  ),
};
install(tools.pnpm, env);
run(tools.node, task, args, env);
