import { InputError } from "../errors/input-error.ts";
import { whatItIs } from "../input/what-it-is.ts";
import { isToken } from "../transport/authorization.ts";

/** The Authorization header of a token. The error does not quote it. */
export function bearerHeader(token: unknown, field = "token"): string {
  if (typeof token !== "string") throw new InputError(field, `it must be text, not ${whatItIs(token)}`);
  if (!isToken(token))
    throw new InputError(field, "it must be text without spaces and line breaks, and not empty; trim it");
  return `Bearer ${token}`;
}
