import type { PlatformPath } from "node:path";
import { Secret } from "../settings/secret.ts";
import { fieldsOf, invalidKubeconfig, isMap, own, type Fields } from "./fields.ts";
import { isContent, proxyUrlProblem } from "../settings/syntax.ts";
import { placeOf, type KubeconfigEntry } from "./kubeconfig.ts";
import type { Pem, ResolvedCluster } from "../settings/resolved.ts";

/** A cluster as the file says it, before options override it. */
export type ClusterDraft = Omit<ResolvedCluster, "server"> & { readonly server: string | undefined };

// Reserved in a cluster's extensions for what credential plugins want to know (client-go clientcmd/client_config.go).
const execExtension = "client.authentication.k8s.io/exec";

/** Reads the fields of a cluster. Relative files are relative to the kubeconfig they stand in. */
export function readCluster(entry: KubeconfigEntry, paths: PlatformPath): ClusterDraft {
  const fields = fieldsOf(entry.fields, placeOf("cluster", entry));
  return {
    server: fields.text("server"),
    ca: readPemField(fields, "certificate-authority", entry.file, paths),
    tlsServerName: fields.text("tls-server-name"),
    insecureSkipTlsVerify: fields.flag("insecure-skip-tls-verify"),
    proxyUrl: readProxyUrl(fields),
    compression: !fields.flag("disable-compression"),
    execConfig: readExecConfig(fields),
  };
}

/** A PEM that is given as a file under `key` or as base64 under `key` + `-data`, which wins. */
export function readPemField(
  fields: Fields,
  key: string,
  file: string | undefined,
  paths: PlatformPath,
): Pem | undefined {
  const text = fields.base64(`${key}-data`);
  if (text !== undefined) {
    if (!text.includes("-----BEGIN "))
      throw invalidKubeconfig(fields.place, `${key}-data must be base64 of a PEM file`);
    return { text: new Secret(text) };
  }
  const path = fields.text(key);
  if (path === undefined) return undefined;
  if (isContent(path))
    throw invalidKubeconfig(fields.place, `${key} must be a path; base64 of the file goes into ${key}-data`);
  return { file: besideFile(path, file, paths) };
}

/** A path of a kubeconfig: relative ones are relative to its folder, or to the working folder for a text without a file. */
export function besideFile(path: string, file: string | undefined, paths: PlatformPath): string {
  return file === undefined ? path : paths.resolve(paths.dirname(file), path);
}

function readProxyUrl(fields: Fields): Secret | undefined {
  const proxyUrl = fields.text("proxy-url");
  if (proxyUrl === undefined) return undefined;
  const problem = proxyUrlProblem(proxyUrl);
  if (problem !== undefined) throw invalidKubeconfig(fields.place, `proxy-url: ${problem}`);
  return new Secret(proxyUrl);
}

function readExecConfig(fields: Fields): unknown {
  for (const extension of fields.list("extensions")) {
    if (isMap(extension) && own(extension, "name") === execExtension) return own(extension, "extension");
  }
  return undefined;
}
