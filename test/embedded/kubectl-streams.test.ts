import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect as dial } from "node:net";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { CoreV1, type PodResource } from "kubewright/core/v1";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import type { ApiServer } from "../../packages/testing/src/index.ts";
import { kubectl, kubectlEnvironment, type KubectlPlace } from "../controlplane/kubectl.ts";
import { type KubectlGround, kubectlBuildMs, startKubectlGround } from "./kubectl-ground.ts";

// What a test plays in pods, used by the real kubectl.

let api: ApiServer;
let place: KubectlPlace;
let pods: PodResource;
let ground: KubectlGround;
beforeAll(async () => {
  ground = await startKubectlGround();
  ({ api, place } = ground);
  pods = (await api.connect()).api(CoreV1).pods.in("default");
}, kubectlBuildMs);
afterAll(() => ground?.[Symbol.asyncDispose]());

const labels = { app: "web" };
beforeEach(async () => {
  api.reset();
  for (const name of ["web-0", "web-1"]) {
    const containers = [{ name: "app", image: "nginx", stdin: true, stdinOnce: true }];
    await pods.create({ metadata: { name, labels }, spec: { nodeName: "node-1", containers } });
    await pods.status.patch(name, { merge: { status: { phase: "Running" } } });
  }
});

const run = (args: readonly string[], input = "") => kubectl(place, args, { input, allowFailure: true });

test("kubectl exec: input, both outputs and the exit code", async () => {
  api.onExec({ pod: "web-0" }, async ({ command, stdin, stdout, stderr }) => {
    await stderr(`${command.join(" ")}\n`);
    for await (const bytes of stdin) await stdout(bytes);
    return 3;
  });
  expect(await run(["exec", "-i", "web-0", "--", "cat", "a b"], "what is sent")).toEqual({
    code: 3,
    stdout: "what is sent",
    stderr: "cat a b\ncommand terminated with exit code 3\n",
  });
});

test("kubectl attach: what the container says and is told", async () => {
  api.onAttach({ container: "app" }, async ({ stdin, stdout }) => {
    await stdout("name? ");
    for await (const bytes of stdin) await stdout(`hello ${new TextDecoder().decode(bytes)}`);
  });
  const { code, stdout } = await run(["attach", "-i", "web-0", "--quiet"], "world");
  expect({ code, stdout }).toEqual({ code: 0, stdout: "name? hello world" });
});

test("kubectl logs: of one, of the run before, of many, followed to the end", async () => {
  const log = api.log("web-0", "app", ["first run"]);
  log.restart();
  log.write("second run");
  api.log("web-1", "app", ["another"]);
  expect((await run(["logs", "web-0"])).stdout).toBe("second run\n");
  expect((await run(["logs", "web-0", "--previous"])).stdout).toBe("first run\n");
  // One after another, in any order.
  const { stdout } = await run(["logs", "-l", "app=web", "--prefix"]);
  expect(stdout.trim().split("\n").toSorted()).toEqual(["[pod/web-0/app] second run", "[pod/web-1/app] another"]);
  const followed = run(["logs", "-f", "web-0"]);
  await expect.poll(() => api.requests().some(({ query }) => query.get("follow") === "true")).toBe(true);
  log.write("more");
  log.end();
  expect((await followed).stdout).toBe("second run\nmore\n");
});

test("kubectl port-forward: several connections, both ends of each, and a port that refuses", async () => {
  api.onPortForward({ pod: "web-0", port: 80 }, async ({ readable, writable }) => {
    const asked = await new Response(readable).text();
    const writer = writable.getWriter();
    await writer.write(new TextEncoder().encode(`you said ${asked.length}`));
    await writer.close();
  });
  const forward = spawn(place.binary, ["kubectl", "port-forward", "pod/web-0", ":80", ":81", "--address=127.0.0.1"], {
    env: { ...process.env, ...kubectlEnvironment(place), KUBECONFIG: place.admin.kubeconfig },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const complaints = text(forward.stderr);
  const ended = once(forward, "close");
  onTestFinished(() => void forward.kill());
  const ports: number[] = [];
  for await (const line of createInterface(forward.stdout)) {
    ports.push(Number(/127\.0\.0\.1:(\d+) ->/.exec(line)?.[1]));
    if (ports.length === 2) break;
  }
  const [open = 0, refused = 0] = ports;
  const answers = [1, 70_000, 1_000_000].map((size) => asked(open, "x".repeat(size)));
  expect(await Promise.all(answers)).toEqual(["you said 1", "you said 70000", "you said 1000000"]);
  expect(await asked(open, "again")).toBe("you said 5");
  expect(await asked(refused, "x").catch(() => "")).toBe("");
  forward.kill();
  await ended;
  expect(await complaints).toMatch(/error forwarding port 81 to pod web-0, uid : .*connection refused/);
});

/** What comes back when this was sent, and nothing more is. */
async function asked(port: number, said: string): Promise<string> {
  const socket = dial({ port, host: "127.0.0.1", allowHalfOpen: true });
  socket.end(said);
  return text(socket);
}
