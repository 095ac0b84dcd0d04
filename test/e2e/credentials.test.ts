import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, isUnauthorized, type ConnectOptions } from "kubewright";
import { AuthenticationV1 } from "kubewright/authentication/v1";
import { CertificatesV1 } from "kubewright/certificates/v1";
import { expect, inject, test } from "vitest";
import { createAuthority } from "../support/certificates.ts";
import { startTlsRelay, type TlsRelay } from "../support/tls-relay.ts";
import { startLoad } from "./load.ts";
import { eventually } from "../support/eventually.ts";
import { adminCluster, ownNamespace } from "./support.ts";

// Credentials that do not rotate, or that the cluster itself issues. Rotation under load is in credentials-rotation.test.ts.

const held = adminCluster();
const own = ownNamespace(held);

async function whoAmI(options: ConnectOptions) {
  await using cluster = await connect(options);
  return (await cluster.api(AuthenticationV1).selfSubjectReviews.create({})).status?.userInfo;
}

test("a client certificate that the cluster issues on request is the user it says", async () => {
  const folder = await mkdtemp(join(tmpdir(), "kubewright-csr-"));
  try {
    const at = (name: string): string => join(folder, name);
    const newKey = ["-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    const subject = ["-subj", "/O=team-a/O=team-b/CN=jane"];
    execFileSync("openssl", ["req", ...newKey, ...subject, "-keyout", at("key"), "-out", at("csr")], { stdio: "pipe" });
    const requests = held.cluster.api(CertificatesV1).certificateSigningRequests;
    const created = await requests.create({
      metadata: { generateName: "jane-" },
      spec: {
        signerName: "kubernetes.io/kube-apiserver-client",
        usages: ["client auth"],
        expirationSeconds: 600,
        request: (await readFile(at("csr"))).toString("base64"),
      },
    });
    created.status.conditions = [{ type: "Approved", status: "True", reason: "Test", message: "fine" }];
    await requests.approval.update(created);
    const certificate = await eventually(
      async () => (await requests.get(created.metadata.name)).status.certificate,
      "the controller manager signs",
    );
    const { server, caFile } = inject("controlPlane");
    const user = await whoAmI({
      server,
      ca: await readFile(caFile),
      cert: Buffer.from(certificate, "base64"),
      key: await readFile(at("key")),
    });
    expect(user).toMatchObject({ username: "jane", groups: ["team-a", "team-b", "system:authenticated"] });
    await requests.delete(created.metadata.name);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("every kubeconfig of the control plane is the user it says", async () => {
  const { admin, clientCertificate, serviceAccount, noRights } = inject("controlPlane");
  for (const { user, kubeconfig } of [admin, clientCertificate, serviceAccount, noRights]) {
    for (const protocol of ["auto", "http/1.1"] as const) {
      expect(await whoAmI({ kubeconfig, protocol })).toMatchObject({ username: user });
    }
  }
});

// The API server itself took passwords until Kubernetes 1.19; today they are for proxies that stand before it, like this one.
test("user name and password, under load; a wrong password is an error of one attempt", async () => {
  const authority = createAuthority();
  const { server, caFile, admin } = inject("controlPlane");
  const login = `Basic ${Buffer.from("jane:pass:wörd").toString("base64")}`;
  let relay: TlsRelay | undefined;
  try {
    relay = await startTlsRelay({
      server,
      ca: await readFile(caFile, "utf8"),
      tls: authority.issue(),
      authorization: (given) => (given === login ? `Bearer ${admin.token}` : undefined),
    });
    const to = (password: string): ConnectOptions => ({
      server: relay?.server,
      ca: authority.ca,
      basicAuth: { username: "jane", password },
    });
    const load = await startLoad(to("pass:wörd"), own.namespace);
    const answers = (): number => Object.values(load.codes).reduce((sum, count) => sum + count, 0);
    await expect.poll(answers, { timeout: 60_000 }).toBeGreaterThan(60);
    const report = await load.stop();
    expect(report).toMatchObject({ failures: [], missed: [] });
    expect(report.calls).toBeGreaterThan(20);

    const codes: string[] = [];
    const sink = { count: (_: string, { code = "" }) => void codes.push(code), observe: () => undefined };
    const refused = await whoAmI({ ...to("wrong"), metrics: sink }).catch((error: unknown) => error);
    expect(isUnauthorized(refused)).toBe(true);
    expect(codes).toEqual(["401"]);
    await expect(connect({ ...to("pass"), server: "http://proxy.example.com" })).rejects.toThrow("Insecure server");
  } finally {
    await relay?.close();
    authority.remove();
  }
});
