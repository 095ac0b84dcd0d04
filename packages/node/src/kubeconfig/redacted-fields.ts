import { Secret } from "../settings/secret.ts";
import { isContent } from "../settings/syntax.ts";
import { fieldsOf, isMap, own, type PlainMap } from "./fields.ts";
import { orBroken } from "./kubeconfig.ts";

/** How a field that is known to be harmless is shown. Undefined: it is not what belongs there, which may be a credential. */
type Show = (value: unknown) => unknown;

/** Fields that are shown; every other is a secret. */
interface Harmless {
  readonly [field: string]: Show;
}

const text: Show = (value) => (typeof value === "string" ? value : undefined);
// By mistake, the content of a file stands where its path belongs.
const path: Show = (value) => (typeof value === "string" && !isContent(value) ? value : undefined);
const texts: Show = (value) =>
  Array.isArray(value) && value.every((one) => typeof one === "string") ? value : undefined;
const flag: Show = (value) =>
  orBroken(
    () => fieldsOf({ value }, "").flag("value"),
    () => undefined,
  );
/** Without what may be a user, a password or a token in it. */
const address: Show = (value) =>
  typeof value === "string" ? value.replace(/[?#].*$/s, "").replace(/^(\w+:\/\/)?.*@/s, "$1[redacted]@") : undefined;

const map =
  (harmless: Harmless): Show =>
  (value) =>
    isMap(value) ? redacted(value, harmless) : undefined;
const list =
  (show: Show): Show =>
  (value) =>
    Array.isArray(value) ? value.map(show) : undefined;

/** Text as it is, what is not text as JSON. */
function secret(value: unknown): Secret {
  return new Secret(typeof value === "string" ? value : JSON.stringify(value));
}

const plugin: Harmless = {
  apiVersion: text,
  command: path,
  // Some plugins take a password by argument.
  args: list(secret),
  env: list(map({ name: text })),
  interactiveMode: text,
  provideClusterInfo: flag,
  installHint: text,
};
const login: Harmless = {
  name: text,
  config: map({ "client-id": text, "idp-issuer-url": address, "idp-certificate-authority": path }),
};

export const clusterFields: Harmless = {
  server: address,
  "tls-server-name": text,
  "insecure-skip-tls-verify": flag,
  "certificate-authority": path,
  "disable-compression": flag,
};
export const userFields: Harmless = {
  "client-certificate": path,
  "client-key": path,
  tokenFile: path,
  username: text,
  as: text,
  "as-uid": text,
  "as-groups": texts,
  exec: map(plugin),
  "auth-provider": map(login),
};

/** The fields that are set, as they stand in the file; a {@link Secret} of each that is not known to be harmless. */
export function redacted(fields: PlainMap, harmless: Harmless): PlainMap {
  const shown = Object.create(null) as Record<string, unknown>;
  for (const field of Object.keys(fields)) {
    const value = own(fields, field) ?? "";
    if (value === "") continue;
    const show = Object.hasOwn(harmless, field) ? harmless[field] : secret;
    const found = show?.(value);
    if (found !== undefined) shown[field] = found;
  }
  return shown;
}
