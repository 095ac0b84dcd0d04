import { execFile, spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { isNotFound } from "kubewright";
import { ApiextensionsV1 } from "kubewright/apiextensions/v1";
import { AppsV1 } from "kubewright/apps/v1";
import { CoreV1 } from "kubewright/core/v1";
import { RbacV1 } from "kubewright/rbac/v1";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { adminCluster, ownNamespace } from "./support.ts";

const examples = fileURLToPath(new URL("../../examples/", import.meta.url));
const held = adminCluster({ fieldManager: "examples-test" });
const own = ownNamespace(held);

/** As a person would run it in the folder of the repository, with the context's namespace set to the test's. */
function invocation(name: string, args: readonly string[]): [string, string[], { env: NodeJS.ProcessEnv }] {
  const { kubeconfig } = inject("controlPlane").admin;
  return [
    process.execPath,
    ["--conditions=kubewright-source", resolve(examples, name), ...args],
    { env: { ...process.env, KUBECONFIG: kubeconfig, NO_COLOR: "1", NODE_OPTIONS: "" } },
  ];
}

async function run(name: string, ...args: string[]): Promise<string> {
  return (await promisify(execFile)(...invocation(name, args))).stdout;
}

/** A program that goes on until it is interrupted. */
function start(name: string, ...args: string[]) {
  const [program, programArgs, options] = invocation(name, args);
  const child = spawn(program, programArgs, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  return { child, next: linesOf(child) };
}

function linesOf(child: ChildProcessByStdio<null, Readable, Readable>): () => Promise<string> {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return async () => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error("the program ended");
    return value;
  };
}

async function interrupt(child: ChildProcessByStdio<null, Readable, Readable>): Promise<unknown> {
  const exit = once(child, "exit");
  child.kill("SIGINT");
  return (await exit)[0];
}

describe("examples", () => {
  beforeAll(async () => {
    const core = held.cluster.api(CoreV1);
    await eventually(() => core.serviceAccounts.in(own.namespace).get("default").catch(missing), "a service account");
    await core.pods.in(own.namespace).create({
      metadata: { name: "speaker" },
      spec: {
        terminationGracePeriodSeconds: 0,
        containers: [{ name: "main", image: "busybox", command: ["sh", "-c", "echo hello; echo world; sleep 600"] }],
      },
    });
    await eventually(async () => {
      const { status } = await core.pods.in(own.namespace).get("speaker");
      return status.phase === "Running" ? true : undefined;
    }, "a running pod");
  });

  test("list-pods.ts prints each pod", async () => {
    expect(await run("list-pods.ts", own.namespace)).toBe(`${own.namespace}/speaker  Running\n`);
    expect(await run("list-pods.ts")).toContain(`${own.namespace}/speaker  Running\n`);
  });

  test("watch-deployments.ts prints what changes", async () => {
    const deployments = held.cluster.api(AppsV1).deployments.in(own.namespace);
    const selector = { matchLabels: { app: "quiet" } };
    const template = { metadata: { labels: { app: "quiet" } }, spec: { containers: [{ name: "a", image: "a" }] } };
    await deployments.create({ metadata: { name: "first" }, spec: { replicas: 0, selector, template } });
    const { child, next } = start("watch-deployments.ts", own.namespace);
    expect(await next()).toBe("EXISTS  first  0/0 ready");
    await deployments.create({ metadata: { name: "second" }, spec: { replicas: 0, selector, template } });
    for (;;) if ((await next()) === "ADDED  second  0/0 ready") break;
    await deployments.delete("second");
    for (;;) if ((await next()).startsWith("DELETED  second")) break;
    expect(await interrupt(child)).toBe(0);
  });

  test("follow-log.ts prints the lines of a log while they are written", async () => {
    const { child, next } = start("follow-log.ts", "speaker", own.namespace);
    expect(await next()).toBe("hello");
    expect(await next()).toBe("world");
    expect(await interrupt(child)).toBe(0);

    const failed = await run("follow-log.ts", "ghost", own.namespace).catch(
      (error: { code: number; stderr: string }) => error,
    );
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringMatching(/^NotFound: pods "ghost" not found/) });
  });

  test("apply-manifest.ts and custom-resource.ts do what they say", async () => {
    const { customResourceDefinitions } = held.cluster.api(ApiextensionsV1);
    const applied = await run("apply-manifest.ts", `${examples}manifests/lighthouse.yaml`);
    expect(applied.split("\n")).toEqual([
      "examples.kubewright.dev/v1 Lighthouse default/kiel applied",
      "apiextensions.k8s.io/v1 CustomResourceDefinition lighthouses.examples.kubewright.dev applied",
      "",
    ]);
    expect(await run("custom-resource.ts")).toBe("kiel: 24 m, white, dark\npharos: 100 m, red, lit\n");
    await customResourceDefinitions.delete("lighthouses.examples.kubewright.dev");
  });

  // Containers of the test's kubelet are processes of this machine, so a pod can run the example with this very Node.
  test("in-cluster.ts runs in a pod", async () => {
    const { pods } = held.cluster.api(CoreV1);
    const rbac = held.cluster.api(RbacV1);
    const { hostname, port } = new URL(inject("controlPlane").server);
    const runInPod = async (name: string): Promise<string[]> => {
      await pods.in(own.namespace).create({
        metadata: { name },
        spec: {
          restartPolicy: "Never",
          containers: [
            {
              name: "main",
              image: "node",
              command: [process.execPath, "--conditions=kubewright-source", `${examples}in-cluster.ts`],
              env: [
                { name: "KUBERNETES_SERVICE_HOST", value: hostname },
                { name: "KUBERNETES_SERVICE_PORT", value: port },
                // Nothing of a person's own configuration.
                { name: "HOME", value: "/nonexistent" },
                { name: "KUBECONFIG", value: "" },
              ],
            },
          ],
        },
      });
      await eventually(async () => {
        const { status } = await pods.in(own.namespace).get(name);
        return status.phase === "Succeeded" || status.phase === "Failed" ? true : undefined;
      }, `the end of the pod ${name}`);
      const lines: string[] = [];
      for await (const line of pods.in(own.namespace).log(name)) lines.push(line);
      return lines;
    };

    expect((await runInPod("without-rights")).join("\n")).toMatch(
      /^The service account may not list pods: bind a Role/,
    );
    await rbac.roles.in(own.namespace).create({
      metadata: { name: "see-pods" },
      rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["list"] }],
    });
    await rbac.roleBindings.in(own.namespace).create({
      metadata: { name: "see-pods" },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "see-pods" },
      subjects: [{ kind: "ServiceAccount", name: "default", namespace: own.namespace }],
    });
    const [line] = await runInPod("with-rights");
    expect(line).toBe(`${own.namespace} has 3 pods: speaker, with-rights, without-rights`);
  });
});

function missing(error: unknown): undefined {
  if (!isNotFound(error)) throw error;
}
