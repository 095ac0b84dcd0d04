import type { PlatformPath } from "node:path";
import { Secret } from "../settings/secret.ts";
import { fieldsOf, invalidKubeconfig, type Fields, type PlainMap } from "./fields.ts";
import { readPemField } from "./read-cluster.ts";
import type { OidcProvider } from "../settings/resolved.ts";

// Taken out of client-go in 1.26; each left a plugin behind.
const successors: Readonly<Record<string, string>> = {
  gcp: "gke-gcloud-auth-plugin",
  azure: "kubelogin",
};

/** Reads `auth-provider`. Only `oidc` is left in client-go; the others name the plugin that came after them. */
export function readOidcProvider(
  provider: PlainMap,
  userPlace: string,
  file: string | undefined,
  paths: PlatformPath,
): OidcProvider {
  const place = `auth-provider of ${userPlace}`;
  const { text, map } = fieldsOf(provider, place);
  const name = text("name");
  if (name !== "oidc") {
    const successor = name !== undefined && Object.hasOwn(successors, name) ? successors[name] : undefined;
    const fix =
      successor === undefined
        ? "only oidc is known; use an exec plugin"
        : `it left Kubernetes in 1.26; use the exec plugin ${successor}`;
    throw invalidKubeconfig(place, `name ${JSON.stringify(name ?? "")}: ${fix}`);
  }
  const config = fieldsOf(map("config") ?? {}, place);
  return {
    issuerUrl: issuer(config),
    clientId: needed(config, "client-id"),
    clientSecret: secret(config, "client-secret"),
    idToken: secret(config, "id-token"),
    refreshToken: secret(config, "refresh-token"),
    issuerCa: readPemField(config, "idp-certificate-authority", file, paths),
  };
}

function needed(config: Fields, key: string): string {
  const value = config.text(key);
  if (value === undefined) throw invalidKubeconfig(config.place, `config needs ${key}`);
  return value;
}

function issuer(config: Fields): string {
  const text = needed(config, "idp-issuer-url");
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw invalidKubeconfig(config.place, "idp-issuer-url must be an https URL");
  return text;
}

function secret(config: Fields, key: string): Secret | undefined {
  const value = config.text(key);
  return value === undefined ? undefined : new Secret(value);
}
