import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";

/** The bytes of one file, wherever it lies. */
export interface FoundFile {
  /** What problems call it. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** False for a file of a folder, which may hold anything. */
  readonly named: boolean;
}

/** What lies at some places. */
export interface Found {
  readonly files: readonly FoundFile[];
  /** One for each place that could not be read. */
  readonly problems: readonly string[];
}

/** How long an address may take, in milliseconds. */
const patience = 60_000;

/**
 * Reads files, folders with all that is below them (.yaml, .yml and .json; without hidden folders and node_modules), standard
 * input (`-`) and https addresses.
 */
export async function readPlaces(places: readonly string[]): Promise<Found> {
  const found = await Promise.all([...new Set(places)].map(readPlace));
  return { files: found.flatMap(({ files }) => files), problems: found.flatMap(({ problems }) => problems) };
}

async function readPlace(place: string): Promise<Found> {
  if (place === "-") return one("standard input", () => buffer(process.stdin));
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(place)?.[1]?.toLowerCase();
  if (scheme === "https") return one(withoutSecrets(place), () => download(place));
  if (scheme !== undefined) {
    return failed(
      `${withoutSecrets(place)} is not read: give a file, a folder, an address with https:// or - for standard input`,
    );
  }
  return existsSync(place) && statSync(place).isDirectory()
    ? readFolder(place)
    : one(place, () => Promise.resolve(readFileSync(place)));
}

async function one(name: string, read: () => Promise<Uint8Array>, named = true): Promise<Found> {
  try {
    return { files: [{ name, bytes: await read(), named }], problems: [] };
  } catch (error) {
    return failed(`${name} cannot be read: ${told(error)}`);
  }
}

async function readFolder(folder: string): Promise<Found> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && /\.(?:ya?ml|json)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/(?:^|[\\/])(?:\.[^.\\/]|node_modules[\\/])/.test(file.slice(folder.length)))
    .toSorted();
  if (files.length === 0) return failed(`${folder} holds no .yaml, .yml or .json file`);
  const found = await Promise.all(files.map((file) => one(file, () => Promise.resolve(readFileSync(file)), false)));
  return { files: found.flatMap((each) => each.files), problems: found.flatMap((each) => each.problems) };
}

async function download(address: string): Promise<Uint8Array> {
  const response = await fetch(address, { signal: AbortSignal.timeout(patience) });
  if (!response.ok) throw new Error(`the server answers ${response.status} ${response.statusText}`.trim());
  return new Uint8Array(await response.arrayBuffer());
}

function failed(problem: string): Found {
  return { files: [], problems: [problem] };
}

/** An address may hold a password or a token, in front of its host or behind its path. */
function withoutSecrets(address: string): string {
  return address.replace(/\/\/[^/?#]*@/, "//").replace(/[?#].*$/s, "");
}

/** fetch says why in the cause only. */
function told(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message}: ${cause.message}` : message;
}
