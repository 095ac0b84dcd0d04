import { readFileSync } from "node:fs";
import { connect, debug, type DebugOptions, type DebugProfile } from "kubewright";
import { CoreV1, type EphemeralContainer } from "kubewright/core/v1";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { kubectl } from "../controlplane/kubectl.ts";
import { rejection } from "../support/api-request.ts";
import { eventually } from "../support/eventually.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import { held, phaseOf, runningPod, shell, textOf } from "./support.ts";

const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));

beforeAll(async () => {
  await runningPod(own.pods, "web");
});

const stored = async (name: string): Promise<EphemeralContainer | undefined> =>
  (await own.pods.get("web")).spec.ephemeralContainers?.find((one) => one.name === name);

/** Runs it in the pod web. */
const run = (options: Omit<DebugOptions, "image">) => debug(own.pods, "web", { image: "local", ...options });

describe("what is stored is what kubectl makes", () => {
  const profiles: readonly (DebugProfile | "default")[] = [
    "general",
    "baseline",
    "restricted",
    "netadmin",
    "sysadmin",
    "default",
  ];

  test.concurrent.each(profiles)("profile %s", async (which) => {
    const [name, theirs, command] = [`ours-${which}`, `kubectl-${which}`, ["sh", "-c", "true"]];
    const profile = which === "default" ? undefined : which;
    const flags = ["-n", own.namespace, "-c", theirs, "--image=local", "--target=main", "--env=A=x y"];
    if (profile !== undefined) flags.push(`--profile=${profile}`);
    await kubectl(inject("controlPlane"), ["debug", "web", ...flags, "--", ...command]);
    const ours = run({ name, target: "main", env: { A: "x y" }, command, profile });
    // On this node no image says that it does not run as root.
    if (profile === "restricted")
      await expect(ours).rejects.toMatchObject({
        name: "WaitError",
        message: expect.stringContaining("CreateContainerConfigError: container has runAsNonRoot"),
      });
    else await ours;
    expect(await stored(name)).toEqual({ ...(await stored(theirs)), name });
  });

  test.concurrent("a terminal", async () => {
    const flags = ["-n", own.namespace, "-c", "kubectl-tty", "--image=local", "-it"];
    await kubectl(inject("controlPlane"), ["debug", "web", ...flags, "--", "true"], { allowFailure: true });
    const tty = { columns: 80, rows: 24 };
    const shown = await run({ name: "ours-tty", command: ["true"], stdin: "", tty });
    expect(await shown.exit).toEqual({ exitCode: 0 });
    expect(await stored("ours-tty")).toEqual({ ...(await stored("kubectl-tty")), name: "ours-tty" });
  });
});

test.concurrent("neither input nor terminal: all output from the first line, and the exit code", async () => {
  const count = 5000;
  const result = await run({
    ...shell(`i=0; while [ $i -lt ${count} ]; do i=$((i+1)); echo $i; done; echo bad >&2; exit 3`),
  });
  expect(await textOf(result.stderr)).toBe("");
  const lines = (await textOf(result.stdout)).trimEnd().split("\n");
  expect(lines).toHaveLength(count + 1);
  expect(lines.filter((line) => line !== "bad")).toEqual(
    Array.from({ length: count }, (_, index) => String(index + 1)),
  );
  expect(await result.exit).toEqual({ exitCode: 3 });
  expect(() => result.resize({ columns: 1, rows: 1 })).toThrow(/size: it runs without a terminal/);
});

test.concurrent("its connections are cut: all output still", async ({ onTestFinished }) => {
  const { server, caFile, admin } = inject("controlPlane");
  const proxy = await startFaultProxy(server);
  const through = await connect({ server: proxy.url, ca: readFileSync(caFile, "utf8"), token: admin.token });
  onTestFinished(async () => {
    await through.close();
    await proxy.close();
  });
  const result = await debug(through.api(CoreV1).pods.in(own.namespace), "web", {
    image: "local",
    ...shell("for i in $(seq 1 2000); do echo $i; [ $((i % 100)) = 0 ] && sleep 0.1; done; exit 7"),
  });
  let text = "";
  let cut = 0;
  for await (const bytes of result.stdout) {
    text += new TextDecoder().decode(bytes);
    if (text.length > cut + 2000) {
      cut = text.length;
      proxy.reset();
    }
  }
  expect(text).toBe(Array.from({ length: 2000 }, (_, index) => `${index + 1}\n`).join(""));
  expect(await result.exit).toEqual({ exitCode: 7 });
});

test.concurrent("input, to its end: attached, and the exit code", async () => {
  const result = await run({ stdin: "one\ntwo\n", ...shell("cat; exit 4") });
  expect(await textOf(result.stdout)).toBe("one\ntwo\n");
  expect(await result.exit).toEqual({ exitCode: 4 });
});

test.concurrent("a terminal: its size, and what is typed", async () => {
  async function* typed() {
    yield "words\n";
  }
  const result = await run({
    stdin: typed(),
    tty: { columns: 97, rows: 31 },
    ...shell(`read line; until [ "$(stty size)" = "31 97" ]; do sleep 0.05; done; stty size; echo got $line; exit 5`),
  });
  expect(await textOf(result.stdout)).toContain("31 97\r\ngot words\r\n");
  expect(await result.exit).toEqual({ exitCode: 5 });
});

test.concurrent("left early, it goes on", async () => {
  const result = await run({ name: "left", ...shell("echo begun; sleep 1000") });
  for await (const bytes of result.stdout) {
    expect(new TextDecoder().decode(bytes)).toBe("begun\n");
    break;
  }
  await result.close();
  await expect(result.exit).rejects.toMatchObject({
    name: "ConnectionError",
    message: expect.stringContaining("Closed"),
  });
  const { status } = await own.pods.get("web");
  const [left] = status.ephemeralContainerStatuses?.filter(({ name }) => name === "left") ?? [];
  expect(left?.state?.running).toBeDefined();
});

describe("what cannot be run", () => {
  test.concurrent("an image without a valid name: at once", async () => {
    await expect(debug(own.pods, "web", { image: "Not An Image", timeoutMs: 30_000 })).rejects.toMatchObject({
      name: "WaitError",
      message: expect.stringMatching(/InvalidImageName: /),
    });
  });

  test.concurrent("an image that cannot be pulled: the last reason when the time is over", async () => {
    const why = /(ErrImagePull|ImagePullBackOff): .*registry\.invalid/;
    const toldAfter = (timeoutMs: number): Promise<unknown> =>
      rejection(debug(own.pods, "web", { image: "registry.invalid/none:1", timeoutMs }));
    let told = await toldAfter(3000);
    // A busy node has not come to it by then.
    if (!why.test(String(told))) told = await toldAfter(30_000);
    expect(told).toMatchObject({ name: "TimeoutError", message: expect.stringMatching(why) });
  });

  test.concurrent("a program that is not there: at once", async () => {
    await expect(run({ command: ["/no/such/program"], timeoutMs: 30_000 })).rejects.toMatchObject({
      name: "WaitError",
      message: expect.stringMatching(/RunContainerError: .*no such file/),
    });
  });

  test.concurrent("a pod that is not there, a target that it does not have, a name that is taken", async () => {
    await expect(debug(own.pods, "none", { image: "local" })).rejects.toMatchObject({ statusCode: 404 });
    await expect(run({ target: "other", ...shell("true") })).rejects.toMatchObject({ statusCode: 422 });
    await expect(run({ name: "main", ...shell("true") })).rejects.toThrow(/name: the pod has a container main already/);
  });

  test.concurrent("a pod that has ended: at once", async () => {
    await own.pods.create({
      metadata: { name: "ended" },
      spec: { restartPolicy: "Never", containers: [{ name: "main", image: "local", command: ["true"] }] },
    });
    await phaseOf(own.pods, "ended", "Succeeded");
    await expect(debug(own.pods, "ended", { image: "local", timeoutMs: 30_000 })).rejects.toMatchObject({
      name: "WaitError",
      message: expect.stringContaining("the pod has ended (Succeeded)"),
    });
  });

  test.concurrent("a pod that goes while its container is waited for", async () => {
    await runningPod(own.pods, "going");
    const waits = debug(own.pods, "going", { image: "registry.invalid/none:1", timeoutMs: 30_000 });
    const told = rejection(waits);
    await eventually(async () => (await own.pods.get("going")).spec.ephemeralContainers, "its container is stored");
    await own.pods.delete("going");
    expect(String(await told)).toMatch(/it was deleted|the pod has ended/);
  });
});
