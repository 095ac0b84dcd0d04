import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A certificate and its key, PEM. */
export interface CertifiedKey {
  readonly cert: string;
  readonly key: string;
}

export interface CertificateRequest {
  /** Subject alternative names as OpenSSL writes them, such as `DNS:localhost` and `IP:127.0.0.1`. None: a certificate without. */
  readonly names?: readonly string[];
  readonly commonName?: string;
  /** Days from now; default yesterday to in 30 days. */
  readonly from?: number;
  readonly to?: number;
  /** Default `serverAuth`. */
  readonly purpose?: "serverAuth" | "clientAuth";
}

/** An authority for one test file. Needs the openssl command. */
export interface TestAuthority {
  /** The authority's own certificate. */
  readonly ca: string;
  issue(request?: CertificateRequest): CertifiedKey;
  /** A server's certificate that nobody but itself has signed, for the loopback names. */
  selfSign(): CertifiedKey;
  /** Removes its folder. */
  remove(): void;
}

export const loopbackNames = ["DNS:localhost", "IP:127.0.0.1", "IP:::1"] as const;

/** A certificate as it is to be. */
export interface CertificateDescription {
  /** Name of the one that signs it, made before; default itself. */
  readonly by?: string;
  /** Lines as OpenSSL's configuration writes them, such as `basicConstraints = critical,CA:TRUE`. */
  readonly extensions: readonly string[];
  /** Default the name. */
  readonly commonName?: string;
  /** Days from now; default yesterday to in 30 days. */
  readonly from?: number;
  readonly to?: number;
  /** Name of the certificate whose key it is for; default a key of its own. */
  readonly keyOf?: string;
}

/** Certificates of every kind, good and bad, in a temporary folder. Needs the openssl command. */
export interface Certificates {
  readonly folder: string;
  make(name: string, description: CertificateDescription): CertifiedKey;
  remove(): void;
}

export function createCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), "kubewright-certificates-"));
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void => void execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  writeFileSync(at("index.txt"), "");
  return {
    folder,
    make(name, { by, extensions, commonName = name, from = -1, to = 30, keyOf }) {
      if (keyOf === undefined)
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", `${name}.key`);
      else copyFileSync(at(`${keyOf}.key`), at(`${name}.key`));
      // `openssl ca` is the one command of every OpenSSL 3 that takes both dates.
      writeFileSync(
        at(`${name}.cnf`),
        [
          "[ca]\ndefault_ca = here",
          "[here]\ndatabase = index.txt\nrand_serial = yes\nnew_certs_dir = .\ndefault_md = sha256\npolicy = any\nunique_subject = no",
          "[any]\ncommonName = supplied",
          `[req]\ndistinguished_name = subject\nprompt = no\n[subject]\nCN = ${commonName}`,
          `[issued]\n${extensions.join("\n")}`,
        ].join("\n"),
      );
      const config = ["-config", `${name}.cnf`];
      openssl("req", ...config, "-new", "-key", `${name}.key`, "-out", `${name}.csr`);
      const signer =
        by === undefined ? ["-selfsign", "-keyfile", `${name}.key`] : ["-cert", `${by}.crt`, "-keyfile", `${by}.key`];
      const dates = ["-startdate", opensslDate(from), "-enddate", opensslDate(to)];
      openssl(
        "ca",
        ...config,
        "-in",
        `${name}.csr`,
        "-out",
        `${name}.crt`,
        ...dates,
        ...signer,
        "-extensions",
        "issued",
        "-batch",
        "-notext",
      );
      return { cert: readFileSync(at(`${name}.crt`), "utf8"), key: readFileSync(at(`${name}.key`), "utf8") };
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const authorityLines = ["basicConstraints = critical,CA:TRUE", "subjectKeyIdentifier = hash"];

/** Makes an authority in a temporary folder; `existing` are the PEM files of one that exists, which then signs. */
export function createAuthority(
  commonName = "Test authority",
  existing?: { readonly certFile: string; readonly keyFile: string },
): TestAuthority {
  const { folder, make, remove } = createCertificates();
  if (existing === undefined) {
    make("ca", { commonName, extensions: authorityLines });
  } else {
    copyFileSync(existing.certFile, join(folder, "ca.crt"));
    copyFileSync(existing.keyFile, join(folder, "ca.key"));
  }
  let issued = 0;
  return {
    ca: readFileSync(join(folder, "ca.crt"), "utf8"),
    issue({ names = loopbackNames, commonName: subject = "server", from = -1, to = 30, purpose = "serverAuth" } = {}) {
      issued += 1;
      const extensions = ["basicConstraints = CA:FALSE", `extendedKeyUsage = ${purpose}`];
      if (names.length > 0) extensions.push(`subjectAltName = ${names.join(",")}`);
      return make(`cert-${issued}`, { by: "ca", commonName: subject, from, to, extensions });
    },
    selfSign: () => make("self", { extensions: [...authorityLines, `subjectAltName = ${loopbackNames.join(",")}`] }),
    remove,
  };
}

function opensslDate(days: number): string {
  const date = new Date(Date.now() + days * 86_400_000);
  return `${date.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
}
