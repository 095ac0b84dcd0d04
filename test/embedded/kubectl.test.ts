import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { ApiServer } from "../../packages/testing/src/index.ts";
import { kubectl, type KubectlPlace } from "../controlplane/kubectl.ts";
import { type KubectlGround, kubectlBuildMs, startKubectlGround } from "./kubectl-ground.ts";

let api: ApiServer;
let place: KubectlPlace;
let ground: KubectlGround;
beforeAll(async () => {
  ground = await startKubectlGround();
  ({ api, place } = ground);
}, kubectlBuildMs);
afterAll(() => ground?.[Symbol.asyncDispose]());
beforeEach(() => api.reset());

/** What kubectl prints, without spaces at the ends of lines; its failure is one of the test. */
async function run(command: string, input?: string): Promise<string> {
  const { stdout } = await kubectl(place, words(command), input === undefined ? {} : { input });
  return stdout.replaceAll(/ +$/gm, "").trimEnd();
}

/** What it says when it fails. */
async function failure(command: string, input = ""): Promise<string> {
  const { code, stderr } = await kubectl(place, words(command), { input, allowFailure: true });
  expect(code).not.toBe(0);
  return stderr.trimEnd();
}

/** By spaces, but for what stands in quotes. */
function words(command: string): readonly string[] {
  return (command.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replaceAll("'", ""));
}

const container = { name: "web", image: "nginx:1" };
const labels = { app: "web" };
const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [container] } },
  },
};
const service = {
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web" },
  spec: { selector: labels, ports: [{ port: 80 }] },
};
const pod = { apiVersion: "v1", kind: "Pod", metadata: { name: "one", labels }, spec: { containers: [container] } };
const manifest = JSON.stringify({ apiVersion: "v1", kind: "List", items: [deployment, service, pod] });

test("kubectl sees what the server is and serves", async () => {
  expect(await run("cluster-info")).toContain(`is running at ${api.url}`);
  expect(await run("version")).toMatch(/Server Version: v1\.\d+\.\d+/);
  expect(await run("api-resources --no-headers")).toMatch(/^deployments +deploy +apps\/v1 +true +Deployment$/m);
  expect((await run("api-versions")).split("\n")).toEqual(expect.arrayContaining(["apps/v1", "batch/v1", "v1"]));
  expect(await run("explain pods.spec.containers.image")).toMatch(/FIELD: image <string>[^]*Container image name\./);
  expect(await run("get --raw /readyz")).toBe("ok");
  expect(await run("auth whoami -o 'jsonpath={.status.userInfo.username}'")).toBe("kubernetes-admin");
  expect(await run("auth can-i delete nodes")).toBe("yes");
});

test("kubectl creates, and refuses what is there already", async () => {
  expect(await run("create -f -", manifest)).toBe("deployment.apps/web created\nservice/web created\npod/one created");
  expect(await failure("create -f -", JSON.stringify(pod))).toContain('pods "one" already exists');
  expect(await failure("create -f -", JSON.stringify({ ...pod, spec: { ...pod.spec, colour: "red" } }))).toContain(
    'unknown field "spec.colour"',
  );
  expect(await failure("get pods missing")).toBe('Error from server (NotFound): pods "missing" not found');
});

test("kubectl shows what is there, in every form", async () => {
  await run("create -f -", manifest);
  expect(await run("get pods")).toMatch(/^NAME +READY +STATUS +RESTARTS +AGE\none +0\/1 +Pending +0 +\d+s$/);
  expect(await run("get pods -o wide")).toMatch(/^NAME .*NOMINATED NODE +READINESS GATES\none /);
  expect(await run("get deployments --show-labels")).toMatch(/\nweb +0\/2 +0 +0 +\d+s +<none>$/);
  expect(await run("get pod one -o yaml")).toMatch(/^apiVersion: v1\nkind: Pod\n/);
  expect(JSON.parse(await run("get service web -o json"))).toMatchObject({
    kind: "Service",
    spec: { type: "ClusterIP" },
  });
  expect(await run("get pods -o 'jsonpath={.items[*].spec.containers[0].image}'")).toBe("nginx:1");
  expect(await run("get pods -l app=other --no-headers -o name")).toBe("");
  expect(await run("describe pod one")).toMatch(/^Name: +one\n[^]*\nQoS Class: +BestEffort\n[^]*\nEvents: +<none>$/);
  expect(await run("describe deployment web")).toMatch(/\nReplicas: +2 desired \| 0 updated/);
  expect(await run("describe service web")).toMatch(/\nIP: +10\.0\.\d+\.\d+\n/);
});

test("kubectl changes what is there", async () => {
  await run("create -f -", manifest);
  const replicas = (): Promise<string> => run("get deployment web -o 'jsonpath={.spec.replicas}'");
  await run(`patch deployment web --type=merge -p '{"spec":{"replicas":3}}'`);
  expect(await replicas()).toBe("3");
  await run(`patch deployment web --type=json -p '[{"op":"replace","path":"/spec/replicas","value":4}]'`);
  expect(await replicas()).toBe("4");
  await run("scale deployment web --replicas=5");
  expect(await replicas()).toBe("5");
  expect(await run("replace -f -", JSON.stringify(deployment))).toBe("deployment.apps/web replaced");
  expect(await replicas()).toBe("2");
  expect(await run("label pod one colour=red")).toBe("pod/one labeled");
  expect(await run("annotate pod one note=hello")).toBe("pod/one annotated");
  expect(await run("get pod one -o 'jsonpath={.metadata.labels.colour} {.metadata.annotations.note}'")).toBe(
    "red hello",
  );
});

test("kubectl waits for states and for the end", async () => {
  await run("create -f -", manifest);
  expect(await run("wait --for='jsonpath={.status.phase}=Pending' pod/one --timeout=20s")).toBe(
    "pod/one condition met",
  );
  expect(await run("delete pod one --wait --timeout=20s")).toContain('pod "one" deleted');
  expect(await run("wait --for=delete pod/one --timeout=20s")).toBe("");
  await run("create namespace shop");
  await run("create configmap colours --from-literal=a=b -n shop");
  expect(await run("delete namespace shop --wait --timeout=20s")).toContain('namespace "shop" deleted');
  expect(await failure("get configmap colours -n shop")).toContain('namespaces "shop" not found');
});

test("kubectl lists events", async () => {
  const event = {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name: "one.1", namespace: "default" },
    involvedObject: { kind: "Pod", name: "one", namespace: "default" },
    reason: "Pulled",
    message: "Image is there",
    type: "Normal",
    lastTimestamp: "2026-01-01T00:00:00Z",
  };
  await run("create -f -", JSON.stringify(event));
  expect(await run("events")).toMatch(
    /^LAST SEEN +TYPE +REASON +OBJECT +MESSAGE\n\S+ +Normal +Pulled +Pod\/one +Image is there$/,
  );
  expect(await run("get events")).toMatch(/Normal +Pulled +pod\/one +Image is there$/);
});

test("a token of a service account lets kubectl ask as it", async () => {
  const token = await run("create token default");
  const whoami = `--token=${token} auth whoami -o 'jsonpath={.status.userInfo.username}'`;
  expect(await run(whoami)).toBe("system:serviceaccount:default:default");
});
