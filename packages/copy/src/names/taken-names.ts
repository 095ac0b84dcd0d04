import { Fault } from "../outcome/fault.ts";
import { shownPath } from "../outcome/shown-path.ts";

/** What stands at a path of this copy. `left out`: something that is not copied, such as a link. */
export type Taken = "file" | "folder" | "left out";

/** The paths of one copy: no two may be one on a file system that ignores case, and none may lead through what is no folder. */
export class TakenNames {
  readonly #taken = new Map<string, { readonly path: string; readonly what: Taken }>();

  /** @throws Fault where the path cannot be taken beside those that are */
  take(names: readonly string[], what: Taken): void {
    for (let depth = 0; depth < names.length; depth++) this.#one(names.slice(0, depth), "folder");
    this.#one(names, what);
  }

  #one(names: readonly string[], what: Taken): void {
    const path = names.join("/");
    const key = folded(path);
    const before = this.#taken.get(key);
    if (before === undefined) {
      this.#taken.set(key, { path, what });
      return;
    }
    if (before.path !== path)
      throw new Fault(
        `the archive holds ${shownPath(before.path)} and ${shownPath(path)}: they are one where case does not count`,
      );
    if (before.what === "folder" && what === "folder") return;
    const why = what === "folder" ? "as a way to others, and as what is no folder" : "twice";
    throw new Fault(`the archive holds ${shownPath(path)} ${why}`);
  }
}

/** Equal for what macOS and Windows may take for one name. */
function folded(path: string): string {
  return path.normalize("NFD").toUpperCase().toLowerCase().normalize("NFD");
}
