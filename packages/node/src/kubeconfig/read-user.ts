import type { PlatformPath } from "node:path";
import type { Impersonation } from "@kubewright/core";
import { Secret } from "../settings/secret.ts";
import { fieldsOf, invalidKubeconfig, own, type Fields } from "./fields.ts";
import { isContent, isHeaderToken } from "../settings/syntax.ts";
import { placeOf, type KubeconfigEntry } from "./kubeconfig.ts";
import { readExecPlugin } from "./read-exec.ts";
import { readOidcProvider } from "./read-oidc.ts";
import { besideFile, readPemField } from "./read-cluster.ts";
import type { ResolvedUser } from "../settings/resolved.ts";

/** Nobody: requests without credentials. */
export const anonymous: ResolvedUser = {
  token: undefined,
  tokenFile: undefined,
  certificate: undefined,
  basic: undefined,
  exec: undefined,
  oidc: undefined,
  impersonate: undefined,
};

/** Reads the fields of a user, and refuses what client-go refuses (clientcmd/validation.go). */
export function readUser(entry: KubeconfigEntry, paths: PlatformPath): ResolvedUser {
  const fields = fieldsOf(entry.fields, placeOf("user", entry));
  const token = fields.text("token");
  const tokenFile = fields.text("tokenFile");
  if (tokenFile !== undefined && isContent(tokenFile))
    throw invalidKubeconfig(fields.place, "tokenFile must be a path; the token itself goes into token");
  const basic = readBasic(fields);
  if (basic !== undefined && (token !== undefined || tokenFile !== undefined)) {
    throw invalidKubeconfig(fields.place, "it has both a token and a username; keep one of them");
  }
  const certificate = readCertificate(fields, entry.file, paths);
  const exec = readExecPlugin(fields, entry.file, paths);
  const provider = fields.map("auth-provider");
  if (exec !== undefined && provider !== undefined) {
    throw invalidKubeconfig(fields.place, "it has both exec and auth-provider; keep one of them");
  }
  const oidc = provider && readOidcProvider(provider, fields.place, entry.file, paths);
  const hasHeader = token !== undefined || tokenFile !== undefined || basic !== undefined;
  return {
    token: token === undefined ? undefined : headerSafe(token, fields),
    tokenFile: tokenFile === undefined ? undefined : besideFile(tokenFile, entry.file, paths),
    certificate,
    basic,
    // What is in the file itself wins over what would have to be asked for, as in client-go (auth/exec, auth/oidc).
    exec: hasHeader || certificate !== undefined ? undefined : exec,
    oidc: hasHeader ? undefined : oidc,
    impersonate: readImpersonation(fields),
  };
}

function headerSafe(token: string, fields: Fields): Secret {
  if (!isHeaderToken(token))
    throw invalidKubeconfig(fields.place, "token holds spaces or characters that no header may hold");
  return new Secret(token);
}

function readBasic(fields: Fields): ResolvedUser["basic"] {
  const username = fields.text("username");
  const password = fields.text("password");
  if (username === undefined && password === undefined) return undefined;
  if (username?.includes(":") === true)
    throw invalidKubeconfig(fields.place, "username must not hold a colon (RFC 7617)");
  return { username: username ?? "", password: new Secret(password ?? "") };
}

function readCertificate(fields: Fields, file: string | undefined, paths: PlatformPath): ResolvedUser["certificate"] {
  const cert = readPemField(fields, "client-certificate", file, paths);
  if (cert === undefined) return undefined;
  const key = readPemField(fields, "client-key", file, paths);
  if (key === undefined)
    throw invalidKubeconfig(fields.place, "a client-certificate needs a client-key or client-key-data beside it");
  return { cert, key };
}

function readImpersonation(fields: Fields): Impersonation | undefined {
  const user = fields.text("as");
  const uid = fields.text("as-uid");
  const groups = fields.texts("as-groups");
  const extra: Record<string, readonly string[]> = Object.create(null) as Record<string, readonly string[]>;
  const map = fields.map("as-user-extra") ?? {};
  for (const key of Object.keys(map)) {
    const values = own(map, key) ?? [];
    if (!Array.isArray(values) || !values.every((value) => typeof value === "string")) {
      throw invalidKubeconfig(fields.place, `as-user-extra: ${key} must be a list of texts`);
    }
    extra[key] = values;
  }
  const hasExtra = Object.keys(extra).length > 0;
  if (user === undefined) {
    if (uid === undefined && groups.length === 0 && !hasExtra) return undefined;
    throw invalidKubeconfig(fields.place, "as-uid, as-groups and as-user-extra need `as`, the user to act as");
  }
  return { user, groups, uid, extra };
}
