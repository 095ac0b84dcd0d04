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
  await pods.create({
    metadata: { name: "started" },
    spec: { ...spec, containers: [main], initContainers: [{ name: "first", image: "local", command: ["true"] }] },
  });
  await phaseOf(pods, "started", "Running");
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
    ["an init container that has ended", "started", { container: "first" }, "StatusError: "],
    [
      "another pod's container",
      "one",
      { container: "left" },
      "StatusError: BadRequest: container left is not valid for pod one",
    ],
    [
      "a container's name that leads elsewhere",
      "one",
      { container: "../two" },
      "StatusError: BadRequest: container ../two is not valid for pod one",
    ],
    [
      "a container's name with an end of the query",
      "one",
      { container: "main&stdin=true" },
      "StatusError: BadRequest: container main&stdin=true is not valid for pod one",
    ],
    [
      "a container's name in other letters",
      "one",
      { container: "MAIN" },
      "StatusError: BadRequest: container MAIN is not valid for pod one",
    ],
    [
      "a container's name of 300 characters",
      "one",
      { container: "m".repeat(300) },
      "StatusError: BadRequest: container mmm",
    ],
    [
      "a container's name beyond ASCII",
      "one",
      { container: "mäin" },
      "StatusError: BadRequest: container mäin is not valid for pod one",
    ],
    ["a pod's name in other letters", "ONE", {}, 'StatusError: NotFound: pods "ONE" not found'],
    ["a pod's name with a space at its end", "one ", {}, 'StatusError: NotFound: pods "one " not found'],
    ["a pod's name that is encoded already", "one%2Fexec", {}, "Error: "],
    [
      "a pod's name with a question mark",
      "one?container=two",
      {},
      'StatusError: NotFound: pods "one?container=two" not found',
    ],
    ["a pod's name with a hash", "one#", {}, 'StatusError: NotFound: pods "one#" not found'],
    ["a pod's name of 300 characters", "o".repeat(300), {}, 'StatusError: NotFound: pods "ooo'],
    ["a pod's name beyond ASCII", "öne", {}, 'StatusError: NotFound: pods "öne" not found'],
  ])("%s", async (_, name, options, said) => {
    expect(await refusal(own.pods.exec(name, { command, ...options }).output())).toContain(said);
    // What is refused behind the acceptance leaves the input unread, which can cost the reason.
    const withInput = await refusal(own.pods.exec(name, { command, stdin: "x", ...options }).output());
    const isLost = said === "StatusError: " && withInput.startsWith("ConnectionError: NoExitStatus");
    if (!isLost) expect(withInput).toContain(said);
  });

  test.each<[string, readonly string[], number]>([
    ["no such program", ["/no/such/program"], 126],
    ["no such program on the PATH", ["no-such-program"], 126],
    ["a folder", ["/etc"], 126],
    ["a file that may not be run", ["/etc/passwd"], 126],
    ["a program's name of 5,000 characters", ["x".repeat(5000)], 126],
    ["a program's name with a line break", ["da\nte"], 126],
    ["a program's name that is an option", ["--help"], 126],
    ["a program's name that is a space", [" "], 126],
    ["a program below a file", ["/etc/passwd/date"], 126],
    ["a shell's text without a shell", ["exit 3"], 126],
    ["a shell's text that is none", ["sh", "-c", "if"], 2],
    ["an argument of 100,000 characters", ["test", "-n", "x".repeat(100_000)], 0],
  ])("a command that is %s: its code", async (_, given, exitCode) => {
    const one = own.pods.exec("one", { command: given }).output();
    const ended = await one.then(
      (output) => output.exitCode,
      () => undefined,
    );
    if (ended === undefined) expect(await refusal(one)).toMatch(/^StatusError: /);
    else expect(ended).toBe(exitCode);
  });

  test.each<[string, object, string]>([
    ["no time to begin", { timeoutMs: 0.01 }, "TimeoutError: "],
    ["no time that is none", { timeoutMs: 0 }, "InputError: Invalid timeoutMs"],
    ["no stall", { stallTimeoutMs: -1 }, "InputError: Invalid stallTimeoutMs"],
    ["a NUL in an argument", { command: ["echo", "\0"] }, "InputError: Invalid command[1]"],
    ["a terminal of no size", { tty: { columns: 0, rows: 0 } }, "InputError: Invalid tty.columns"],
    ["nothing to read or write", { stdout: false, stderr: false }, "InputError: Invalid stdout"],
    ["an empty container", { container: "" }, "InputError: Invalid container"],
    ["nobody to act as", { impersonate: { user: "" } }, "InputError: Invalid impersonate.user"],
    ["a user who may nothing", { impersonate: { user: "nobody-at-all" } }, "StatusError: Forbidden"],
    [
      "a node as a user",
      { impersonate: { user: "system:node:x", groups: ["system:nodes"] } },
      "StatusError: Forbidden",
    ],
  ])("with %s", async (_, options, said) => {
    expect(await refusal(own.pods.exec("one", { command, ...options }).output())).toContain(said);
  });

  test.each(["doomed-before", "doomed-under"])("a pod that is deleted meanwhile: %s", async (name) => {
    await runningPod(own.pods, name);
    const deleting = own.pods.delete(name, { gracePeriodSeconds: 0 });
    const before = name === "doomed-before";
    if (before) await deleting;
    const starting = own.pods.exec(name, { command: ["sleep", "1000"] });
    const exit = starting.then((run) => run.exit);
    // Whichever comes first: it is gone, or the command is ended with it.
    const end = await exit.catch((error: unknown) => String(error));
    if (before || typeof end === "string") expect(await refusal(exit)).toMatch(/^(StatusError|ConnectionError): /);
    else expect(end).toEqual({ exitCode: 137 });
    await deleting;
  });

  test("a token that says itself that it has expired, and no other", async () => {
    const { server, caFile, serviceAccount } = inject("controlPlane");
    const [head, claims, signature] = serviceAccount.token.split(".") as [string, string, string];
    const late = { ...(JSON.parse(Buffer.from(claims, "base64url").toString()) as object), exp: 1_000_000_000 };
    const expired = `${head}.${Buffer.from(JSON.stringify(late)).toString("base64url")}.${signature}`;
    await using cluster = await connect({ server, ca: readFileSync(caFile, "utf8"), token: () => expired });
    const pods = cluster.api(CoreV1).pods.in(own.namespace);
    expect(await refusal(pods.exec("one", { command }))).toContain("StatusError: Unauthorized");
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
