import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { kubectl, kubectlEnvironment, type KubectlOptions } from "./kubectl.ts";
import { succeeds } from "../support/eventually.ts";

const controlPlane = inject("controlPlane");
const namespace = `controlplane-${process.pid}`;

async function run(args: readonly string[], options?: KubectlOptions): Promise<string> {
  return (await kubectl(controlPlane, ["--namespace", namespace, ...args], options)).stdout;
}

interface Container {
  readonly command: readonly string[];
  readonly stdin?: boolean;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string; readonly readOnly?: boolean }[];
}

function pod(name: string, container: Container, spec: object = {}): string {
  const containers = [{ name: "main", image: "none", ...container }];
  return JSON.stringify({ apiVersion: "v1", kind: "Pod", metadata: { name }, spec: { containers, ...spec } });
}

async function start(name: string, container: Container, spec?: object): Promise<void> {
  await run(["create", "-f", "-"], { input: pod(name, container, spec) });
  await run(["wait", "--for=condition=Ready", `pod/${name}`, "--timeout=20s"]);
}

beforeAll(async () => {
  await kubectl(controlPlane, ["create", "namespace", namespace]);
  await succeeds(() => run(["get", "serviceaccount", "default"]));
});

afterAll(async () => {
  await kubectl(controlPlane, ["delete", "namespace", namespace, "--wait=false"]);
});

describe("users and servers", () => {
  test("each kubeconfig is the user it says, and only one has no rights", async () => {
    const { admin, clientCertificate, serviceAccount, noRights } = controlPlane;
    for (const { user, kubeconfig } of [admin, clientCertificate, serviceAccount, noRights]) {
      expect(await run(["auth", "whoami", "--output=jsonpath={.status.userInfo.username}"], { kubeconfig })).toBe(user);
      const allowed = await kubectl(controlPlane, ["auth", "can-i", "delete", "nodes"], {
        kubeconfig,
        allowFailure: true,
      });
      expect(allowed.stdout.trim(), user).toBe(user === noRights.user ? "no" : "yes");
    }
  });

  test("the other servers see what the first one wrote", async () => {
    await run(["create", "configmap", "shared", "--from-literal=a=b"]);
    for (const server of [controlPlane.secondServer, controlPlane.noWatchCacheServer]) {
      const kubeconfig = server?.kubeconfig ?? "";
      expect(await run(["get", "configmap", "shared", "--output=jsonpath={.data.a}"], { kubeconfig })).toBe("b");
    }
  });
});

describe("containers", () => {
  test("see their volumes at the mount paths, and the host does not", async () => {
    await run(["create", "configmap", "settings", "--from-literal=color=blue"]);
    const mountPath = `/kubewright-${process.pid}/deep/settings`;
    await start(
      "volumes",
      {
        command: ["sleep", "600"],
        volumeMounts: [
          { name: "settings", mountPath, readOnly: true },
          { name: "scratch", mountPath: "/etc/scratch" },
        ],
      },
      {
        volumes: [
          { name: "settings", configMap: { name: "settings" } },
          { name: "scratch", emptyDir: {} },
        ],
      },
    );
    expect(await run(["exec", "volumes", "--", "cat", `${mountPath}/color`])).toBe("blue");
    expect(
      await run(["exec", "volumes", "--", "sh", "-c", "echo mine > /etc/scratch/a; cat /etc/scratch/a; hostname"]),
    ).toBe("mine\nvolumes\n");
    const refused = await kubectl(
      controlPlane,
      ["--namespace", namespace, "exec", "volumes", "--", "touch", `${mountPath}/no`],
      { allowFailure: true },
    );
    expect(refused.code).not.toBe(0);
    expect([`/kubewright-${process.pid}`, "/etc/scratch"].filter((path) => existsSync(path))).toEqual([]);
  });

  test("have a service-account token that the API server takes", async () => {
    await start("token", { command: ["sleep", "600"] });
    const secrets = "/var/run/secrets/kubernetes.io/serviceaccount";
    const token = (await run(["exec", "token", "--", "cat", `${secrets}/token`])).trim();
    const whoami = ["auth", "whoami", "--output=jsonpath={.status.userInfo.username}"];
    const anonymous = [
      "--server",
      controlPlane.server,
      "--certificate-authority",
      controlPlane.caFile,
      "--token",
      token,
    ];
    expect(await run([...anonymous, ...whoami], { kubeconfig: "/dev/null" })).toBe(
      `system:serviceaccount:${namespace}:default`,
    );
    expect(await run(["exec", "token", "--", "cat", `${secrets}/namespace`])).toBe(namespace);
    expect(await run(["exec", "token", "--", "cat", `${secrets}/ca.crt`])).toContain("BEGIN CERTIFICATE");
  });

  test("exec passes input, output and the exit code on", async () => {
    await start("exec", { command: ["sleep", "600"] });
    const args = ["--namespace", namespace, "exec", "-i", "exec", "--", "sh", "-c", "cat; echo wrong >&2; exit 3"];
    expect(await kubectl(controlPlane, args, { input: "in", allowFailure: true })).toMatchObject({
      code: 3,
      stdout: "in",
      stderr: expect.stringContaining("wrong\n") as string,
    });
  });

  test("attach joins the container's own input and output", async () => {
    await start("attach", { command: ["sh", "-c", "while read line; do echo got $line; done"], stdin: true });
    const child = spawn(controlPlane.binary, ["kubectl", "--namespace", namespace, "attach", "-i", "attach"], {
      env: { ...process.env, ...kubectlEnvironment(controlPlane), KUBECONFIG: controlPlane.admin.kubeconfig },
      stdio: ["pipe", "pipe", "ignore"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
    child.stdin.write("one\n");
    await succeeds(() => expect(output).toContain("got one"));
    child.kill();
    expect(await run(["logs", "attach"])).toBe("got one\n");
  });

  test("restart when they fail; the log of the one before stays", async () => {
    await start("restart", { command: ["sh", "-c", "echo run; sleep 1; exit 7"] });
    await succeeds(async () => {
      const restarts = await run([
        "get",
        "pod",
        "restart",
        "--output=jsonpath={.status.containerStatuses[0].restartCount}",
      ]);
      expect(Number(restarts)).toBeGreaterThan(0);
    });
    const ended = "--output=jsonpath={.status.containerStatuses[0].lastState.terminated.exitCode}";
    expect(await run(["get", "pod", "restart", ended])).toBe("7");
    expect(await run(["logs", "restart", "--previous"])).toBe("run\n");
  });

  test("end on SIGTERM, or by force after the grace period", async () => {
    await start("graceful", { command: ["sh", "-c", "trap 'exit 0' TERM; while :; do sleep 0.1; done"] });
    await start("stubborn", { command: ["sh", "-c", "trap '' TERM; while :; do sleep 0.1; done"] });
    const graceful = timed(() => run(["delete", "pod", "graceful", "--grace-period=20"]));
    const stubborn = timed(() => run(["delete", "pod", "stubborn", "--grace-period=1"]));
    expect(await graceful).toBeLessThan(15_000);
    expect(await stubborn).toBeGreaterThan(900);
  });

  test("port-forward reaches what listens", async () => {
    const server = createServer((socket) => socket.end("hello"));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    await start("forward", { command: ["sleep", "600"] });
    const child = spawn(
      controlPlane.binary,
      ["kubectl", "--namespace", namespace, "port-forward", "forward", `:${address.port}`],
      {
        env: { ...process.env, ...kubectlEnvironment(controlPlane), KUBECONFIG: controlPlane.admin.kubeconfig },
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => (output += chunk));
    const port = await succeeds(() => {
      const [, found] = /127\.0\.0\.1:(\d+)/.exec(output) ?? [];
      if (found === undefined) throw new Error(`no port in ${output}`);
      return found;
    });
    const { connect } = await import("node:net");
    const { text } = await import("node:stream/consumers");
    expect(await text(connect(Number(port), "127.0.0.1"))).toBe("hello");
    child.kill();
    server.close();
  });

  test("a Deployment behind a Service comes up, with its probe and its endpoints", async () => {
    await run(["create", "deployment", "web", "--image=any", "--replicas=3"]);
    await run(["expose", "deployment", "web", "--port=80"]);
    await run(["rollout", "status", "deployment/web", "--timeout=20s"]);
    await succeeds(async () => {
      const addresses = await run([
        "get",
        "endpointslices",
        "--selector=kubernetes.io/service-name=web",
        "--output=jsonpath={.items[*].endpoints[*].addresses[0]}",
      ]);
      expect(addresses.split(" ")).toHaveLength(3);
    });
  });
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = Date.now();
  await work();
  return Date.now() - started;
}
