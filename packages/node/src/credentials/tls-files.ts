import { shownAs } from "@kubewright/core";
import { readPemFile } from "../kubeconfig/pem-file.ts";
import type { Pem, ResolvedConfig } from "../settings/resolved.ts";
import type { Renewable } from "./renewing.ts";
import { Rotating } from "./rotating.ts";
import { Secret } from "../settings/secret.ts";

/** Authorities and client certificate, PEM. A field that is not there is not spoken of; undefined means none. */
export interface TlsIdentity {
  readonly ca?: string | undefined;
  readonly cert?: string | undefined;
  readonly key?: Secret | undefined;
}

// client-go looks at client certificates and authorities every five minutes (transport/cert_rotation.go); tokens every minute. Three
// small files are cheap enough to read them as often as tokens.
const keepMs = 60_000;

/**
 * Authorities and client certificate of the configuration. Files are read again within a minute and after a refusal; while one
 * cannot be read, the last ones stay in use and `onWarning` is told.
 */
export function tlsSource(
  { cluster, user }: Pick<ResolvedConfig, "cluster" | "user">,
  readFile: (path: string) => Promise<Uint8Array | undefined>,
  onWarning: (warning: string) => void,
): Renewable<TlsIdentity> {
  const { certificate } = user;
  const expiresAt = (): number | undefined =>
    tlsFilesOf({ cluster, user }).length > 0 ? Date.now() + keepMs : undefined;
  const read = async (): Promise<TlsIdentity> => {
    const ca = await loadPem(cluster.ca, readFile);
    // Without a certificate of its own a user may get one from a plugin.
    if (certificate === undefined) return { ca };
    const [cert, key = ""] = await Promise.all([
      loadPem(certificate.cert, readFile),
      loadPem(certificate.key, readFile),
    ]);
    return { ca, cert, key: new Secret(key) };
  };
  const source = new Rotating(async () => ({ expiresAt: expiresAt(), value: await read() }), {
    equal: sameIdentity,
    keepLast: true,
    onFailure: (error) => onWarning(`${(error as Error).message}; what was read before stays in use`),
  });
  return shownAs(source, "CredentialSource", () => ({ kind: "certificate", files: tlsFilesOf({ cluster, user }) }));
}

/** The files that certificates and keys are read from; without any they never change. */
export function tlsFilesOf({ cluster, user }: Pick<ResolvedConfig, "cluster" | "user">): readonly string[] {
  return [cluster.ca, user.certificate?.cert, user.certificate?.key].flatMap((pem) => pem?.file ?? []);
}

/** True when a connection under one may go on under the other. */
export function sameIdentity(one: TlsIdentity, other: TlsIdentity): boolean {
  const sameKey = one.key === undefined ? other.key === undefined : one.key.equals(other.key);
  return one.ca === other.ca && one.cert === other.cert && sameKey;
}

/** The text of a PEM; undefined for none. Throws a ConfigError when its file is missing, unreadable or no PEM. */
export async function loadPem(
  pem: Pem | undefined,
  readFile: (path: string) => Promise<Uint8Array | undefined>,
): Promise<string | undefined> {
  if (pem === undefined) return undefined;
  if (pem.file === undefined) return pem.text.reveal();
  return Buffer.from(await readPemFile(pem.file, readFile)).toString("utf8");
}
