import { execFile } from "node:child_process";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { CoreV1, type Container, type Pod } from "kubewright/core/v1";
import { RbacV1 } from "kubewright/rbac/v1";
import { beforeAll, expect, inject, test } from "vitest";
import { createAuthority } from "../support/certificates.ts";
import { startTlsRelay } from "../support/tls-relay.ts";
import { eventually } from "../support/eventually.ts";
import { adminCluster, ownNamespace } from "./support.ts";

// A program in a pod of the real kubelet: its token, CA and namespace are what the kubelet puts into the pod, and what rotates the
// token is the kubelet, too.

const held = adminCluster({ fieldManager: "in-cluster-test" });
const own = ownNamespace(held);
const core = (): CoreV1 => held.cluster.api(CoreV1);
const pods = () => core().pods.in(own.namespace);
const configMaps = () => core().configMaps.in(own.namespace);

const programFile = fileURLToPath(new URL("in-cluster-program.ts", import.meta.url));
type Mounts = NonNullable<Container["volumeMounts"]>;

/** The kubelet renews the tokens of this account every few seconds; see test/controlplane/node_tokens.go. */
const account = "hurried-token";

beforeAll(async () => {
  await core()
    .serviceAccounts.in(own.namespace)
    .create({ metadata: { name: account } });
  const rbac = held.cluster.api(RbacV1);
  await rbac.roles.in(own.namespace).create({
    metadata: { name: "reads-config-maps" },
    rules: [{ apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list", "watch"] }],
  });
  await rbac.roleBindings.in(own.namespace).create({
    metadata: { name: "reads-config-maps" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "reads-config-maps" },
    subjects: [{ kind: "ServiceAccount", name: account, namespace: own.namespace }],
  });
});

// A minute of the programs, after which files are read again, is three seconds.
const clock = { CLOCK_SPEED: "20" };

type Further = Pick<NonNullable<Pod["spec"]>, "automountServiceAccountToken" | "volumes">;

function program(name: string, env: Readonly<Record<string, string>>, spec: Further = {}, mounts: Mounts = []): Pod {
  const { port } = new URL(inject("controlPlane").server);
  // No home, so that nobody's kubeconfig comes between: containers see the machine's files.
  const pod = { KUBERNETES_SERVICE_HOST: "127.0.0.1", KUBERNETES_SERVICE_PORT: port, HOME: "/nowhere", STOP: name };
  return {
    metadata: { name },
    spec: {
      serviceAccountName: account,
      restartPolicy: "Never",
      terminationGracePeriodSeconds: 0,
      containers: [
        {
          name: "main",
          image: "none",
          command: [process.execPath, "--conditions=kubewright-source", programFile],
          env: Object.entries({ ...pod, ...env }).map(([key, value]) => ({ name: key, value })),
          volumeMounts: mounts,
        },
      ],
      ...spec,
    },
  };
}

type Line = Readonly<Record<string, unknown>>;

/** The program's lines so far; kubelet and runtime need a moment until there is a log. */
async function linesOf(name: string): Promise<Line[]> {
  const lines: Line[] = [];
  if ((await pods().get(name)).status.phase === "Pending") return lines;
  for await (const line of pods().log(name)) lines.push(JSON.parse(line) as Line);
  return lines;
}

const until = (name: string, what: string, enough: (lines: Line[]) => boolean): Promise<Line[]> =>
  eventually(async () => {
    const lines = await linesOf(name);
    return enough(lines) ? lines : undefined;
  }, `${name}: ${what}`);

/** The tokens that the server saw, each by its own id. */
const credentials = (lines: Line[]): unknown[] => lines.flatMap(({ credential }) => credential ?? []);

async function stop(name: string): Promise<Line[]> {
  await configMaps().create({ metadata: { name } });
  return until(name, "ends", (lines) => lines.at(-1)?.["ended"] === true);
}

test.concurrent("connect() in a pod lists, watches, and lives through rotations of its token by the kubelet", async () => {
  await pods().create(program("rotated", clock));
  // However long that takes on this machine.
  const wentOn = (lines: Line[]): boolean => lines.some(({ calls }) => Number(calls) > 50);
  await until("rotated", "uses a third token", (lines) => credentials(lines).length >= 3 && wentOn(lines));
  const lines = await stop("rotated");
  expect(lines[0]).toEqual({ connected: inject("controlPlane").server, namespace: own.namespace });
  const tokens = credentials(lines);
  expect(new Set(tokens).size).toBe(tokens.length);
  const user = `system:serviceaccount:${own.namespace}:${account}`;
  expect(lines[1]).toEqual({ user, pod: "rotated", credential: expect.stringMatching(/^JTI=/) as string });
  expect(lines.at(-1)).toMatchObject({
    failures: [],
    seen: expect.arrayContaining(["rotated"]) as string[],
    warnings: [],
  });
});

test.concurrent("IPv6, a token that cannot be read for a while, another token, other authorities: no call fails", async () => {
  const [before, after] = [createAuthority("Before"), createAuthority("After")];
  const folder = await mkdtemp(join(tmpdir(), "kubewright-account-"));
  const { server, caFile } = inject("controlPlane");
  const relay = await startTlsRelay({ server, ca: await readFile(caFile, "utf8"), tls: before.issue(), host: "::1" });
  try {
    const put = async (name: string, text: string): Promise<void> => {
      await writeFile(join(folder, "new"), text);
      await rename(join(folder, "new"), join(folder, name));
    };
    const accounts = core().serviceAccounts.in(own.namespace);
    const token = async (): Promise<string> =>
      (await accounts.token.create(account, { spec: { audiences: [] } })).status?.token ?? "";
    await put("token", `${await token()}\n`);
    await put("ca.crt", before.ca);
    await put("namespace", `${own.namespace}\n`);
    const { port } = new URL(relay.server);
    const env = { ...clock, KUBERNETES_SERVICE_HOST: "::1", KUBERNETES_SERVICE_PORT: port };
    const volumes = [{ name: "account", hostPath: { path: folder } }];
    const mounts = [{ name: "account", mountPath: "/var/run/secrets/kubernetes.io/serviceaccount" }];
    await pods().create(program("by-hand", env, { automountServiceAccountToken: false, volumes }, mounts));
    const [first] = await until("by-hand", "uses its first token", (lines) => credentials(lines).length === 1);
    expect(first).toEqual({ connected: relay.server, namespace: own.namespace });

    await rm(join(folder, "token"));
    await until("by-hand", "looks for its token in vain", (lines) =>
      lines.some(({ warning }) => warning !== undefined),
    );
    await put("token", await token());
    await until("by-hand", "uses its second token", (lines) => credentials(lines).length === 2);

    await put("ca.crt", after.ca);
    const handshakes = relay.handshakes;
    relay.show(after.issue());
    await eventually(
      async () => (relay.handshakes > handshakes ? true : undefined),
      "a handshake with the new authority",
    );
    const lines = await stop("by-hand");
    expect(lines.at(-1)).toMatchObject({ failures: [], seen: expect.arrayContaining(["by-hand"]) as string[] });
    expect(lines.at(-1)?.["warnings"]).toEqual([
      "No token: the token file /var/run/secrets/kubernetes.io/serviceaccount/token does not exist; the last one stays in use",
    ]);
  } finally {
    await relay.close();
    await rm(folder, { recursive: true });
    before.remove();
    after.remove();
  }
});

test.concurrent("a pod without a service account's token is told what is missing", async () => {
  await pods().create(program("bare", {}, { automountServiceAccountToken: false }));
  const [line] = await until("bare", "says something", (lines) => lines.length > 0);
  expect(line?.["refused"]).toBe(
    "ConfigError: No configuration: KUBECONFIG is not set, /nowhere/.kube/config does not exist, and this is a pod, but " +
      "/var/run/secrets/kubernetes.io/serviceaccount/token is missing (automountServiceAccountToken: false?); " +
      "pass `kubeconfig`, or `server` with `ca` and credentials, to connect()",
  );
});

test.concurrent("outside a cluster the error names everything that was looked for", async () => {
  const outside = promisify(execFile)(process.execPath, ["--conditions=kubewright-source", programFile], {
    env: { HOME: "/nowhere" },
  });
  await expect(outside).rejects.toMatchObject({ code: 3 });
  const { stdout } = (await outside.catch((error: unknown) => error)) as { stdout: string };
  expect(JSON.parse(stdout)).toEqual({
    refused:
      "ConfigError: No configuration: KUBECONFIG is not set, /nowhere/.kube/config does not exist, and " +
      "KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set, so this is not a pod; " +
      "pass `kubeconfig`, or `server` with `ca` and credentials, to connect()",
  });
});
