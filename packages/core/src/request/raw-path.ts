import { InputError } from "../errors/input-error.ts";

/** A path given by the caller of `request()`: encoded already, checked so that it cannot leave what it says. */
export function rawPath(path: unknown): string {
  if (typeof path !== "string" || !path.startsWith("/")) throw new InputError("path", 'it must begin with "/"');
  for (let i = 0; i < path.length; i++) {
    const code = path.charCodeAt(i);
    if (code <= 0x20 || code >= 0x7f || code === 0x5c)
      throw new InputError("path", "encode spaces, control characters, backslashes and non-ASCII");
    if (code === 0x3f || code === 0x23)
      throw new InputError("path", 'it holds "?" or "#"; give the query by itself, and encode "#"');
    if (code === 0x25 && !/^[0-9a-fA-F]{2}$/.test(path.slice(i + 1, i + 3)))
      throw new InputError("path", 'a "%" must begin an escape such as %2F');
  }
  if (path.split("/").some((segment) => /^(\.|%2e){1,2}$/i.test(segment))) {
    throw new InputError("path", 'a segment "." or ".." would aim at another path');
  }
  return path;
}
