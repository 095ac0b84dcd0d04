import { execFile, spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { connect as connectTo } from "node:net";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { is, isNotFound, parseManifest } from "kubewright";
import { ApiextensionsV1 } from "kubewright/apiextensions/v1";
import { AppsV1 } from "kubewright/apps/v1";
import { CoreV1 } from "kubewright/core/v1";
import { RbacV1 } from "kubewright/rbac/v1";
import { beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { startPodServer } from "../streams/pod-server.ts";
import { textOf } from "../streams/support.ts";
import { eventually } from "../support/eventually.ts";
import { onTerminal } from "../support/pseudo-terminal.ts";
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
      metadata: { name: "speaker", labels: { app: "speaker" } },
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

  test("shell.ts gives the terminal to a shell, and ends with its exit code", async () => {
    const { binary, admin } = inject("controlPlane");
    const [program, args] = invocation("shell.ts", [own.namespace, "speaker"]);
    await using it = await onTerminal(binary, [program, ...args], {
      env: { KUBECONFIG: admin.kubeconfig, NODE_OPTIONS: "" },
    });
    await eventually(async () => ((await it.mode()).echo ? undefined : true), "the shell has the terminal");
    it.type("echo it is $((1 + 1)); exit 3\r");
    expect((await it.ended).code).toBe(3);
    expect(it.shown).toContain("it is 2");
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
    expect(await next()).toBe("added  first  0/0 ready ");
    await deployments.create({ metadata: { name: "second" }, spec: { replicas: 0, selector, template } });
    for (;;) if ((await next()) === "added  second  0/0 ready ") break;
    await deployments.delete("second");
    for (;;) if ((await next()).startsWith("deleted  second")) break;
    expect(await interrupt(child)).toBe(0);
  });

  test("logs.ts prints the lines of all pods of a selector while they are written", async () => {
    const { child, next } = start("logs.ts", "app=speaker", own.namespace);
    expect(await next()).toBe("speaker/main: hello");
    expect(await next()).toBe("speaker/main: world");
    expect(await interrupt(child)).toBe(0);
  });

  test("debug.ts prints what a command in a debug container says, and ends with its exit code", async () => {
    const said = (script: string) => run("debug.ts", own.namespace, "speaker", "busybox", "sh", "-c", script);
    expect(await said("echo one; echo two")).toBe("one\ntwo\n");
    expect(await said("echo bad; exit 3").catch((error: unknown) => error)).toMatchObject({ code: 3, stdout: "bad\n" });
  });

  test("copy.ts copies into a pod and out of it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kubewright-copy-example-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const [one, there, back] = ["one", "there", "back"].map((name) => join(folder, name)) as [string, string, string];
    writeFileSync(one, "hello");
    expect(await run("copy.ts", one, `speaker:${there}`, own.namespace)).toBe("files: 1, bytes: 5\n");
    expect(await run("copy.ts", `speaker:${there}`, back, own.namespace)).toBe("files: 1, bytes: 5\n");
    expect(readFileSync(back, "utf8")).toBe("hello");

    const failed = await run("copy.ts", `speaker:${folder}/none`, back, own.namespace).catch(
      (error: { code: number; stderr: string }) => error,
    );
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringMatching(/^CopyFailed: .*none: Cannot stat/) });
  });

  test("port-forward.ts carries connections to the pod until it is interrupted", async () => {
    // Pods of the test node share the network of this machine.
    await using server = await startPodServer((socket) => socket.end("from the pod"));
    const { child, next } = start("port-forward.ts", "speaker", `0:${server.port}`, own.namespace);
    const [, port] = /^localhost:(\d+) -> speaker:\d+$/.exec(await next()) ?? [];
    expect(await textOf(connectTo(Number(port), "127.0.0.1"))).toBe("from the pod");
    expect(await interrupt(child)).toBe(0);
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

  test("run-in-pod.ts prints the log, ends with the command's exit code, and leaves no pod behind", async () => {
    const { pods } = held.cluster.api(CoreV1);
    const inPod = (script: string) => run("run-in-pod.ts", own.namespace, "busybox", "sh", "-c", script);
    const left = async (): Promise<string[]> =>
      (await pods.in(own.namespace).list()).items
        .map(({ metadata }) => metadata.name)
        .filter((name) => name.startsWith("run-"));

    expect(await inPod("for i in 1 2 3; do echo line $i; sleep 0.1; done")).toBe("line 1\nline 2\nline 3\n");
    expect(await inPod("echo bad; exit 3").catch((error: unknown) => error)).toMatchObject({
      code: 3,
      stdout: "bad\n",
    });

    const { child, next } = start("run-in-pod.ts", own.namespace, "busybox", "sh", "-c", "echo begun; exec sleep 600");
    expect(await next()).toBe("begun");
    expect(await left()).toHaveLength(1);
    expect(await interrupt(child)).toBe(1);
    await eventually(async () => (await left()).length === 0 || undefined, "the end of the pods");
  });

  test("manifest-api.ts creates, replaces, applies, shows and deletes what a manifest holds", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kubewright-manifest-api-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "held.json");
    const metadata = { name: "held", namespace: own.namespace };
    const act = async (action: string): Promise<string[]> => (await run("manifest-api.ts", action, file)).split("\n");
    const manifest = (data: object): void => {
      const map = { apiVersion: "v1", kind: "ConfigMap", metadata, data };
      const rules = [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }];
      const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "Role", metadata, rules };
      writeFileSync(file, JSON.stringify(map) + JSON.stringify(role));
    };
    const data = async () => (await held.cluster.api(CoreV1).configMaps.in(own.namespace).get("held")).data;
    const both = (did: string): string[] => [`ConfigMap held ${did}`, `Role held ${did}`, ""];

    manifest({ a: "1", b: "1" });
    expect(await act("show")).toEqual(both("not found"));
    expect(await act("replace")).toEqual(both("created"));
    manifest({ a: "2" });
    expect(await act("replace")).toEqual(both("replaced"));
    expect(await data()).toEqual({ a: "2" });
    manifest({ c: "yes" });
    expect(await act("apply")).toEqual(both("applied"));
    expect(await data()).toEqual({ a: "2", c: "yes" });
    expect(await act("show")).toEqual(expect.arrayContaining(["ConfigMap held found", '  c: "yes"', "kind: Role"]));
    expect(await act("delete")).toEqual(both("deleted"));
    expect(await act("delete")).toEqual(both("not found"));
  });

  test("operator.ts keeps a ConfigMap as its custom resource says", async () => {
    const { customResourceDefinitions } = held.cluster.api(ApiextensionsV1);
    const configMaps = held.cluster.api(CoreV1).configMaps.in(own.namespace);
    const { child, next } = start("operator.ts", own.namespace);
    onTestFinished(() => void child.kill());
    const until = async (line: string): Promise<void> => {
      while ((await next()) !== line);
    };
    const lighthouse = (name: string, height: number) => ({
      apiVersion: "examples.kubewright.dev/v1",
      kind: "Lighthouse",
      metadata: { name, namespace: own.namespace },
      spec: { height },
    });
    // The operator has begun before there is a definition.
    const objects = await parseManifest(readFileSync(`${examples}manifests/lighthouse.yaml`));
    const definitions = objects.filter((object) => is(ApiextensionsV1.resources.customResourceDefinitions, object));
    expect(definitions).toHaveLength(1);
    await held.cluster.applyAll([...definitions, lighthouse("first", 24)]);
    await until("first is kept, version 1");
    const made = await configMaps.get("lighthouse-first");
    expect(made.data).toEqual({ height: "24 m", colour: "white" });
    expect(made.metadata.ownerReferences).toMatchObject([{ kind: "Lighthouse", name: "first", controller: true }]);
    expect(await held.cluster.get(lighthouse("first", 24))).toMatchObject({ status: { lit: true } });

    await held.cluster.apply(lighthouse("first", 30));
    await until("first is kept, version 2");
    expect((await configMaps.get("lighthouse-first")).data?.["height"]).toBe("30 m");
    await held.cluster.apply(lighthouse("second", 7));
    await until("second is kept, version 1");
    await held.cluster.delete(lighthouse("second", 7));
    await until("second is gone");
    expect(await interrupt(child)).toBe(0);
    await customResourceDefinitions.delete("lighthouses.examples.kubewright.dev");
  });

  test("backend.ts asks as whoever asks it, and never as itself", async () => {
    const { noRights, serviceAccount } = inject("controlPlane");
    const { child, next } = start("backend.ts", "0");
    onTestFinished(() => void child.kill());
    const port = /\d+$/.exec(await next())?.[0];
    const ask = async (headers: Record<string, string>, path = own.namespace): Promise<[number, unknown]> => {
      const response = await fetch(`http://127.0.0.1:${port}/${path}`, { headers });
      return [response.status, await response.json()];
    };
    const listed = [200, expect.arrayContaining(["speaker Running"])];
    expect(await ask({})).toEqual([401, "who are you?"]);
    expect(await ask({ "x-forwarded-groups": "system:masters" })).toEqual([401, "who are you?"]);
    expect(await ask({ authorization: `Bearer ${serviceAccount.token}` })).toEqual(listed);
    expect(await ask({ authorization: "Bearer wrong" })).toEqual([401, expect.stringMatching(/^Unauthorized/)]);
    const refused = [403, expect.stringContaining(`User "${noRights.user}" cannot list resource "pods"`)];
    expect(await ask({ authorization: `Bearer ${noRights.token}` })).toEqual(refused);
    expect(await ask({ "x-forwarded-user": noRights.user })).toEqual(refused);
    const jane = { "x-forwarded-user": "jane", "x-forwarded-groups": "system:masters,staff" };
    expect(await ask(jane)).toEqual(listed);
    // Whoever brings a token is its user, whatever the other headers say.
    expect(await ask({ ...jane, authorization: `Bearer ${noRights.token}` })).toEqual(refused);
    expect(await ask(jane, "")).toEqual([400, expect.stringMatching(/^Invalid namespace/)]);
    expect(await interrupt(child)).toBe(0);
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
