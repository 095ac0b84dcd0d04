import { InputError, whatItIs } from "@kubewright/core";

/** What `tar` is told to read: a name in a folder, "." for all that a folder holds. */
export interface RemoteSource {
  readonly folder: string;
  readonly name: string;
  /** The last name of the path, for a copy into a folder; undefined where it has none, as in "/" and "..". */
  readonly ownName: string | undefined;
}

/** @throws InputError */
export function checkRemote(remote: string): void {
  checkPath(remote, "remote");
}

/** @throws InputError */
export function checkPath(path: unknown, field: string): asserts path is string {
  if (typeof path !== "string") throw new InputError(field, `it must be a path, not ${whatItIs(path)}`);
  if (path === "") throw new InputError(field, 'it is empty; "." is the working folder');
  if (path.includes("\0")) throw new InputError(field, "no path has a NUL in it");
  if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(path))
    throw new InputError(field, "it holds half of a character (a lone surrogate)");
}

/** A path that ends with a slash, or names no name of its own, is a folder whose content is read: a link to a folder is gone through. */
export function remoteSource(remote: string): RemoteSource {
  const plain = withoutSlashes(remote);
  const ownName = lastName(plain);
  const named = ownName === undefined ? undefined : { folder: folderOf(plain), name: ownName, ownName };
  if (named !== undefined && plain === remote) return named;
  return { folder: notAnOption(plain), name: ".", ownName };
}

/** Without the slashes at its end; "/" stays. */
export function withoutSlashes(path: string): string {
  return path.replace(/\/+$/, "") || "/";
}

/** Undefined for "/", "." and "..". */
export function lastName(plain: string): string | undefined {
  const name = plain.slice(plain.lastIndexOf("/") + 1);
  return name === "" || name === "." || name === ".." ? undefined : name;
}

/** The folder that a path's last name lies in. */
export function folderOf(plain: string): string {
  const slash = plain.lastIndexOf("/");
  if (slash === -1) return ".";
  return notAnOption(plain.slice(0, slash) || "/");
}

/** A path that no program takes for an option. */
export function notAnOption(path: string): string {
  return path.startsWith("-") ? `./${path}` : path;
}
