import { createCluster, type Cluster, type ExecOptions, type LogOptions, type StatusError } from "@kubewright/core";
import { CoreV1, type PodResource } from "@kubewright/api/core/v1";
import { beforeEach, describe, expect, test } from "vitest";
import { refusal, rejection } from "../../../../test/support/api-request.ts";
import { createApiServer } from "./create-api-server.ts";
import type { ApiServerHeart } from "./heart.ts";

let api: ApiServerHeart;
let cluster: Cluster;
let pods: PodResource;
beforeEach(async () => {
  api = createApiServer({ controllers: false });
  cluster = createCluster({ transport: api.transport(), userAgent: "test", namespace: "default" });
  pods = cluster.api(CoreV1).pods.in("default");
  await cluster
    .api(CoreV1)
    .serviceAccounts.in("default")
    .create({ metadata: { name: "default" } });
  await make("web-0", ["app"]);
  return () => api.close();
});

async function make(name: string, containers: readonly string[], status?: object): Promise<void> {
  await pods.create({
    metadata: { name },
    spec: { nodeName: "node-1", containers: containers.map((one) => ({ name: one, image: "image" })) },
  });
  if (status !== undefined) await pods.status.patch(name, { merge: { status } });
}

describe("exec", () => {
  test("a test plays the command: input, outputs and exit code", async () => {
    api.onExec({ pod: "web-0" }, async ({ command, stdin, stdout, stderr, container, tty }) => {
      await stdout(`${command.join(" ")} in ${container}, ${tty}\n`);
      for await (const bytes of stdin) await stderr(bytes);
      return 3;
    });
    const { exitCode, stdout, stderr } = await pods.exec("web-0", { command: ["cat", "-"], stdin: "text" }).output();
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 3, stdout: "cat - in app, false\n", stderr: "text" });
  });

  test("a terminal: sizes as they come, one output, and no end that is told in v4", async () => {
    api.protocols("1.29");
    const seen: string[] = [];
    api.onExec({}, async ({ sizes, stderr }) => {
      for await (const { columns, rows } of sizes) {
        seen.push(`${columns}x${rows}`);
        if (columns === 3) break;
      }
      await stderr("done");
    });
    const run = await pods.exec("web-0", { command: ["sh"], tty: { columns: 1, rows: 2 }, stdin: "" });
    run.resize({ columns: 3, rows: 4 });
    expect(await run.exit).toEqual({ exitCode: 0 });
    expect([seen.at(-1), await textOf(run.stdout)]).toEqual(["3x4", "done"]);
  });

  test("what the hook throws says that the command could not be run", async () => {
    api.onExec({}, () => {
      throw new Error("no such program");
    });
    const error = (await rejection(pods.exec("web-0", { command: ["x"] }).output())) as StatusError;
    expect(error).toMatchObject({ name: "StatusError", reason: "InternalError" });
    expect(error.message).toContain("no such program");
  });

  test("every byte, both ways, and a command that does not read its input ends all the same", async () => {
    const megabyte = new Uint8Array(1024 * 1024).fill(7);
    let taken = 0;
    api.onExec({ container: "app" }, async ({ stdin, stdout, command }) => {
      if (command[0] === "deaf") return 9;
      for await (const bytes of stdin) {
        taken += bytes.byteLength;
        await stdout(bytes);
      }
      return 0;
    });
    async function* input() {
      for (let i = 0; i < 8; i++) yield megabyte.slice();
    }
    const run = await pods.exec("web-0", { command: ["cat"], stdin: input() });
    let size = 0;
    for await (const bytes of run.stdout) size += bytes.byteLength;
    expect([await run.exit, taken, size]).toEqual([{ exitCode: 0 }, 8 * megabyte.length, 8 * megabyte.length]);
    expect((await pods.exec("web-0", { command: ["deaf"], stdin: input() }).output()).exitCode).toBe(9);
  });

  test("the client leaves: the command hears of it, and may go on", async () => {
    let ended: (how: string) => void;
    const end = new Promise<string>((resolve) => (ended = resolve));
    api.onExec({}, async ({ signal, stdin, stdout }) => {
      await stdout("up");
      for await (const _ of stdin);
      await stdout("nobody listens");
      ended(String(signal.aborted));
    });
    const controller = new AbortController();
    const run = await pods.exec("web-0", { command: ["x"], stdin: never(), signal: controller.signal });
    await run.stdout[Symbol.asyncIterator]().next();
    controller.abort(new Error("mine"));
    expect([String(await rejection(run.exit)), await end]).toEqual(["Error: mine", "true"]);
  });

  test("the newest hook that fits plays; one that has ended does not", async () => {
    api.onExec({}, () => 1);
    const hook = api.onExec({ pod: "web-0", namespace: "default" }, () => 2);
    api.onExec({ pod: "other" }, () => 3);
    const code = async (): Promise<number> => (await pods.exec("web-0", { command: ["x"] }).output()).exitCode;
    expect(await code()).toBe(2);
    hook.end();
    expect(await code()).toBe(1);
  });
});

test("attach: what is written is played, the code stands in the pod's status", async () => {
  api.onAttach({ container: "app" }, ({ stdout }) => stdout("up"));
  const run = await pods.attach("web-0");
  expect(await textOf(run.stdout)).toBe("up");
  const terminated = { exitCode: 5, reason: "Error" };
  await pods.status.patch("web-0", {
    merge: { status: { containerStatuses: [{ ...waiting, state: { terminated } }] } },
  });
  expect(await run.exit).toEqual({ exitCode: 5 });
});

describe("refusals are those of the real server", () => {
  const refused = (name: string, options: Partial<ExecOptions> = {}): Promise<string> =>
    refusal(pods.exec(name, { command: ["x"], ...options }));
  beforeEach(() => void api.onExec({}, () => 0));

  test("before a kubelet is asked", async () => {
    await make("two", ["left", "right"]);
    await pods.create({ metadata: { name: "free" }, spec: { containers: [{ name: "app", image: "image" }] } });
    expect(await refused("none")).toContain('StatusError: NotFound: pods "none" not found');
    expect(await refused("web-0", { container: "x" })).toContain("BadRequest: container x is not valid for pod web-0");
    expect(await refused("two")).toContain("choose one of: [left right]");
    expect(await refused("free")).toContain("BadRequest: pod free does not have a host assigned");
  });

  test("by the kubelet, in its own words", async () => {
    await make("ended", ["app"], { phase: "Succeeded" });
    await make("waiting", ["app"], { containerStatuses: [waiting] });
    expect(await refused("ended")).toContain('container not found ("app")');
    expect(await refused("waiting")).toContain('container not found ("app")');
  });

  test("servers before 1.30 speak v4 alone", async () => {
    api.protocols("1.29");
    expect(await refused("web-0", { stdin: "text" })).toContain("SubprotocolNotSpoken");
    expect(await pods.exec("web-0", { command: ["x"] }).output()).toMatchObject({ exitCode: 0 });
    api.protocols("v1.30.2");
    expect(await pods.exec("web-0", { command: ["x"], stdin: "text" }).output()).toMatchObject({ exitCode: 0 });
    expect(() => api.protocols("newest")).toThrow("Invalid version: ");
  });

  test("a request that is no upgrade runs nothing", async () => {
    const path = "/api/v1/namespaces/default/pods/web-0/exec";
    expect(await refusal(cluster.request({ path, query: { command: "x", stdout: true } }))).toContain(
      "Upgrade request required",
    );
  });

  test("the right to create is needed as well as that to get", async () => {
    const guarded = createApiServer({
      controllers: false,
      users: { "test-token": { name: "reader" }, "admin-token": { name: "admin", groups: ["system:masters"] } },
      authorize: ({ user, verb }) => user.name === "admin" || verb === "get",
    });
    guarded.onExec({}, () => 0);
    const own = createCluster({ transport: guarded.transport(), userAgent: "test" });
    const core = own.api(CoreV1);
    const token = "admin-token";
    await core.serviceAccounts.in("default").create({ metadata: { name: "default" } }, { token });
    const spec = { nodeName: "node-1", containers: [{ name: "app", image: "image" }] };
    await core.pods.in("default").create({ metadata: { name: "web-0" }, spec }, { token });
    const said = await refusal(core.pods.in("default").exec("web-0", { command: ["x"], token: "test-token" }));
    expect(said).toContain("it needs the rights to create and get pods/exec");
    guarded.close();
  });

  test("a hook for nothing, and one that is no function", () => {
    expect(() => api.onExec({ Pod: "web-0" } as object, () => 0)).toThrow("Invalid match.Pod: ");
    expect(() => api.onExec({}, undefined as never)).toThrow("Invalid hook: ");
  });
});

describe("faults", () => {
  const command = ["x"];
  const subject = { resource: "pods/exec" };
  beforeEach(() => {
    api.onExec({}, async ({ stdin, stdout }) => {
      for (let i = 0; i < 4; i++) await stdout(String(i));
      for await (const _ of stdin);
      return 0;
    });
  });

  test("no status", async () => {
    api.faults.on(subject).once().noStatus();
    const run = await pods.exec("web-0", { command });
    expect(await refusal(run.exit)).toContain("NoExitStatus");
    expect((await pods.exec("web-0", { command }).output()).stdout).toBe("0123");
  });

  test.each([
    [{ messages: 3 }, "01"],
    [{ bytes: 5 }, "01"],
    [{}, ""],
  ])("cut after %j: what came before is there, then an error", async (after, text) => {
    api.faults.on(subject).cut(after);
    const run = await pods.exec("web-0", { command });
    let seen = "";
    const reading = (async () => {
      for await (const bytes of run.stdout) seen += new TextDecoder().decode(bytes);
    })();
    expect(await refusal(reading)).toContain("ConnectionError");
    expect([seen, await refusal(run.exit)]).toEqual([text, expect.stringContaining("ConnectionError")]);
  });

  test("deaf: nothing that is sent is taken, until its end", async () => {
    const fault = api.faults.on(subject).deaf();
    const run = await pods.exec("web-0", { command, stdin: "text" });
    const output = run.stdout[Symbol.asyncIterator]();
    await output.next();
    let isOver = false;
    void run.exit.then(() => (isOver = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isOver).toBe(false);
    fault.end();
    expect(await run.exit).toEqual({ exitCode: 0 });
  });

  test("disconnect() breaks what is under way, reset() lets go of hooks and sessions", async () => {
    const first = await pods.exec("web-0", { command, stdin: never() });
    expect(api.faults.disconnect(subject)).toBe(1);
    expect(await refusal(first.exit)).toContain("ConnectionError");
    const second = await pods.exec("web-0", { command, stdin: never() });
    api.reset();
    expect(await refusal(second.exit)).toContain("ConnectionError");
  });
});

describe("logs", () => {
  async function linesOf(options: LogOptions = {}): Promise<string[]> {
    const lines: string[] = [];
    for await (const line of pods.log("web-0", options)) lines.push(line);
    return lines;
  }

  test("what a test wrote, with the options of a read", async () => {
    const log = api.log("web-0", "app", ["one", "two"]);
    log.write("three");
    expect(await linesOf()).toEqual(["one", "two", "three"]);
    expect(await linesOf({ tailLines: 1 })).toEqual(["three"]);
    expect(await linesOf({ limitBytes: 5 })).toEqual(["one", "t"]);
    expect(await linesOf({ sinceSeconds: 1000 })).toHaveLength(3);
    expect(await linesOf({ sinceTime: new Date(Date.now() + 5000).toISOString() })).toEqual([]);
    const stamped = await linesOf({ timestamps: true });
    expect(stamped.map((line) => line.replace(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z /, ""))).toEqual([
      "one",
      "two",
      "three",
    ]);
    expect(new Set(stamped.map((line) => line.slice(0, 30))).size).toBe(3);
  });

  /** What the pod's status says of its container. */
  const status = async () => (await pods.get("web-0")).status.containerStatuses?.[0];

  test("a restart begins a new log, the one before stays as the previous", async () => {
    const log = api.log("default/web-0", "app", ["one"]);
    expect(await refusal(linesOf({ previous: true }))).toContain(
      'previous terminated container "app" in pod "web-0" not found',
    );
    log.restart();
    log.write("two");
    expect([await linesOf({ previous: true }), await linesOf()]).toEqual([["one"], ["two"]]);
    log.restart();
    expect([await linesOf({ previous: true }), await linesOf()]).toEqual([["two"], []]);
  });

  test("a restart ends who follows, and stands in the pod's status", async () => {
    const startedAt = "2026-01-01T00:00:00Z";
    const running = { ...waiting, state: { running: { startedAt } }, containerID: "x://first" };
    await pods.status.patch("web-0", { merge: { status: { containerStatuses: [running] } } });
    const log = api.log("web-0", "app", ["one"]);
    const followed: string[] = [];
    for await (const line of pods.log("web-0", { follow: true })) {
      followed.push(line);
      log.restart();
      log.write("of the next run");
    }
    expect(followed).toEqual(["one"]);
    const first = { exitCode: 0, reason: "Completed", startedAt, containerID: "x://first" };
    expect(await status()).toMatchObject({
      name: "app",
      image: "image",
      restartCount: 1,
      ready: true,
      state: { running: {} },
      lastState: { terminated: first },
    });
    expect(Date.parse((await status())?.state?.running?.startedAt ?? "")).toBeGreaterThan(Date.parse(startedAt));
    expect((await status())?.containerID).not.toBe("x://first");
  });

  test("the code with which a container ends stands in its status, and is that of the run before once it starts anew", async () => {
    const log = api.log("web-0", "app", ["one"]);
    log.end(3);
    log.end(4);
    const terminated = (await status())!.state!.terminated!;
    expect(terminated).toMatchObject({ exitCode: 3, reason: "Error" });
    expect(await status()).toMatchObject({ restartCount: 0, ready: false, containerID: terminated.containerID });
    expect(await linesOf({ follow: true })).toEqual(["one"]);
    log.restart();
    expect(await status()).toMatchObject({ restartCount: 1, state: { running: {} }, lastState: { terminated } });
    // A kubelet says in between what it waits for.
    const crashes = { waiting: { reason: "CrashLoopBackOff" } };
    const containerStatuses = [{ ...waiting, restartCount: 1, state: crashes, lastState: { terminated } }];
    await pods.status.patch("web-0", { merge: { status: { containerStatuses } } });
    log.restart();
    expect(await status()).toMatchObject({ restartCount: 2, lastState: { terminated } });
  });

  test("containers that prepare, and one that has not begun: its reason, for whoever asks for its log", async () => {
    const spec = { nodeName: "node-1", containers: [{ name: "app", image: "image" }] };
    const initContainers = [{ name: "prepare", image: "image" }];
    await pods.create({ metadata: { name: "web-1" }, spec: { ...spec, initContainers } });
    await pods.status.patch("web-1", { merge: { status: { containerStatuses: [waiting] } } });
    const logged = async (container: string, previous = false): Promise<string> => {
      for await (const line of pods.log("web-1", { container, previous })) return line;
      return "";
    };
    expect(await refusal(logged("app"))).toContain('pods "node-1" not found');
    api.log("web-1", "prepare", ["prepared"]).end();
    api.log("web-1", "app");
    const { status: said } = await pods.get("web-1");
    expect(said.initContainerStatuses).toMatchObject([{ name: "prepare", state: { terminated: { exitCode: 0 } } }]);
    expect(said.containerStatuses).toMatchObject([waiting]);
    expect(await logged("prepare")).toBe("prepared");
    expect(await refusal(logged("app"))).toContain(
      'BadRequest: container "app" in pod "web-1" is waiting to start: PodInitializing',
    );
    expect(await refusal(logged("app", true))).toContain(
      'previous terminated container "app" in pod "web-1" not found',
    );
  });

  test("a log is over with its pod, and another pod of its name has another", async () => {
    const log = api.log("web-0", "app", ["one"]);
    for await (const line of pods.log("web-0", { follow: true })) {
      expect(line).toBe("one");
      await pods.delete("web-0", { gracePeriodSeconds: 0 });
    }
    await make("web-0", ["app"]);
    log.write("nobody's");
    log.restart();
    expect(await status()).toBeUndefined();
    api.log("web-0", "app", ["two"]);
    expect(await linesOf()).toEqual(["two"]);
  });

  test("followed, it goes on until the container ends", async () => {
    const log = api.log("web-0", "app", ["one"]);
    const reading = linesOf({ follow: true });
    await expect.poll(() => api.requests().some(({ subresource }) => subresource === "log")).toBe(true);
    log.write("two", "three");
    log.end();
    expect(await reading).toEqual(["one", "two", "three"]);
  });

  test("followed, what is written while the first lines are read comes too", async () => {
    const log = api.log("web-0", "app", ["one", "two"]);
    const seen: string[] = [];
    for await (const line of pods.log("web-0", { follow: true })) {
      seen.push(line);
      if (line === "one") log.write("three");
      if (line === "three") log.end();
    }
    expect(seen).toEqual(["one", "two", "three"]);
  });
});

describe("proxied requests", () => {
  test("a test answers what the pod, the service or the node would", async () => {
    const services = cluster.api(CoreV1).services.in("default");
    await services.create({ metadata: { name: "web" }, spec: { ports: [{ name: "http", port: 80 }] } });
    api.onProxy({ resource: "services", name: "web" }, async (request) => {
      const { pathname, search } = new URL(request.url);
      const said = `${request.method} ${pathname}${search} ${request.headers.get("x-one")} ${await request.text()}`;
      return new Response(said, { status: 201, headers: { "x-two": "2" } });
    });
    const web = services.proxy("web", { port: "http" });
    const headers = { "x-one": "1" };
    const answer = await web.request({ method: "POST", path: "/a%20b/", query: { q: 1 }, headers, body: "text" });
    expect([answer.status, answer.headers.get("x-two"), await answer.text()]).toEqual([
      201,
      "2",
      "POST /a%20b/?q=1 1 text",
    ]);
    expect((await web.request({ method: "HEAD", path: "/" })).status).toBe(201);
    expect((await services.proxy("web", { port: 81 }).request({ path: "/" })).status).toBe(503);
    expect((await pods.proxy("web-0", { port: 80 }).request({ path: "/" })).status).toBe(400);
    api.onProxy(
      { resource: "pods", port: 80 },
      () => new Response(undefined, { status: 302, headers: { location: "/" } }),
    );
    expect((await pods.proxy("web-0", { port: 80 }).request({ path: "/" })).status).toBe(302);
  });
});

const waiting = {
  name: "app",
  image: "image",
  imageID: "",
  ready: false,
  restartCount: 0,
  state: { waiting: { reason: "PodInitializing" } },
};

/** Input that never comes. */
const never = (): ReadableStream<string> => new ReadableStream();

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of stream) text += decoder.decode(chunk, { stream: true });
  return text;
}
