import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createIdentity, type Identity } from "./identity.ts";
import { openSqliteStorage, type SqliteStorage } from "./sqlite-storage.ts";

/** What a server finds again where it was before. */
export interface StateFolder {
  readonly storage: SqliteStorage;
  readonly identity: Identity;
  /** Where it listened last; undefined at first. */
  readonly port: number | undefined;
  /** Remembers where it listens. */
  keepPort(port: number): void;
}

interface Saved extends Identity {
  readonly port?: number | undefined;
}

/**
 * Opens a folder, which is made where there is none. Nobody else may read what is in it, for that includes the server's key and token.
 * @throws InputError when another server has it open, or another release wrote it
 */
export async function openStateFolder(folder: string): Promise<StateFolder> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const storage = await openSqliteStorage(join(folder, "objects.sqlite"), folder);
  const file = join(folder, "server.json");
  const { port, ...identity }: Saved = readSaved(file) ?? createIdentity();
  return { storage, identity, port, keepPort: (kept) => save(file, { ...identity, port: kept }) };
}

function readSaved(file: string): Saved | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Saved;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Whole or not at all. */
function save(file: string, saved: Saved): void {
  writeFileSync(`${file}.new`, JSON.stringify(saved), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
