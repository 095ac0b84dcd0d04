import { connect } from "kubewright";
import { CoreV1 } from "kubewright/core/v1";
import { RbacV1 } from "kubewright/rbac/v1";
import type { Cluster } from "@kubewright/core";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { refusal } from "../support/api-request.ts";
import { eventually } from "../support/eventually.ts";
import { held, phaseOf, runningPod, shell } from "./support.ts";

const own = held(() => ({ kubeconfig: inject("controlPlane").admin.kubeconfig }));
const command = ["date"];
const group = { apiGroup: "rbac.authorization.k8s.io" } as const;

beforeAll(async () => {
  const { pods } = own;
  await runningPod(pods, "one");
  await runningPod(pods, "two", ["left", "right"]);
  await runningPod(pods, "astray", ["left", "right"], { "kubectl.kubernetes.io/default-container": "middle" });
  const spec = { terminationGracePeriodSeconds: 0, restartPolicy: "Never" } as const;
  const main = { name: "main", image: "local" };
  await pods.create({ metadata: { name: "ended" }, spec: { ...spec, containers: [{ ...main, command: ["true"] }] } });
  await pods.create({
    metadata: { name: "unscheduled" },
    spec: { ...spec, containers: [main], nodeSelector: { no: "where" } },
  });
  await pods.create({
    metadata: { name: "waiting" },
    spec: {
      ...spec,
      containers: [main],
      initContainers: [{ name: "first", image: "local", command: ["sleep", "1000"] }],
    },
  });
  await phaseOf(pods, "ended", "Succeeded");
  await eventually(
    async () => ((await pods.get("waiting")).status.initContainerStatuses?.[0]?.state?.running ? true : undefined),
    "the init container runs",
  );
});

describe("what cannot be run", () => {
  test.each<[string, string, object, string]>([
    ["no such pod", "none", {}, 'StatusError: NotFound: pods "none" not found'],
    ["a pod's name that no pod can have", "No Such_Pod", {}, 'StatusError: NotFound: pods "No Such_Pod" not found'],
    [
      "no such container",
      "one",
      { container: "other" },
      "StatusError: BadRequest: container other is not valid for pod one",
    ],
    [
      "several containers, none named",
      "two",
      {},
      "StatusError: BadRequest: a container name must be specified for pod two, choose one of: [left right]",
    ],
    [
      "an annotation that names none of them",
      "astray",
      {},
      "StatusError: BadRequest: container middle is not valid for pod astray",
    ],
    ["a pod that has ended", "ended", {}, "StatusError: "],
    [
      "a pod that no node has",
      "unscheduled",
      {},
      "StatusError: BadRequest: pod unscheduled does not have a host assigned",
    ],
    ["a container that waits for another", "waiting", {}, "StatusError: "],
  ])("%s", async (_, name, options, said) => {
    expect(await refusal(own.pods.exec(name, { command, ...options }).output())).toContain(said);
    expect(await refusal(own.pods.exec(name, { command, stdin: "x", ...options }).output())).toContain(said);
  });

  test("no such namespace", async () => {
    const pods = own.cluster.api(CoreV1).pods.in("no-such-namespace");
    expect(await refusal(pods.exec("one", { command }))).toContain('StatusError: NotFound: pods "one" not found');
  });

  test("the init container that runs meanwhile", async () => {
    expect(await own.pods.exec("waiting", { container: "first", command: ["echo", "here"] }).output()).toMatchObject({
      stdout: "here\n",
    });
  });
});

describe("who may", () => {
  const clusters: Cluster[] = [];
  afterAll(() => Promise.all(clusters.map((cluster) => cluster.close())));

  async function as(token: string) {
    const { server, caFile } = inject("controlPlane");
    const cluster = await connect({ server, ca: readFileSync(caFile, "utf8"), token });
    clusters.push(cluster);
    return cluster.api(CoreV1).pods.in(own.namespace);
  }

  async function allow(name: string, verbs: string[], subjects: { kind: string; name: string }[]): Promise<void> {
    const rbac = own.cluster.api(RbacV1);
    await rbac.roles
      .in(own.namespace)
      .create({ metadata: { name }, rules: [{ apiGroups: [""], resources: ["pods/exec"], verbs }] });
    await rbac.roleBindings.in(own.namespace).create({
      metadata: { name },
      roleRef: { ...group, kind: "Role", name },
      subjects: subjects.map((subject) => ({ ...group, ...subject })),
    });
  }

  const impersonate = (user: string, groups: string[] = []) => ({ impersonate: { user, groups } });

  test("no rights: an error that names both", async () => {
    const pods = await as(inject("controlPlane").noRights.token);
    expect(await refusal(pods.exec("one", { command }))).toMatch(
      /^StatusError: Forbidden: .*it needs the rights to create and get pods\/exec/,
    );
  });

  test("the right to get alone: the same", async () => {
    await allow("gets", ["get"], [{ kind: "User", name: "getter" }]);
    const call = () => own.pods.exec("one", { command, ...impersonate("getter") });
    await expect
      .poll(() => refusal(call()))
      .toMatch(/^StatusError: Forbidden: pods "one" is forbidden; it needs the rights to create and get pods\/exec/);
  });

  test("the second of two groups that are impersonated", async () => {
    await allow("both", ["get", "create"], [{ kind: "Group", name: "runners" }]);
    const call = (groups: string[]) =>
      own.pods.exec("one", { command: ["echo", "ran"], ...impersonate("somebody", groups) }).output();
    await eventually(
      () =>
        call(["others", "runners"]).then(
          ({ stdout }) => (stdout === "ran\n" ? true : undefined),
          () => undefined,
        ),
      "the role counts",
    );
    expect(await refusal(call(["others,runners"]))).toContain("StatusError: Forbidden");
    expect(await refusal(call(["others"]))).toContain("StatusError: Forbidden");
  });

  test("a token that is none", async () => {
    const pods = await as("canary-no-token");
    expect(await refusal(pods.exec("one", { command }))).toContain("StatusError: Unauthorized");
  });

  test("a token of one call", async () => {
    const { stdout } = await own.pods
      .exec("one", { command: ["echo", "ran"], token: inject("controlPlane").serviceAccount.token })
      .output();
    expect(stdout).toBe("ran\n");
    expect(await refusal(own.pods.exec("one", { command, token: inject("controlPlane").noRights.token }))).toContain(
      "StatusError: Forbidden",
    );
  });

  test("a token that has expired is renewed once, and measured as every request", async () => {
    const { server, caFile, admin } = inject("controlPlane");
    const codes: string[] = [];
    let asked = 0;
    const cluster = await connect({
      server,
      ca: readFileSync(caFile, "utf8"),
      token: () => (++asked === 1 ? "canary-expired" : admin.token),
      metrics: {
        count: (name, { code }) => void (name === "rest_client_requests_total" && codes.push(code ?? "")),
        observe: () => {},
      },
    });
    clusters.push(cluster);
    const pods = cluster.api(CoreV1).pods.in(own.namespace);
    expect((await pods.exec("one", { command: ["echo", "ran"] }).output()).stdout).toBe("ran\n");
    expect(codes).toEqual(["401", "101"]);
  });

  test("a client certificate", async () => {
    const cluster = await connect({ kubeconfig: inject("controlPlane").clientCertificate.kubeconfig });
    clusters.push(cluster);
    const { stdout } = await cluster
      .api(CoreV1)
      .pods.in(own.namespace)
      .exec("one", { command: ["echo", "ran"] })
      .output();
    expect(stdout).toBe("ran\n");
  });
});

test("the command, its input and its output are in no error", async () => {
  const secret = "hunter2-in-the-command";
  const run = await own.pods.exec("one", { ...shell(`echo ${secret}; cat; sleep 1000`), stdin: `${secret}-input` });
  await run.close();
  const errors = [
    await refusal(run.exit),
    await refusal(own.pods.exec("none", { command: [secret] })),
    await refusal(own.pods.exec("two", { command: [secret], stdin: secret })),
    await refusal(own.pods.exec("one", { command: [`${secret}\0`] })),
  ];
  expect(errors.join("\n")).not.toContain("hunter2");
});
