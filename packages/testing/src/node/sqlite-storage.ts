import { InputError } from "@kubewright/core";
import type { ApiObject } from "../store/api-object.ts";
import type { ObjectStorage, StoredState } from "../store/object-storage.ts";

/** Objects in a file. */
export interface SqliteStorage extends ObjectStorage {
  /** Lets go of the file. */
  close(): void;
}

/** What the tables are like; a file that says another number is of another release. */
const format = 1;

/** What SQLite says when another connection has the file (SQLITE_BUSY). */
const busy = 5;

// A row without an object says that it is gone, so that the last revision is known whatever was written last. The journal makes
// every write whole and lets it survive the process; at a power failure the last ones may be lost.
const setUp = `
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS objects (
    store TEXT NOT NULL, key TEXT NOT NULL, revision INTEGER NOT NULL, object TEXT,
    PRIMARY KEY (store, key)
  ) STRICT;
`;

const write = `
  INSERT INTO objects (store, key, revision, object) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET revision = excluded.revision, object = excluded.object
`;

/**
 * Objects in a file of SQLite, by Node's own. `folder` is what errors name.
 * @throws InputError for a file that another server has open, and for one of another format
 */
export async function openSqliteStorage(file: string, folder: string): Promise<SqliteStorage> {
  const { DatabaseSync } = await import("node:sqlite");
  const database = new DatabaseSync(file);
  try {
    database.exec(setUp);
    checkFormat();
  } catch (cause) {
    database.close();
    if ((cause as { errcode?: unknown }).errcode !== busy) throw cause;
    throw new InputError("state", `another server has ${folder} open; end it, or take another folder`, { cause });
  }
  const written = database.prepare(write);
  return {
    load: () => stored(database.prepare("SELECT store, key, revision, object FROM objects").iterate()),
    write({ store, key, revision, object }) {
      written.run(store, key, revision, object === undefined ? null : JSON.stringify(object));
    },
    clear(revision) {
      written.run("", "", revision, null);
      database.exec("DELETE FROM objects WHERE store <> ''");
    },
    close: () => database.close(),
  };

  function checkFormat(): void {
    const { user_version: found } = database.prepare("PRAGMA user_version").get() as { user_version: number };
    if (found === 0) database.exec(`PRAGMA user_version = ${format}`);
    else if (found !== format)
      throw new InputError("state", `${folder} was written by another release; delete it, or take another folder`);
  }
}

function stored(rows: Iterable<unknown>): StoredState {
  const objects = new Map<string, Map<string, ApiObject>>();
  let last: number | undefined;
  for (const row of rows) {
    const { store, key, revision, object } = row as {
      store: string;
      key: string;
      revision: number;
      object: string | null;
    };
    last = Math.max(last ?? 0, revision);
    if (object === null) continue;
    const known = objects.get(store) ?? new Map<string, ApiObject>();
    objects.set(store, known.set(key, JSON.parse(object) as ApiObject));
  }
  return { revision: last, objects };
}
