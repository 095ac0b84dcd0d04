import { readFileSync } from "node:fs";
import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { RbacV1 } from "kubewright/rbac/v1";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { refusal, rejection } from "../support/api-request.ts";
import { eventually } from "../support/eventually.ts";
import { scriptedPod } from "./attach-cases.ts";
import { leaveNothing } from "./leave-nothing.ts";
import { held, phaseOf, runningPod } from "./support.ts";

const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));
const size = { columns: 80, rows: 24 };

beforeAll(async () => {
  const { pods } = own;
  await runningPod(pods, "one");
  await runningPod(pods, "two", ["left", "right"]);
  await runningPod(pods, "astray", ["left", "right"], { "kubectl.kubernetes.io/default-container": "middle" });
  await scriptedPod(own, "screen", "sleep 1000", { tty: true });
  const spec = { terminationGracePeriodSeconds: 0, restartPolicy: "Never" } as const;
  const main = { name: "main", image: "local" };
  await pods.create({ metadata: { name: "ended" }, spec: { ...spec, containers: [{ ...main, command: ["true"] }] } });
  await pods.create({
    metadata: { name: "unscheduled" },
    spec: { ...spec, containers: [main], nodeSelector: { no: "where" } },
  });
  await phaseOf(pods, "ended", "Succeeded");
});

describe("what cannot be attached to", () => {
  test.each<[string, string, object, string]>([
    ["no such pod", "none", {}, 'StatusError: NotFound: pods "none" not found'],
    ["a pod's name that no pod can have", "No Such_Pod", {}, 'StatusError: NotFound: pods "No Such_Pod" not found'],
    [
      "no such container",
      "one",
      { container: "other" },
      "InputError: Invalid container: the pod has none of this name",
    ],
    ["several containers, none named", "two", {}, "Invalid container: the pod has several; pass one of left, right"],
    [
      "an annotation that names none",
      "astray",
      {},
      "Invalid container: the pod's annotation names one that it does not",
    ],
    ["input for what reads none", "one", { stdin: "x" }, "Invalid stdin: the container main reads no input"],
    ["a size without a terminal", "one", { tty: size }, "Invalid tty: the container main has no terminal"],
    ["stderr of a terminal", "screen", { stderr: true }, "Invalid stderr: a terminal has one output"],
    ["a pod that has ended", "ended", {}, "StatusError: "],
    ["a pod that no node has", "unscheduled", {}, "StatusError: BadRequest: pod unscheduled does not have a host"],
  ])("%s", async (_, name, options, said) => {
    // Before it is accepted, or, for the kubelet's own reasons, behind that.
    const attaching = own.pods.attach(name, options).then((run) => run.exit);
    expect(await refusal(attaching)).toContain(said);
  });
});

describe("who may", () => {
  const group = { apiGroup: "rbac.authorization.k8s.io" } as const;

  async function allow(user: string, rules: { resources: string[]; verbs: string[] }[]): Promise<void> {
    const rbac = own.cluster.api(RbacV1);
    const metadata = { name: user };
    await rbac.roles.in(own.namespace).create({ metadata, rules: rules.map((rule) => ({ apiGroups: [""], ...rule })) });
    await rbac.roleBindings.in(own.namespace).create({
      metadata,
      roleRef: { ...group, kind: "Role", name: user },
      subjects: [{ ...group, kind: "User", name: user }],
    });
  }

  test("no rights: not even the pod is read", async () => {
    const { server, caFile, noRights } = inject("controlPlane");
    await using cluster = await connect({ server, ca: readFileSync(caFile, "utf8"), token: noRights.token });
    const said = await refusal(cluster.api(CoreV1).pods.in(own.namespace).attach("one"));
    expect(said).toMatch(/^StatusError: Forbidden: pods "one" is forbidden/);
  });

  test("the rights to get pods and to get attach: an error that names the other one", async () => {
    await allow("half", [{ resources: ["pods", "pods/attach"], verbs: ["get"] }]);
    await expect
      .poll(() => refusal(own.pods.attach("one", { impersonate: { user: "half" } })), { timeout: 20_000 })
      .toMatch(/it needs the rights to create and get pods\/attach/);
  });

  test("all of them, as somebody else; the exit code is asked for as the same", async () => {
    await allow("whole", [
      { resources: ["pods"], verbs: ["get"] },
      { resources: ["pods/attach"], verbs: ["get", "create"] },
    ]);
    await scriptedPod(own, "asks", "read code; exit $code", { stdin: true });
    const options = { impersonate: { user: "whole" } };
    const run = await eventually(
      () => own.pods.attach("asks", { ...options, stdin: "6\n" }).catch(() => undefined),
      "the role counts",
    );
    expect(await run.exit).toEqual({ exitCode: 6 });
  });
});

test(
  "500 attaches that were left in every way leave no socket, no timer and no listener",
  { timeout: 180_000 },
  async () => {
    const script = "while :; do echo line; sleep 0.1; done";
    await scriptedPod(own, "talker", script, { stdin: true });
    const { signal } = new AbortController();
    const attach = (options = {}) => own.pods.attach("talker", { signal, ...options });
    await leaveNothing(own.pods, signal, 500, [
      async () => {
        const run = await attach({ stdin: "unread" });
        await run.close();
      },
      async () => {
        await using run = await attach();
        run.exit.catch(() => undefined);
      },
      async () => {
        const run = await attach({ stderr: false });
        for await (const _ of run.stdout) break;
        await rejection(run.exit);
      },
      async () => {
        const controller = new AbortController();
        const run = await attach({ signal: controller.signal });
        controller.abort();
        await rejection(run.exit);
      },
      () => rejection(attach({ container: "other" })),
    ]);
  },
);
