import { ConfigError } from "../errors/config-errors.ts";

/** Loads code that is heavy and rare when it is first used. `what` are they that need it. */
export async function loadPiece<T>(what: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new ConfigError(`${what}: the code of them could not be loaded; check that a page can fetch it`, { cause });
  }
}
