import { describe, expect, test } from "vitest";
import { podsWith } from "../../../../test/support/pods-with.ts";
import { refusal, rejection } from "../../../../test/support/api-request.ts";
import type { FakeMessageSocket } from "../../../../test/support/fake-message-socket.ts";
import {
  type Answer,
  recordingTransport,
  type RecordingTransport,
} from "../../../../test/support/recording-transport.ts";
import { upgradingTransport } from "../../../../test/support/upgrading-transport.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createCluster, type ClusterOptions } from "../cluster/create-cluster.ts";
import { InputError } from "../errors/input-error.ts";
import type { ApiRequest } from "../transport/transport.ts";
import type { AttachOptions } from "../types/attach.ts";
import type { Attaches } from "../types/capabilities.ts";

const pods = podsWith("attach", "PodAttachOptions");
const path = "/api/v1/namespaces/shop/pods/web-0/attach";
const v5 = "v5.channel.k8s.io";
const v4 = "v4.channel.k8s.io";
const size = { columns: 80, rows: 24 };
const success = '{"status":"Success"}';

interface Held {
  readonly attach: Attaches["attach"];
  readonly transport: RecordingTransport;
  readonly sockets: FakeMessageSocket[];
  readonly upgrades: () => ApiRequest[];
}

/** What a read of the pod is answered with, by its number. */
type PodAnswer = (read: number) => object | Error;

function client(podAnswer: PodAnswer, options: Partial<ClusterOptions> = {}, upgrade?: Answer): Held {
  const sockets: FakeMessageSocket[] = [];
  let reads = 0;
  const recording = recordingTransport((request) => {
    if (request.upgrade !== undefined) return upgrade ?? { status: 101, body: "" };
    const found = podAnswer(reads++);
    if (found instanceof Error) throw found;
    return "status" in found && typeof found.status === "number" ? (found as Answer) : { json: found };
  });
  const transport = upgradingTransport(recording, sockets);
  const some = createCluster({ transport, namespace: "shop", userAgent: "test", ...options })
    .resource(pods)
    .in();
  const upgrades = (): ApiRequest[] => recording.requests.filter((request) => request.upgrade !== undefined);
  return { attach: (...call) => some.attach(...call), transport: recording, sockets, upgrades };
}

const running = { state: { running: {} }, containerID: "run://1" };
function pod(containers: readonly object[], more: { metadata?: object; spec?: object; status?: object } = {}): object {
  return {
    kind: "Pod",
    metadata: { name: "web-0", uid: "one", ...more.metadata },
    spec: { containers, ...more.spec },
    status: { containerStatuses: [{ name: "main", ...running }], ...more.status },
  };
}
const main = { name: "main" };
const several = [{ name: "main", stdin: true }, { name: "side" }];
const annotated = (name: string) => ({
  metadata: { annotations: { "kubectl.kubernetes.io/default-container": name } },
});

describe("what is sent", () => {
  test.each<[string, object, AttachOptions, string, readonly string[]]>([
    ["the only container", pod([main]), {}, "container=main&stdout=true&stderr=true", [v4]],
    ["beside init containers", pod([main], { spec: { initContainers: [{ name: "first" }] } }), {}, "container=main&stdout=true&stderr=true", [v4]], // prettier-ignore
    ["the one that is named", pod(several), { container: "side" }, "container=side&stdout=true&stderr=true", [v4]],
    ["the annotation's", pod(several, annotated("side")), {}, "container=side&stdout=true&stderr=true", [v4]],
    ["an init container", pod(several, { spec: { initContainers: [{ name: "first" }] } }), { container: "first" }, "container=first&stdout=true&stderr=true", [v4]], // prettier-ignore
    ["an ephemeral one", pod(several, { spec: { ephemeralContainers: [{ name: "late", tty: true }] } }), { container: "late" }, "container=late&stdout=true&tty=true", [v4]], // prettier-ignore
    ["its terminal, wanted or not", pod([{ ...main, tty: true }]), {}, "container=main&stdout=true&tty=true", [v4]],
    ["a size for it", pod([{ ...main, tty: true }]), { tty: size }, "container=main&stdout=true&tty=true", [v4]],
    ["input that stays open", pod([{ ...main, stdin: true }]), { stdin: "x" }, "container=main&stdin=true&stdout=true&stderr=true", [v5, v4]], // prettier-ignore
    ["input that ends: v5 alone", pod([{ ...main, stdin: true, stdinOnce: true }]), { stdin: "x" }, "container=main&stdin=true&stdout=true&stderr=true", [v5]], // prettier-ignore
    ["a terminal's, which does not", pod([{ ...main, stdin: true, stdinOnce: true, tty: true }]), { stdin: "x" }, "container=main&stdin=true&stdout=true&tty=true", [v5, v4]], // prettier-ignore
    ["no output", pod([{ ...main, stdin: true }]), { stdin: "x", stdout: false, stderr: false }, "container=main&stdin=true", [v5, v4]], // prettier-ignore
  ])("%s", async (_, answer, options, query, upgrade) => {
    const { attach, transport } = client(() => answer);
    const run = await attach("web-0", { ...options, impersonate: { user: "me" } });
    expect(run.attached).toBe(true);
    const [read, opened] = transport.requests;
    expect(transport.requests).toHaveLength(2);
    expect([read?.path, read?.headers["impersonate-user"]]).toEqual([path.replace("/attach", ""), ["me"]]);
    expect(opened).toMatchObject({ method: "GET", path, query, upgrade, replay: "refused", streaming: true });
    expect(opened?.headers["impersonate-user"]).toEqual(["me"]);
    await run.close();
  });
});

describe("what is wrong", () => {
  test.each<[string, string, unknown, unknown?]>([
    ["an option that is none", "command", { command: ["x"] }],
    ["an empty container", "container", { container: "" }],
    ["a number as input", "stdin", { stdin: 5 }],
    ["no stream at all", "stdout", { stdout: false, stderr: false }],
    ["a terminal without stdout", "stdout", { stdout: false, tty: size }],
    ["stderr of a terminal", "stderr", { stderr: true, tty: size }],
    ["a terminal of no columns", "tty.columns", { tty: { columns: 0, rows: 1 } }],
    ["a signal that is none", "signal", { signal: {} }],
    ["a bound of no time", "timeoutMs", { timeoutMs: 0 }],
    ["an empty name", "name", {}, ""],
    ["a name that leads elsewhere", "name", {}, ".."],
    ["no name", "name", {}, undefined],
  ])("is found before anything is sent: %s: %s", async (...row) => {
    const [, field, options] = row;
    const { attach, transport } = client(() => pod([main]));
    const error = (await rejection(
      attach((row.length > 3 ? row[3] : "web-0") as string, options as AttachOptions),
    )) as InputError;
    expect(error).toBeInstanceOf(InputError);
    expect([error.field, transport.requests]).toEqual([field, []]);
  });

  test("a resource that nothing can be attached to", async () => {
    const { transport } = client(() => pod([main]));
    const configMaps = createCluster({ transport })
      .resource({ ...pods, plural: "configmaps", subresources: {} })
      .in();
    expect(await refusal(configMaps.attach("a"))).toContain("Invalid verb: configmaps in v1 cannot attach");
    expect(transport.requests).toEqual([]);
  });

  test.each<[string, object, AttachOptions, string]>([
    [
      "several containers, none named",
      pod(several),
      {},
      "Invalid container: the pod has several; pass one of main, side",
    ],
    ["an annotation that names none of them", pod(several, annotated("middle")), {}, "Invalid container: the pod's annotation names one that it does not have; pass one of main, side"], // prettier-ignore
    ["no such container", pod(several), { container: "other" }, "Invalid container: the pod has none of this name; it has main, side"], // prettier-ignore
    ["input for one that reads none", pod([main]), { stdin: "x" }, "Invalid stdin: the container main reads no input; leave it out, or give the container stdin: true"], // prettier-ignore
    ["a size without a terminal", pod([main]), { tty: size }, "Invalid tty: the container main has no terminal; leave it out, or give the container tty: true"], // prettier-ignore
    ["stderr of its terminal", pod([{ ...main, tty: true }]), { stderr: true }, "Invalid stderr: a terminal has one output, which is stdout; leave out stderr"], // prettier-ignore
    ["nothing left of its terminal", pod([{ ...main, tty: true }]), { stdout: false }, "Invalid stdout: nothing is left of stdin, stdout and stderr"], // prettier-ignore
  ])("is found in the pod, before it is attached to: %s", async (_, answer, options, said) => {
    const { attach, upgrades } = client(() => answer);
    expect(await refusal(attach("web-0", options))).toContain(`InputError: ${said}`);
    expect(upgrades()).toEqual([]);
  });

  test("a pod that there is not", async () => {
    const json = {
      kind: "Status",
      status: "Failure",
      reason: "NotFound",
      message: 'pods "web-0" not found',
      code: 404,
    };
    const { attach, upgrades } = client(() => ({ status: 404, json }));
    expect(await refusal(attach("web-0"))).toContain('StatusError: NotFound: pods "web-0" not found');
    expect(upgrades()).toEqual([]);
  });

  test("a server of v4 alone, where the input must end", async () => {
    const once = { ...main, stdin: true, stdinOnce: true };
    const { attach } = client(() => pod([once]), {}, { status: 403, body: "" });
    expect(await refusal(attach("web-0", { stdin: "x" }))).toContain(
      "SubprotocolNotSpoken: the server speaks none of v5.channel.k8s.io; Kubernetes has it since 1.30, and before, an input could not be ended; leave out stdin (get",
    );
  });
});

describe("the session", () => {
  test.each([
    [
      true,
      [
        [0, 120],
        [255, 0],
      ],
    ],
    [false, [[0, 120]]],
  ])("stdinOnce %s: the end of the input is told only where it is one", async (stdinOnce, sent) => {
    const clock = createVirtualClock();
    const { attach, sockets } = client(() => pod([{ ...main, stdin: true, stdinOnce }]), { clock });
    const run = await attach("web-0", { stdin: "x" });
    await clock.settle();
    expect(sockets[0]?.sent.map((message) => [...message])).toEqual(sent);
    await run.close();
  });

  test("a terminal can be resized, whether a size was given or not; what has none cannot", async () => {
    const { attach, sockets } = client(() => pod([{ ...main, tty: true }]));
    const run = await attach("web-0");
    run.resize(size);
    expect(new TextDecoder().decode(sockets[0]?.sent[0])).toBe('\u0004{"Width":80,"Height":24}');
    await run.close();
    const plain = await client(() => pod([main])).attach("web-0");
    expect(() => plain.resize(size)).toThrow("Invalid size: it runs without a terminal");
    await plain.close();
  });
});

describe("the exit code", () => {
  const ended = (exitCode: number, containerID = "run://1") => ({ terminated: { exitCode, containerID } });
  const withStatus = (status: object): object => pod([main], { status: { containerStatuses: [{ name: "main", ...status }] } }); // prettier-ignore

  /** Joins, lets the session end in order, and gives what `exit` does. */
  async function exitAfter(answers: readonly (object | Error)[], clock = createVirtualClock()) {
    const { attach, sockets, transport } = client((read) => answers[Math.min(read, answers.length - 1)] ?? {}, {
      clock,
    });
    const run = await attach("web-0");
    sockets[0]?.receive(1, "last words");
    sockets[0]?.receive(3, success);
    sockets[0]?.end();
    const outcome = clock.run(run.exit).then(
      ({ exitCode }) => exitCode,
      (error: unknown) => String(error),
    );
    return { outcome: await outcome, run, clock, reads: transport.requests.length - 2 };
  }

  test.each<[string, readonly object[], number]>([
    ["is the container's", [pod([main]), withStatus({ state: ended(7), containerID: "run://1" })], 7],
    ["is waited for", [pod([main]), pod([main]), pod([main]), withStatus({ state: ended(7) })], 7],
    ["is the run's that was joined, though the next one runs", [pod([main]), withStatus({ ...running, containerID: "run://2", lastState: ended(8) })], 8], // prettier-ignore
    ["is the run's that was joined, though the next one has ended too", [pod([main]), withStatus({ state: ended(1, "run://2"), lastState: ended(8) })], 8], // prettier-ignore
    ["is not the one before's", [withStatus({ ...running, lastState: ended(3, "run://0") }), withStatus({ ...running, lastState: ended(3, "run://0") }), withStatus({ state: ended(9), lastState: ended(3, "run://0") })], 9], // prettier-ignore
    ["is the first since, of a container that was not told to run yet", [withStatus({ state: { waiting: {} }, lastState: ended(3, "run://0") }), withStatus({ state: ended(4, "run://1") })], 4], // prettier-ignore
    ["is an init container's", [pod([{ name: "other" }], { spec: { containers: [main] } }), pod([main], { status: { containerStatuses: [], initContainerStatuses: [{ name: "main", state: ended(5) }] } })], 5], // prettier-ignore
  ])("%s", async (_, answers, code) => {
    const { outcome, clock } = await exitAfter(answers);
    expect(outcome).toBe(code);
    expect(clock.pending).toBe(0);
  });

  test("a read that fails is made again", async () => {
    const busy = { status: 500, json: { kind: "Status", status: "Failure", message: "no", code: 500 } };
    expect((await exitAfter([pod([main]), busy, withStatus({ state: ended(7) })])).outcome).toBe(7);
  });

  test.each<[string, object, string]>([
    ["goes on", pod([main]), "NoExitStatus: the session ended in order, but the pod did not say within 10000 ms how the container main had ended; it may still run"], // prettier-ignore
    ["cannot be read", { status: 500, json: { kind: "Status", status: "Failure", message: "no", code: 500 } }, "NoExitStatus: the session ended in order, but the pod could not be read within 10000 ms"], // prettier-ignore
  ])("of what %s: an error after 10 s, and the output is whole", async (_, answer, said) => {
    const { outcome, run, clock } = await exitAfter([pod([main]), answer]);
    expect(outcome).toContain(said);
    expect(clock.now()).toBeGreaterThan(9000);
    let text = "";
    for await (const bytes of run.stdout) text += new TextDecoder().decode(bytes);
    expect([text, clock.pending]).toEqual(["last words", 0]);
  });

  test.each<[string, object, string]>([
    ["is gone", { status: 404, json: { kind: "Status", status: "Failure", reason: "NotFound", code: 404 } }, "the pod is gone"], // prettier-ignore
    ["was replaced", pod([main], { metadata: { uid: "two" } }), "another pod has taken the place of the pod since"],
  ])("of a pod that %s: an error at once", async (_, answer, said) => {
    const { outcome, reads } = await exitAfter([pod([main]), answer]);
    expect([outcome, reads]).toEqual([expect.stringContaining(said), 1]);
  });

  test("a Status with a code needs no pod", async () => {
    const { attach, sockets, transport } = client(() => pod([main]));
    const run = await attach("web-0");
    const causes = [{ reason: "ExitCode", message: "2" }];
    sockets[0]?.receive(3, JSON.stringify({ status: "Failure", reason: "NonZeroExitCode", details: { causes } }));
    expect([await run.exit, transport.requests.length]).toEqual([{ exitCode: 2 }, 2]);
  });

  test("an abort ends the wait for it, with its reason", async () => {
    const clock = createVirtualClock();
    const controller = new AbortController();
    const { attach, sockets } = client(() => pod([main]), { clock });
    const run = await attach("web-0", { signal: controller.signal });
    sockets[0]?.receive(3, success);
    sockets[0]?.end();
    await clock.advance(1000);
    controller.abort("mine");
    expect(await rejection(run.exit)).toBe("mine");
    expect(clock.pending).toBe(0);
  });

  test("close() behind the end is harmless: the code still comes", async () => {
    const clock = createVirtualClock();
    const { attach, sockets } = client((read) => (read < 3 ? pod([main]) : withStatus({ state: ended(7) })), { clock });
    const run = await attach("web-0");
    sockets[0]?.receive(3, success);
    sockets[0]?.end();
    await clock.advance(10);
    await run.close();
    expect(await clock.run(run.exit)).toEqual({ exitCode: 7 });
  });

  test("a connection that ends without a Status: an error, without a look at the pod", async () => {
    const { attach, sockets, transport } = client(() => pod([main]));
    const run = await attach("web-0");
    sockets[0]?.end();
    expect(await refusal(run.exit)).toContain("ConnectionError: NoExitStatus: the connection ended before");
    expect(transport.requests).toHaveLength(2);
  });
});
