import { Fault } from "../outcome/fault.ts";
import { shownPath } from "../outcome/shown-path.ts";
import { whyNotName } from "./check-name.ts";

/** Folders in folders, and bytes of a path below what is copied. */
const most = { depth: 128, bytes: 4096 } as const;

/**
 * The names below `root` that an entry's path leads through; none for `root` itself. `root` is what `tar` was asked for: "app", or "."
 * for the content of a folder. @throws Fault for a path that leads elsewhere, or that not every platform takes
 */
export function pathBelow(root: string, path: string, windows: boolean): readonly string[] {
  const plain = path.endsWith("/") ? path.slice(0, -1) : path;
  if (plain === root) return [];
  const refuse = (why: string): Fault => new Fault(`the archive holds the path ${shownPath(path)}: ${why}`);
  if (path.startsWith("/")) throw refuse("it is absolute");
  if (Buffer.byteLength(plain) - root.length > most.bytes) throw refuse(`it is longer than ${most.bytes} bytes`);
  if (!plain.startsWith(`${root}/`)) throw refuse(`it does not lie in ${shownPath(root)}, which was asked for`);
  const names = plain.slice(root.length + 1).split("/");
  if (names.length > most.depth) throw refuse(`it leads through more than ${most.depth} folders`);
  for (const name of names) {
    const why = whyNotName(name, windows);
    if (why !== undefined) throw refuse(why);
  }
  return names;
}
