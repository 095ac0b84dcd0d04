import { type Causes, invalidCause } from "./causes.ts";
import { wrongForm } from "./checks.ts";

// Paths of files in volumes and containers.

/** validatePathNoBacksteps */
export function backsteps(path: string): readonly string[] {
  return path.split("/").includes("..") ? ["must not contain '..'"] : [];
}

/** validateLocalDescendingPath */
export function* wrongLocalPath(path: string, at: string): Causes {
  yield* wrongForm(at, path, (text) => (text.startsWith("/") ? ["must be a relative path"] : []));
  yield* wrongForm(at, path, backsteps);
}

/** ValidateLocalNonReservedPath */
export function* wrongUnreservedPath(path: string, at: string): Causes {
  yield* wrongLocalPath(path, at);
  yield* wrongForm(at, path, (text) =>
    /^\.\.(?!\/)./.test(text) || text === ".." ? ["must not start with '..'"] : [],
  );
}

/** What the bits of a file's mode may be, where there is one. */
export function* wrongFileMode(mode: unknown, at: string): Causes {
  if (typeof mode === "number" && (mode > 0o777 || mode < 0))
    yield invalidCause(at, mode, "must be a number between 0 and 0777 (octal), both inclusive");
}
