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

/** Makes an authority in a temporary folder; `existing` are the PEM files of one that exists, which then signs. */
export function createAuthority(
  commonName = "Test authority",
  existing?: { readonly certFile: string; readonly keyFile: string },
): TestAuthority {
  const folder = mkdtempSync(join(tmpdir(), "kubewright-certificates-"));
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void => void execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const newKey = (file: string): void =>
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", file);

  if (existing === undefined) {
    newKey("ca.key");
    openssl("req", "-x509", "-new", "-key", "ca.key", "-subj", `/CN=${commonName}`, "-days", "30", "-out", "ca.crt");
  } else {
    copyFileSync(existing.certFile, at("ca.crt"));
    copyFileSync(existing.keyFile, at("ca.key"));
  }
  writeFileSync(at("index.txt"), "");
  let issued = 0;

  return {
    ca: readFileSync(at("ca.crt"), "utf8"),
    issue({ names = loopbackNames, commonName: subject = "server", from = -1, to = 30, purpose = "serverAuth" } = {}) {
      issued += 1;
      const base = `cert-${issued}`;
      const serial = `0${issued}`.slice(-2);
      writeFileSync(at("serial"), `${serial}\n`);
      // `openssl ca` is the one command of every OpenSSL 3 that takes both dates.
      writeFileSync(
        at("ca.cnf"),
        [
          "[ca]\ndefault_ca = here",
          "[here]\ndatabase = index.txt\nserial = serial\nnew_certs_dir = .\ndefault_md = sha256\npolicy = any\nunique_subject = no",
          "[any]\ncommonName = supplied",
          `[issued]\nbasicConstraints = CA:FALSE\nextendedKeyUsage = ${purpose}`,
          names.length === 0 ? "" : `subjectAltName = ${names.join(",")}`,
        ].join("\n"),
      );
      newKey(`${base}.key`);
      openssl("req", "-new", "-key", `${base}.key`, "-subj", `/CN=${subject}`, "-out", `${base}.csr`);
      const dates = ["-startdate", opensslDate(from), "-enddate", opensslDate(to)];
      const signer = ["-cert", "ca.crt", "-keyfile", "ca.key", "-extensions", "issued", "-batch", "-notext"];
      openssl("ca", "-config", "ca.cnf", "-in", `${base}.csr`, "-out", `${base}.crt`, ...dates, ...signer);
      return { cert: readFileSync(at(`${base}.crt`), "utf8"), key: readFileSync(at(`${base}.key`), "utf8") };
    },
    selfSign() {
      newKey("self.key");
      const names = ["-addext", `subjectAltName=${loopbackNames.join(",")}`];
      openssl(
        "req",
        "-x509",
        "-new",
        "-key",
        "self.key",
        "-subj",
        "/CN=self",
        "-days",
        "30",
        "-out",
        "self.crt",
        ...names,
      );
      return { cert: readFileSync(at("self.crt"), "utf8"), key: readFileSync(at("self.key"), "utf8") };
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function opensslDate(days: number): string {
  const date = new Date(Date.now() + days * 86_400_000);
  return `${date.toISOString().replace(/[-:T]/g, "").slice(0, 14)}Z`;
}
