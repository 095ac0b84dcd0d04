import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";

import { apiRequest, rejection } from "../../../../test/support/api-request.ts";
import { createCertificates, type CertifiedKey, loopbackNames } from "../../../../test/support/certificates.ts";
import { dialTcp } from "../dial/dial-tcp.ts";
import { certificateRefused, clientRefused, handshakeFailed } from "../dial/tls-failure.ts";
import { createNodeTransport, type NodeTransport } from "./node-transport.ts";

// Servers that turn a client away for its certificate, as OpenSSL and Go do: with an alert. In TLS 1.3 it comes when the client takes
// the handshake for done and has sent its request. (A Node server hangs up without a word.)

const certificates = createCertificates();
const authority = ["basicConstraints = critical,CA:TRUE", "subjectKeyIdentifier = hash"];
const client = ["basicConstraints = critical,CA:FALSE", "extendedKeyUsage = clientAuth"];
let server: CertifiedKey;
const shown: Record<string, CertifiedKey | undefined> = {};
let running: ChildProcess | undefined;
let transport: NodeTransport | undefined;

beforeAll(() => {
  certificates.make("root", { extensions: authority });
  certificates.make("other", { extensions: authority });
  server = certificates.make("server", { extensions: [`subjectAltName = ${loopbackNames.join(",")}`] });
  shown["of an unknown authority"] = certificates.make("stranger", { by: "other", extensions: client });
  shown["self-signed"] = certificates.make("self", { extensions: client });
  shown["expired"] = certificates.make("expired", { by: "root", from: -9, to: -2, extensions: client });
  shown["for servers"] = certificates.make("server-use", {
    by: "root",
    extensions: ["basicConstraints = CA:FALSE", "extendedKeyUsage = serverAuth"],
  });
});
afterAll(() => certificates.remove());
afterEach(async () => {
  await transport?.close();
  running?.kill("SIGKILL");
});

/** Starts `openssl s_server`, which wants a client certificate of the authority; its port. */
async function listen(version: string): Promise<number> {
  const file = (name: string): string => join(certificates.folder, name);
  const own = ["-cert", file("server.crt"), "-key", file("server.key"), "-alpn", "h2,http/1.1", version];
  const wanted = ["-CAfile", file("root.crt"), "-Verify", "3", "-verify_return_error"];
  running = spawn("openssl", ["s_server", "-accept", "127.0.0.1:0", ...own, ...wanted], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  for await (const line of createInterface({ input: running.stdout! })) {
    const port = /^ACCEPT .*:(\d+)$/.exec(line)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error(`openssl s_server ended: ${(await once(running, "exit")).join()}`);
}

describe.each(["-tls1_2", "-tls1_3"])("with %s", (version) => {
  describe.each(["auto", "http/1.1"] as const)("and protocol %s", (protocol) => {
    test.each([
      ["none", /(asks|ask) for a client certificate/],
      ["of an unknown authority", /does not know the authority that signed the client certificate/],
      ["self-signed", /does not know the authority that signed the client certificate|does not accept the client/],
      ["expired", /the client certificate has expired; renew it/],
      ["for servers", /does not take a client certificate of this kind|does not accept the client/],
    ])("a client certificate that is refused is told once, as that: %s", async (what, said) => {
      const port = await listen(version);
      let dials = 0;
      const { cert, key } = shown[what] ?? {};
      transport = createNodeTransport({
        server: `https://127.0.0.1:${port}`,
        ca: server.cert,
        cert,
        key,
        protocol,
        dial: (...place) => {
          dials += 1;
          return dialTcp(...place);
        },
      });
      const error = await rejection(transport.send(apiRequest("/x")));
      expect(error).toMatchObject({ name: "ConnectionError", sent: "no", permanent: true });
      expect((error as Error).message).toMatch(/^ClientCertificateRefused: /);
      expect((error as Error).message).toMatch(said);
      expect(dials).toBe(1);
    });
  });
});

const failed = (code: string, message = "words"): Error => Object.assign(new Error(message), { code });
const where = "server.test:6443";

describe("an alert says the same however OpenSSL spells it", () => {
  // Before OpenSSL 3.2, since then, and those that TLS 1.0 and 1.3 brought.
  const spellings = ["ERR_SSL_SSLV3_ALERT_", "ERR_SSL_SSL/TLS_ALERT_", "ERR_SSL_TLSV1_ALERT_", "ERR_SSL_TLSV13_ALERT_"];
  test.each([
    ["BAD_CERTIFICATE", /^ClientCertificateRefused: .*does not accept the client certificate/],
    ["UNSUPPORTED_CERTIFICATE", /^ClientCertificateRefused: .*of this kind/],
    ["CERTIFICATE_REVOKED", /^ClientCertificateRefused: .*was revoked/],
    ["CERTIFICATE_EXPIRED", /^ClientCertificateRefused: .*has expired/],
    ["CERTIFICATE_UNKNOWN", /^ClientCertificateRefused: .*does not accept/],
    ["CERTIFICATE_REQUIRED", /^ClientCertificateRefused: .*pass cert and key/],
    ["UNKNOWN_CA", /^ClientCertificateRefused: .*does not know the authority/],
    ["ACCESS_DENIED", /^ClientCertificateRefused: .*does not let it in/],
    ["DECRYPT_ERROR", /^ClientCertificateRefused: .*key belongs to cert/],
    ["HANDSHAKE_FAILURE", /^ClientCertificateRefused: .*may ask for a client certificate.*cipher suites/],
    ["INSUFFICIENT_SECURITY", /^NoSharedCipher: /],
    ["PROTOCOL_VERSION", /^OldTls: /],
    ["UNRECOGNIZED_NAME", /^UnknownServerName: .*tlsServerName/],
    ["NO_APPLICATION_PROTOCOL", /^NotHttp: /],
  ])("%s", (alert, said) => {
    for (const spelling of spellings) {
      expect(clientRefused(failed(spelling + alert), where)).toMatch(said);
      expect(handshakeFailed(failed(spelling + alert), where)).toMatchObject({ sent: "no", permanent: true });
    }
  });

  test("those by which something broke refuse nobody", () => {
    for (const alert of ["INTERNAL_ERROR", "BAD_RECORD_MAC", "DECODE_ERROR", "USER_CANCELLED"])
      for (const spelling of spellings) {
        expect(clientRefused(failed(spelling + alert), where)).toBeUndefined();
        expect(handshakeFailed(failed(spelling + alert), where)).toMatchObject({
          permanent: false,
          message: expect.stringMatching(/^TlsFailed: /),
        });
      }
  });
});

test("a verdict of OpenSSL that nobody has met is a refused certificate, in OpenSSL's words", () => {
  const { message, permanent } = certificateRefused(failed("UNSPECIFIED", "unsupported name syntax"), where);
  expect(message).toMatch(
    /^CertificateRefused: the certificate of server\.test:6443 cannot be trusted: unsupported name/,
  );
  expect(permanent).toBe(true);
  expect(certificateRefused(failed("CRL_HAS_EXPIRED", "CRL has expired"), where).message).toContain(
    "(CRL_HAS_EXPIRED)",
  );
});
