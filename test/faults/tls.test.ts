import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setDefaultCACertificates } from "node:tls";
import { fileURLToPath } from "node:url";

import { connect, type ConnectOptions } from "kubewright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { type CertifiedKey, createAuthority } from "../support/certificates.ts";
import { type HandlerServer, startHandlerServer } from "../support/handler-server.ts";
import { startHttpProxy, type TestProxy } from "../support/proxies.ts";
import { type Attempt, attempt } from "../support/tls-attempts.ts";
import { asAdmin, controlPlane } from "./support.ts";

const own = createAuthority("The cluster's authority");
const other = createAuthority("Another authority");
const publicOne = createAuthority("A public authority");
// What the system trusts.
setDefaultCACertificates([publicOne.ca]);
const folder = mkdtempSync(join(tmpdir(), "kubewright-tls-"));
writeFileSync(join(folder, "public.crt"), publicOne.ca);

interface Row {
  readonly what: string;
  readonly certificate: CertifiedKey;
  readonly options: ConnectOptions;
  readonly said: RegExp;
}

const ca = own.ca;
const rows: readonly Row[] = [
  {
    what: "another authority",
    certificate: other.issue(),
    options: { ca },
    said: /^UnknownAuthority: .*pass the cluster's own as ca/,
  },
  {
    what: "a public authority, where the cluster has its own",
    certificate: publicOne.issue(),
    options: { ca },
    said: /^UnknownAuthority: /,
  },
  {
    what: "the cluster's own authority, where none was given",
    certificate: own.issue(),
    options: {},
    said: /^UnknownAuthority: /,
  },
  {
    what: "expired",
    certificate: own.issue({ from: -3, to: -1 }),
    options: { ca },
    said: /^CertificateExpired: .*renew it, or correct the clock/,
  },
  {
    what: "not yet valid",
    certificate: own.issue({ from: 1, to: 3 }),
    options: { ca },
    said: /^CertificateNotYetValid: .*correct the clock/,
  },
  {
    what: "another name",
    certificate: own.issue({ names: ["DNS:other.test"] }),
    options: { ca },
    said: /^WrongHostName: .*other\.test; use one of these as the server, or set tlsServerName/,
  },
  {
    what: "another address",
    certificate: own.issue({ names: ["IP:10.0.0.1", "DNS:localhost"] }),
    options: { ca },
    said: /^WrongHostName: .*10\.0\.0\.1, localhost/,
  },
  {
    what: "an address written as a name",
    certificate: own.issue({ names: ["DNS:127.0.0.1"] }),
    options: { ca },
    said: /^WrongHostName: /,
  },
  {
    what: "a name in the subject only",
    certificate: own.issue({ names: [], commonName: "127.0.0.1" }),
    options: { ca },
    said: /^WrongHostName: /,
  },
  {
    what: "not the name that was asked for",
    certificate: own.issue(),
    options: { ca, tlsServerName: "kube.test" },
    said: /^WrongHostName: /,
  },
  {
    what: "signed by itself",
    certificate: own.selfSign(),
    options: { ca },
    said: /^(SelfSignedCertificate|UnknownAuthority): /,
  },
  {
    what: "signed by itself, where no authority was given",
    certificate: own.selfSign(),
    options: {},
    said: /^SelfSignedCertificate: .*pass it as ca if it is the right one/,
  },
  {
    what: "for clients",
    certificate: own.issue({ purpose: "clientAuth" }),
    options: { ca },
    said: /^WrongCertificate: /,
  },
];

let proxy: TestProxy;
beforeAll(async () => {
  proxy = await startHttpProxy();
});
afterAll(async () => {
  await proxy.close();
  for (const authority of [own, other, publicOne]) authority.remove();
  rmSync(folder, { recursive: true });
});

const secret = { token: "canary" };

function expectRefused({ what, said }: Row, result: Attempt, server: HandlerServer): void {
  for (const [call, outcome] of Object.entries(result)) {
    const path = call === "watch" ? "watch" : "list";
    expect(outcome, `${what}, ${call}`).toMatch(new RegExp(`^ConnectionError: .* \\(${path} /api/v1/namespaces\\)$`));
    expect(outcome.replace(/^ConnectionError: /, ""), `${what}, ${call}`).toMatch(said);
    expect(outcome).not.toContain("canary");
  }
  // No credential goes to a server that is not the right one.
  expect(server.requests).toEqual([]);
}

function serve(protocol: "h2" | "https", { certificate }: Row): Promise<HandlerServer> {
  return startHandlerServer(protocol, (_request, reply) => reply.end("{}"), certificate);
}

describe.each(["h2", "https"] as const)("a server of %s", (protocol) => {
  test.each(rows)("$what: list, watch and CONNECT are refused", async (row) => {
    const server = await serve(protocol, row);
    const result = await attempt({ server: server.origin, ...row.options, ...secret }, `http://${proxy.hostPort}`);
    expectRefused(row, result, server);
    await server.close();
  });

  test("NODE_TLS_REJECT_UNAUTHORIZED=0 weakens none of it", { timeout: 60_000 }, async () => {
    const servers = await Promise.all(rows.map((row) => serve(protocol, row)));
    const options = rows.map((row, i) => ({ server: servers[i]?.origin, ...row.options, ...secret }));
    const env = {
      ...process.env,
      NODE_TLS_REJECT_UNAUTHORIZED: "0",
      NODE_EXTRA_CA_CERTS: join(folder, "public.crt"),
      NODE_NO_WARNINGS: "1",
    };
    const program = fileURLToPath(new URL("../support/tls-attempts.ts", import.meta.url));
    const child = spawn(process.execPath, ["--conditions=kubewright-source", program], {
      env,
      stdio: ["pipe", "pipe", "inherit"],
    });
    child.stdin.end(JSON.stringify({ rows: options, proxyUrl: `http://${proxy.hostPort}` }));
    const attempts = JSON.parse(await text(child.stdout)) as Attempt[];
    expect(attempts.length).toBe(rows.length);
    rows.forEach((row, i) => expectRefused(row, attempts[i] as Attempt, servers[i] as HandlerServer));
    await Promise.all(servers.map((server) => server.close()));
  });
});

describe("the right certificate is accepted", () => {
  test("the API server's, by its address and by a name in it, directly and through a proxy", async () => {
    for (const options of [asAdmin(), { ...asAdmin(), tlsServerName: "kubernetes" }]) {
      const result = await attempt({ ...options, timeoutMs: 5000 }, `http://${proxy.hostPort}`);
      expect(result).toEqual({ list: "ok", watch: "ok", throughProxy: "ok" });
    }
  });

  test("insecureSkipTlsVerify accepts any, and says so once", async () => {
    const warnings: string[] = [];
    const onWarning = (warning: string): void => void warnings.push(warning);
    const { admin, server } = controlPlane();
    const cluster = await connect({ server, token: admin.token, insecureSkipTlsVerify: true, onWarning });
    await cluster.version();
    await cluster.version();
    await cluster.close();
    expect(warnings.filter((warning) => /verif/.test(warning)).length).toBe(1);
  });
});
