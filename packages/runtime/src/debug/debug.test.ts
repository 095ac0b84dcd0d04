import { describe, expect, test } from "vitest";
import { createLogNode } from "../../../../test/support/log-node.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { debug } from "./debug.ts";
import type { DebugOptions } from "./debug-options.ts";
import { shortfallOfContainer } from "./debugged-pod.ts";
import { ephemeralContainer, nameFor } from "./ephemeral-container.ts";

describe("what is refused before anything is sent", () => {
  const wrong: readonly (readonly [string, object, RegExp])[] = [
    ["no image", {}, /image: pass the image/],
    ["an empty image", { image: "" }, /image: it must not be empty/],
    ["command as text", { image: "a", command: "ps aux" }, /command: it must be the program and its arguments/],
    ["an empty command", { image: "a", command: [] }, /command: it must be the program/],
    ["env", { image: "a", env: { A: 1 } }, /env\.A: it must be text/],
    ["an unknown profile", { image: "a", profile: "sysadmn" }, /profile: .*did you mean "sysadmin"/],
    ["the profile that kubectl gives up", { image: "a", profile: "legacy" }, /profile: there is no such profile/],
    ["tty", { image: "a", tty: true }, /tty: /],
    ["a size", { image: "a", tty: { columns: 0, rows: 1 } }, /tty\.columns: it must be a whole number/],
    ["stdin", { image: "a", stdin: 1 }, /stdin: it must be text, bytes or an async iterable/],
    ["target", { image: "a", target: 1 }, /target: /],
    ["an unknown option", { image: "a", container: "main" }, /container/],
  ];

  test.each(wrong)("%s", async (_, options, message) => {
    const node = createLogNode(createVirtualClock());
    await expect(debug(node.pods.in("default") as never, "web", options as DebugOptions)).rejects.toThrow(message);
    expect(node.server.asked).toEqual([]);
  });

  test("what is no client of pods", async () => {
    const node = createLogNode(createVirtualClock());
    const deployments = node.cluster.resource({
      group: "apps",
      version: "v1",
      plural: "deployments",
      kind: "Deployment",
      namespaced: true,
    });
    await expect(debug(deployments.in("default") as never, "web", { image: "a" })).rejects.toThrow(
      /resource: it must be the client of pods/,
    );
  });
});

test("the input's end is told where there is no terminal; kubectl never tells it", () => {
  expect(ephemeralContainer("x", { image: "a", stdin: "" })).toMatchObject({ stdin: true, stdinOnce: true });
  const terminal = ephemeralContainer("x", { image: "a", stdin: "", tty: { columns: 1, rows: 1 } });
  expect(terminal).toMatchObject({ stdin: true, tty: true });
  expect(terminal).not.toHaveProperty("stdinOnce");
  expect(ephemeralContainer("x", { image: "a" })).not.toHaveProperty("stdin");
});

test("names are the server's kind of names, and none that the pod has", () => {
  const chances = [0, 0, 0, 0, 0, 0.99, 0.99, 0.99, 0.99, 0.99];
  const taken = ["debugger-bbbbb"];
  expect(nameFor(undefined, taken, () => chances.shift() ?? 0)).toBe("debugger-99999");
});

describe("what keeps a container from running", () => {
  const podWith = (status: object, spec: object = { nodeName: "node" }) =>
    ({ metadata: { uid: "1" }, spec, status }) as never;
  const waiting = (reason: string, message?: string) => ({
    ephemeralContainerStatuses: [{ name: "x", state: { waiting: { reason, message } } }],
  });

  test.each([
    ["runs", podWith({ ephemeralContainerStatuses: [{ name: "x", state: { running: {} } }] }), undefined],
    ["has ended", podWith({ ephemeralContainerStatuses: [{ name: "x", state: { terminated: {} } }] }), undefined],
    ["not begun", podWith({}), { why: "the node has not begun it", final: false }],
    ["on no node", podWith({}, {}), { why: "the pod is on no node", final: false }],
    ["back-off", podWith(waiting("ImagePullBackOff", "no")), { why: "ImagePullBackOff: no", final: false }],
    ["never pulled", podWith(waiting("ErrImageNeverPull")), { why: "ErrImageNeverPull", final: true }],
    [
      "root",
      podWith(waiting("CreateContainerConfigError", "r")),
      { why: "CreateContainerConfigError: r", final: true },
    ],
    ["over", podWith({ phase: "Failed" }), { why: expect.stringContaining("has ended (Failed)"), final: true }],
  ])("%s", (_, pod, shortfall) => {
    expect(shortfallOfContainer(pod, "1", "x")).toEqual(shortfall);
    expect(shortfallOfContainer(pod, "2", "x")).toMatchObject({ final: true });
  });
});
