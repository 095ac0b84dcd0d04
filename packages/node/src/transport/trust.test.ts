import { once } from "node:events";
import { createSecureServer, type Http2SecureServer } from "node:http2";
import type { AddressInfo } from "node:net";

import { ConnectionError } from "@kubewright/core";
import { afterAll, afterEach, expect, test } from "vitest";

import { apiRequest, rejection } from "../../../../test/support/api-request.ts";
import {
  createCertificates,
  type CertificateDescription,
  type CertifiedKey,
  loopbackNames,
} from "../../../../test/support/certificates.ts";
import { createNodeTransport, type NodeTransport } from "./node-transport.ts";

// What Go's crypto/x509 accepts and refuses of these (go1.26, tls.Client with RootCAs), which is what clusters are operated by.

const ca = ["basicConstraints = critical,CA:TRUE", "keyUsage = keyCertSign,cRLSign"];
const byKeys = ["subjectKeyIdentifier = hash", "authorityKeyIdentifier = keyid"];
const withoutKeys = ["subjectKeyIdentifier = none", "authorityKeyIdentifier = none"];
const authority = [...ca, "subjectKeyIdentifier = hash"];
const serverUse = ["basicConstraints = critical,CA:FALSE", "keyUsage = digitalSignature"];
const server = [...serverUse, "extendedKeyUsage = serverAuth"];
const names = (...list: readonly string[]): string => `subjectAltName = ${list.join(",")}`;
const leaf = [...server, names(...loopbackNames)];

const descriptions: Readonly<Record<string, CertificateDescription>> = {
  root: { extensions: authority },
  other: { extensions: authority },
  mid: { by: "root", extensions: [...ca, ...byKeys] },
  "mid, expired": { by: "root", commonName: "mid", keyOf: "mid", to: -2, from: -9, extensions: [...ca, ...byKeys] },
  "mid, not yet valid": { by: "root", commonName: "mid", keyOf: "mid", from: 2, extensions: [...ca, ...byKeys] },
  "root, expired": { commonName: "root", keyOf: "root", from: -9, to: -2, extensions: authority },
  leaf: { by: "mid", extensions: [...leaf, ...byKeys] },
  "leaf, expired": { by: "mid", from: -9, to: -2, extensions: [...leaf, ...byKeys] },
  "leaf, renewed": { by: "mid", commonName: "leaf", keyOf: "leaf", extensions: [...leaf, ...byKeys] },
  "leaf for clients": {
    by: "mid",
    extensions: [...serverUse, "extendedKeyUsage = clientAuth", names("DNS:localhost")],
  },
  "leaf of other names": { by: "mid", extensions: [...server, names("DNS:other.test")] },
  self: { extensions: leaf },
  "self, expired": { from: -9, to: -2, extensions: leaf },
  "self, bare": { extensions: [names(...loopbackNames)] },
  "self, an authority": { extensions: [...authority, names(...loopbackNames)] },
  "self, an authority for clients": {
    extensions: [...authority, "extendedKeyUsage = clientAuth", names(...loopbackNames)],
  },
  "no authority": { by: "root", extensions: ["basicConstraints = critical,CA:FALSE"] },
  "signed by no authority": { by: "no authority", extensions: leaf },
  "not said to be an authority": { extensions: ["subjectKeyIdentifier = hash"] },
  "signed by what is not said to be one": { by: "not said to be an authority", extensions: leaf },
  "authority that may not sign": {
    by: "root",
    extensions: ["basicConstraints = critical,CA:TRUE", "keyUsage = digitalSignature"],
  },
  "signed by what may not": { by: "authority that may not sign", extensions: leaf },
  "authority without any below": {
    by: "root",
    extensions: ["basicConstraints = critical,CA:TRUE,pathlen:0", "keyUsage = keyCertSign"],
  },
  "one below": { by: "authority without any below", extensions: authority },
  "two below": { by: "one below", extensions: leaf },
  "authority of other names": {
    by: "root",
    extensions: [...authority, "nameConstraints = critical,permitted;DNS:cluster.internal"],
  },
  "signed beyond its names": { by: "authority of other names", extensions: leaf },
  "authority of excluded names": {
    extensions: [...authority, "nameConstraints = critical,excluded;DNS:localhost"],
  },
  "signed in spite of it": { by: "authority of excluded names", extensions: leaf },
  "authority for clients": { by: "root", extensions: [...authority, "extendedKeyUsage = clientAuth"] },
  "signed for clients": { by: "authority for clients", extensions: leaf },
  "not understood": { by: "root", extensions: [...leaf, "1.2.3.4 = critical,ASN1:NULL"] },
  "old kubernetes": { commonName: "kubernetes", extensions: [...ca, ...withoutKeys] },
  "new kubernetes": { commonName: "kubernetes", extensions: [...ca, ...withoutKeys] },
  "leaf of the old": { by: "old kubernetes", extensions: [...leaf, ...withoutKeys] },
  "leaf of the new": { by: "new kubernetes", extensions: [...leaf, ...withoutKeys] },
  "old with keys": { commonName: "with keys", extensions: authority },
  "new with keys": { commonName: "with keys", extensions: authority },
  "leaf of the old with keys": { by: "old with keys", extensions: [...leaf, ...byKeys] },
  "named by its subject": { by: "mid", commonName: "localhost", extensions: [...server, names("IP:10.0.0.1")] },
  "named by a URI": { by: "mid", commonName: "localhost", extensions: [...server, names("URI:spiffe://a/b")] },
  wildcards: { by: "mid", extensions: [...server, names("DNS:*.example.test", "DNS:*.internal", "DNS:a*.part.test")] },
  "an address as a name": { by: "mid", extensions: [...server, names("DNS:127.0.0.1", "IP:::1")] },
};

const certificates = createCertificates();
const made = new Map<string, CertifiedKey>();

/** Texts of the certificates that are named, which are made where they are not there yet. */
function pem(list: string): string {
  return list
    .split(" + ")
    .map((name) => pairOf(name).cert)
    .join("");
}

function pairOf(name: string): CertifiedKey {
  const description = descriptions[name];
  if (description === undefined) throw new Error(`there is no certificate ${name}`);
  for (const before of [description.by, description.keyOf]) if (before !== undefined) pairOf(before);
  const file = (text: string): string => text.replaceAll(/\W+/g, "-");
  const { by, keyOf } = description;
  const pair =
    made.get(name) ??
    certificates.make(file(name), {
      commonName: name,
      ...description,
      ...(by === undefined ? {} : { by: file(by) }),
      ...(keyOf === undefined ? {} : { keyOf: file(keyOf) }),
    });
  made.set(name, pair);
  return pair;
}

let running: Http2SecureServer | undefined;
let transport: NodeTransport | undefined;

afterAll(() => certificates.remove());
afterEach(async () => {
  await transport?.close();
  running?.close();
});

/** What becomes of a request to a server that shows `shown`, where `trusted` is to be trusted. */
async function outcome(trusted: string, shown: string, host = "localhost"): Promise<string> {
  const [first = ""] = shown.split(" + ");
  running = createSecureServer({ cert: pem(shown), key: pairOf(first).key }, (_, response) => void response.end());
  running.listen(0, "127.0.0.1");
  await once(running, "listening");
  const { port } = running.address() as AddressInfo;
  const server = `https://127.0.0.1:${port}`;
  transport = createNodeTransport({ server, ca: pem(trusted), tlsServerName: host });
  const sent = transport.send(apiRequest("/x"));
  const answer = await sent.then(({ status }) => String(status)).catch(() => undefined);
  if (answer !== undefined) return answer;
  const error = (await rejection(sent)) as ConnectionError;
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ sent: "no", permanent: true });
  expect(error.message).not.toMatch(/^Connection|reset|UNSPECIFIED/);
  return error.message;
}

test.each([
  ["an intermediate", "mid", "leaf"],
  ["an intermediate, which the server shows too", "mid", "leaf + mid"],
  ["an intermediate, where the server shows the root as well", "mid", "leaf + mid + root"],
  ["the server's own", "leaf", "leaf"],
  ["the server's own, beside which it shows its authorities", "leaf", "leaf + mid + root"],
  ["the root, where the server shows the intermediate", "root", "leaf + mid"],
  ["the server's own, self-signed", "self", "self"],
  ["the server's own, self-signed, among others", "root + self + other", "self"],
  ["the server's own, self-signed, that says nothing of its use", "self, bare", "self, bare"],
  ["the server's own, self-signed as an authority", "self, an authority", "self, an authority"],
  [
    "an expired intermediate beside the root, while the server shows the renewed one",
    "mid, expired + root",
    "leaf + mid",
  ],
  ["an intermediate of tomorrow beside the root", "root + mid, not yet valid", "leaf + mid"],
  ["an expired intermediate beside the renewed one", "mid, expired + mid", "leaf"],
  ["an expired root beside the renewed one", "root, expired + root", "leaf + mid"],
  ["an expired root beside the intermediate", "root, expired + mid", "leaf + mid"],
  ["the intermediate that allows none below it, whose authority stands between", "one below", "two below"],
  [
    "two of one name without key identifiers, the first of which signed",
    "old kubernetes + new kubernetes",
    "leaf of the old",
  ],
  [
    "two of one name without key identifiers, the second of which signed",
    "old kubernetes + new kubernetes",
    "leaf of the new",
  ],
  ["two of one name with key identifiers", "new with keys + old with keys", "leaf of the old with keys"],
])("trusted, as in Go: %s", async (_, trusted, shown) => {
  expect(await outcome(trusted, shown)).toBe("200");
});

test.each([
  ["another authority", "other", "leaf + mid", /^UnknownAuthority: /],
  ["the root, where the server does not show the intermediate", "root", "leaf", /^UnknownAuthority: /],
  ["another authority, where the server shows the root", "other", "leaf + mid + root", /^UnknownAuthority: /],
  ["the server's former certificate", "leaf", "leaf, renewed", /^UnknownAuthority: /],
  ["the root for a self-signed one", "root", "self", /^SelfSignedCertificate: .*pass it as ca/],
  ["an expired intermediate", "mid, expired", "leaf", /^CertificateExpired: .*or of an authority above it/],
  ["the root, where the server shows an expired intermediate", "root", "leaf + mid, expired", /^CertificateExpired: /],
  ["an expired root, beside another", "root, expired + other", "leaf + mid", /^CertificateExpired: /],
  ["an intermediate of tomorrow", "mid, not yet valid", "leaf", /^CertificateNotYetValid: /],
  ["the server's own, expired", "leaf, expired", "leaf, expired", /^CertificateExpired: /],
  ["the server's own, self-signed, expired", "self, expired", "self, expired", /^CertificateExpired: /],
  ["the server's own, for clients", "leaf for clients", "leaf for clients", /^WrongCertificate: .*not one for servers/],
  [
    "the server's own, self-signed as an authority for clients",
    "self, an authority for clients",
    "self, an authority for clients",
    /^WrongCertificate: /,
  ],
  ["the server's own, for another name", "leaf of other names", "leaf of other names", /^WrongHostName: .*other\.test/],
  [
    "an issuer that is not an authority",
    "no authority",
    "signed by no authority",
    /^WrongCertificate: .*not an authority/,
  ],
  ["the authority of an issuer that is none", "root", "signed by no authority + no authority", /not an authority/],
  [
    "a self-signed issuer that is not said to be an authority",
    "not said to be an authority",
    "signed by what is not said to be one",
    /not an authority/,
  ],
  ["an authority that may not sign", "root", "signed by what may not + authority that may not sign", /keyCertSign/],
  [
    "more intermediates than one of them allows",
    "root",
    "two below + one below + authority without any below",
    /^CertificateRefused: .*more intermediate authorities .*path length/,
  ],
  [
    "an authority whose name constraints do not permit the name",
    "root",
    "signed beyond its names + authority of other names",
    /^CertificateRefused: .*name constraints do not permit/,
  ],
  [
    "an authority whose name constraints exclude the name",
    "authority of excluded names",
    "signed in spite of it",
    /^CertificateRefused: .*name constraints exclude/,
  ],
  ["an authority for clients", "authority for clients", "signed for clients", /^WrongCertificate: /],
  ["a critical extension that nobody knows", "root", "not understood", /^CertificateRefused: .*critical extension/],
])("refused, as in Go, with the reason: %s", async (_, trusted, shown, said) => {
  expect(await outcome(trusted, shown)).toMatch(said);
});

test.each([
  ["*.example.test", "wildcards", "a.example.test", true],
  ["*.example.test, in capitals", "wildcards", "A.EXAMPLE.test", true],
  ["*.example.test for two labels", "wildcards", "a.b.example.test", false],
  ["*.example.test for none", "wildcards", "example.test", false],
  ["*.internal", "wildcards", "kubernetes.internal", true],
  ["*.internal for two labels", "wildcards", "a.kubernetes.internal", false],
  ["a* for a beginning", "wildcards", "api.part.test", false],
  ["what lies below a dot", "wildcards", ".example.test", false],
  ["a name with a dot at its end", "leaf", "localhost.", true],
  ["a common name beside an address", "named by its subject", "localhost", false],
  ["a common name beside a URI", "named by a URI", "localhost", false],
  ["an address", "self", "127.0.0.1", true],
  ["an IPv6 address", "self", "::1", true],
  ["an IPv6 address, written out", "self", "0:0:0:0:0:0:0:1", true],
  ["another address", "self", "127.0.0.2", false],
  ["an address that is written as a name", "an address as a name", "127.0.0.1", false],
])("names of a certificate, as in Go: %s", async (_, shown, host, fits) => {
  expect(await outcome(shown === "self" ? "self" : "mid", shown, host)).toMatch(fits ? /^200$/ : /^WrongHostName: /);
});
