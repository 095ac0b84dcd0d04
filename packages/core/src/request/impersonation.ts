import { InputError } from "../errors/input-error.ts";
import type { HeaderLists } from "../transport/transport.ts";
import type { Impersonation } from "../types/options.ts";
import { plainObject } from "../input/plain-object.ts";
import { headerValue } from "./headers.ts";
import { unknownOption } from "../input/unknown-option.ts";
import { asText, texts } from "./text.ts";

const known: readonly string[] = ["user", "groups", "uid", "extra"] satisfies (keyof Impersonation)[];

/**
 * The headers of an impersonation. Extra keys are percent-encoded (k8s.io/client-go transport/round_trippers.go,
 * headerKeyEscape).
 */
export function impersonationHeaders(impersonation: unknown, field = "impersonate"): HeaderLists {
  const given = plainObject(impersonation, field) as object as Impersonation;
  for (const key of Object.keys(given))
    if (!known.includes(key))
      throw unknownOption(
        `${field}.${key}`,
        known.map((name) => `${field}.${name}`),
      );
  const { user, groups = [], uid, extra = {} } = given;
  if (typeof user !== "string" || user === "") {
    throw new InputError(`${field}.user`, "it is needed: groups, uid and extra belong to a user");
  }
  const headers = Object.create(null) as Record<string, readonly string[]>;
  headers["impersonate-user"] = [headerValue("Impersonate-User", user)];
  if (texts(groups, `${field}.groups`).length > 0)
    headers["impersonate-group"] = groups.map((group) => headerValue("Impersonate-Group", group));
  if (uid !== undefined) headers["impersonate-uid"] = [headerValue("Impersonate-Uid", asText(uid, `${field}.uid`))];
  for (const [key, values] of Object.entries(plainObject(extra, `${field}.extra`))) {
    const name = `impersonate-extra-${escapeKey(key)}`;
    const list = texts(values, `${field}.extra[${JSON.stringify(key)}]`);
    if (list.length > 0) headers[name] = list.map((value) => headerValue(name, value));
  }
  return headers;
}

// Everything but the characters of a header name, and "%" itself, byte by byte; upper case too, since header names lose it. The
// digits are lower case: HTTP/2 knows no other header names.
function escapeKey(key: string): string {
  let escaped = "";
  for (const byte of new TextEncoder().encode(key)) {
    const character = String.fromCharCode(byte);
    escaped += /[a-z0-9!#$&'*+.^_`|~-]/.test(character) ? character : `%${byte.toString(16).padStart(2, "0")}`;
  }
  return escaped;
}
