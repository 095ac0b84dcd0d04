import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { podsWith } from "../../../../test/support/pods-with.ts";
import { refusal, rejection } from "../../../../test/support/api-request.ts";
import { fakeMessageSocket, type FakeMessageSocket } from "../../../../test/support/fake-message-socket.ts";
import {
  type Answer,
  recordingTransport,
  type RecordingTransport,
} from "../../../../test/support/recording-transport.ts";
import { upgradingTransport } from "../../../../test/support/upgrading-transport.ts";
import { createVirtualClock } from "../../../../test/support/virtual-clock.ts";
import { createCluster } from "../cluster/create-cluster.ts";
import type { ClusterOptions } from "../cluster/create-cluster.ts";
import { InputError } from "../errors/input-error.ts";
import { retry } from "../interceptors/retry.ts";
import type { ApiRequest, Transport } from "../transport/transport.ts";
import type { Execs } from "../types/capabilities.ts";
import type { ExecOptions } from "../types/exec.ts";
import { ConnectionError } from "../errors/transport-errors.ts";

const pods = podsWith("exec", "PodExecOptions");
const path = "/api/v1/namespaces/shop/pods/web-0/exec";
const command = ["date"];

interface Held {
  readonly exec: Execs["exec"];
  readonly transport: RecordingTransport;
  readonly sockets: FakeMessageSocket[];
}

/** A client whose requests are answered as given; undefined stands for an upgrade. */
function client(
  answers: (request: ApiRequest, index: number) => Answer | Error | undefined = () => undefined,
  options: Partial<ClusterOptions> = {},
): Held {
  const sockets: FakeMessageSocket[] = [];
  const recording = recordingTransport((request, index) => {
    const answer = answers(request, index);
    if (answer instanceof Error) throw answer;
    return answer ?? { status: 101, body: "" };
  });
  const transport = upgradingTransport(recording, sockets);
  const some = createCluster({ transport, namespace: "shop", userAgent: "test", ...options })
    .resource(pods)
    .in();
  return { exec: (...call) => some.exec(...call), transport: recording, sockets };
}

const status = (code: number, message: string, reason = ""): Answer => ({
  status: code,
  json: { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code },
});

describe("what is sent", () => {
  test.each<[string, ExecOptions, string, readonly string[]]>([
    ["a command", { command: ["ls", "-l", "a b", "&", "ä"] }, "command=ls&command=-l&command=a%20b&command=%26&command=%C3%A4&stdout=true&stderr=true", ["v4.channel.k8s.io"]], // prettier-ignore
    ["a container", { command, container: "app" }, "command=date&container=app&stdout=true&stderr=true", ["v4.channel.k8s.io"]], // prettier-ignore
    ["input, which must end: v5 alone", { command, stdin: "" }, "command=date&stdin=true&stdout=true&stderr=true", ["v5.channel.k8s.io"]], // prettier-ignore
    ["a terminal with input", { command, stdin: "", tty: { columns: 80, rows: 24 } }, "command=date&stdin=true&stdout=true&tty=true", ["v5.channel.k8s.io", "v4.channel.k8s.io"]], // prettier-ignore
    ["no output", { command, stdin: "", stdout: false, stderr: false }, "command=date&stdin=true", ["v5.channel.k8s.io"]], // prettier-ignore
    ["an empty argument", { command: ["a", ""] }, "command=a&command=&stdout=true&stderr=true", ["v4.channel.k8s.io"]], // prettier-ignore
  ])("%s", async (_, options, query, upgrade) => {
    const { exec, transport } = client();
    await exec("web-0", options);
    expect(transport.requests).toHaveLength(1);
    expect(transport.requests[0]).toMatchObject({
      method: "GET",
      path,
      query,
      upgrade,
      replay: "refused",
      streaming: true,
    });
  });

  test("with the bound of a stall, which is the transport's affair", async () => {
    const { exec, transport } = client();
    await exec("web-0", { command, stallTimeoutMs: 30_000 });
    expect(transport.requests[0]).toMatchObject({ stallTimeoutMs: 30_000 });
  });

  test("as whom the call says", async () => {
    const { exec, transport } = client();
    await exec("web-0", { command, impersonate: { user: "me", groups: ["a", "b"] } });
    await exec("web-0", { command, token: "canary-token" });
    expect(transport.requests[0]?.headers["impersonate-group"]).toEqual(["a", "b"]);
    expect(transport.requests[1]).toMatchObject({ ownCredential: true });
  });
});

describe("what is wrong is found before anything is sent", () => {
  const table: [string, string, unknown, unknown?][] = [
    ["no options", "command", undefined],
    ["no command", "command", {}],
    ["a text as command", "command", { command: "date" }],
    ["an empty command", "command", { command: [] }],
    ["an empty program", "command[0]", { command: [""] }],
    ["a number in it", "command[1]", { command: ["sleep", 5] }],
    ["a NUL in it", "command[1]", { command: ["a", "b\0c"] }],
    ["half a character in it", "command", { command: ["\ud800"] }],
    ["an empty container", "container", { command, container: "" }],
    ["a container that is no text", "container", { command, container: 1 }],
    ["a number as input", "stdin", { command, stdin: 5 }],
    ["a list as input", "stdin", { command, stdin: ["a"] }],
    ["null as input", "stdin", { command, stdin: null }],
    ["true as input", "stdin", { command, stdin: true }],
    ["stdout that is no boolean", "stdout", { command, stdout: "yes" }],
    ["stderr that is no boolean", "stderr", { command, stderr: 1 }],
    ["no stream at all", "stdout", { command, stdout: false, stderr: false }],
    ["a terminal without stdout", "stdout", { command, stdout: false, tty: { columns: 1, rows: 1 } }],
    ["stderr of a terminal", "stderr", { command, stderr: true, tty: { columns: 1, rows: 1 } }],
    ["true as a terminal", "tty", { command, tty: true }],
    ["a terminal without rows", "tty.rows", { command, tty: { columns: 80 } }],
    ["a terminal of no columns", "tty.columns", { command, tty: { columns: 0, rows: 1 } }],
    ["a terminal that is too large", "tty.rows", { command, tty: { columns: 1, rows: 65_536 } }],
    ["a terminal with a typing error", "tty.row", { command, tty: { columns: 1, row: 1 } }],
    ["a typing error", "comand", { command, comand: ["x"] }],
    ["a signal that is none", "signal", { command, signal: {} }],
    ["a bound of no time", "timeoutMs", { command, timeoutMs: 0 }],
    ["a stall of no time", "stallTimeoutMs", { command, stallTimeoutMs: 0 }],
    ["groups without a user", "impersonate.user", { command, impersonate: { groups: ["a"] } }],
    ["a token with a line break", "token", { command, token: "canary\n" }],
    ["an empty name", "name", { command }, ""],
    ["a name that leads elsewhere", "name", { command }, ".."],
    ["a name with a slash", "name", { command }, "a/b"],
    ["no name", "name", { command }, undefined],
  ];
  test.each(table)("%s: %s", async (...row) => {
    const [, field, options, name] = row;
    const { exec, transport } = client();
    const starting = exec((row.length > 3 ? name : "web-0") as string, options as ExecOptions);
    const error = (await rejection(starting)) as InputError;
    expect(error).toBeInstanceOf(InputError);
    expect([error.field, error.message]).toEqual([
      field,
      expect.stringMatching(/ \(get \/api\/v1\/namespaces\/shop\/pods.*\)$/),
    ]);
    expect(
      await rejection(exec((row.length > 3 ? name : "web-0") as string, options as ExecOptions).output()),
    ).toBeInstanceOf(InputError);
    expect(transport.requests).toEqual([]);
  });

  test("a resource that runs no commands", async () => {
    const { transport } = client();
    const cluster = createCluster({ transport });
    const configMaps = cluster.resource({ ...pods, plural: "configmaps", subresources: {} }).in();
    expect(await refusal(configMaps.exec("a", { command }))).toContain("Invalid verb: configmaps in v1 cannot exec");
  });
});

test("no name, container or command makes it another request", async () => {
  const hostile = fc.oneof(
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.constantFrom("..", ".", "a/b", "../../secrets/a", "%2e%2e", "a%2fb", "a?b", "a#b", "a&stdin=true", "a+b", "a b", "\\..\\a", "a\r\nb", "a;b", "ä€😀"), // prettier-ignore
  );
  const calls = fc.record({ name: hostile, container: hostile, command: fc.array(hostile, { maxLength: 4 }) });
  const { exec, transport } = client();
  await fc.assert(
    fc.asyncProperty(calls, async ({ name, container, command: given }) => {
      const before = transport.requests.length;
      let run;
      try {
        run = await exec(name, { command: given, container });
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        expect(transport.requests).toHaveLength(before);
        return;
      }
      const request = transport.requests[before] as ApiRequest;
      const { pathname, searchParams } = new URL(`https://server${request.path}?${request.query}`);
      expect(pathname).toBe(request.path);
      expect(pathname.split("/").map(decodeURIComponent)).toEqual(["", "api", "v1", "namespaces", "shop", "pods", name, "exec"]); // prettier-ignore
      expect([...searchParams]).toEqual([
        ...given.map((argument) => ["command", argument]),
        ["container", container],
        ["stdout", "true"],
        ["stderr", "true"],
      ]);
      await run.close();
    }),
    { numRuns: 150 },
  );
});

describe("a refusal", () => {
  test.each<[string, Answer, string]>([
    [
      "a Status",
      status(404, 'pods "web-0" not found', "NotFound"),
      `StatusError: NotFound: pods "web-0" not found (get ${path})`,
    ],
    ["a kubelet's text", { status: 500, headers: { "content-type": "text/plain" }, body: 'container not found ("main")' }, `StatusError: InternalError: the server answered HTTP 500: container not found ("main") (get ${path})`], // prettier-ignore
    [
      "nothing",
      { status: 502, body: "" },
      `StatusError: InternalError: the server answered HTTP 502 without details (get ${path})`,
    ],
    ["a 403 with nothing", { status: 403, body: "" }, `StatusError: SubprotocolNotSpoken: the server speaks none of v4.channel.k8s.io; check what stands between here and the API server (get ${path})`], // prettier-ignore
    ["a 403 with an empty reason", status(403, 'pods "web-0" is forbidden: '), `StatusError: Forbidden: pods "web-0" is forbidden; it needs the rights to create and get pods/exec (get ${path})`], // prettier-ignore
    ["a 403 with a reason", status(403, 'pods "web-0" is forbidden: User "me" cannot get resource', "Forbidden"), `StatusError: Forbidden: pods "web-0" is forbidden: User "me" cannot get resource; it needs the rights to create and get pods/exec (get ${path})`], // prettier-ignore
    ["a redirect", { status: 302, headers: { location: "https://elsewhere" }, body: "" }, `RedirectError: Redirect: the server answered 302 to https://elsewhere, which is never followed; use the final address as the server (get ${path})`], // prettier-ignore
    ["200 without an upgrade", { body: "<html>" }, `ConnectionError: NotUpgraded: the answer was HTTP 200 without an upgrade; check what stands between here and the API server (get ${path})`], // prettier-ignore
  ])("%s", async (_, answer, said) => {
    const { exec } = client(() => answer);
    expect(await refusal(exec("web-0", { command }))).toBe(said);
  });

  test("of input that must end, by a server that knows v4 alone", async () => {
    const { exec } = client(() => ({ status: 403, body: "" }));
    expect(await refusal(exec("web-0", { command, stdin: "x" }))).toContain(
      "the server speaks none of v5.channel.k8s.io; Kubernetes has it since 1.30, and before, an input could not be ended; leave out stdin, or pass tty",
    );
  });

  test("a body that breaks off does not hide it", async () => {
    const { exec } = client(() => ({ status: 403, body: ["{", "x"] }));
    expect(await rejection(exec("web-0", { command }))).toMatchObject({ name: "StatusError", statusCode: 403 });
  });
});

describe("sent again", () => {
  const clock = createVirtualClock();
  const options = { clock, interceptors: [retry(undefined, clock)] };

  test("after 429 with Retry-After, which acts on nothing", async () => {
    const { exec, transport } = client(
      (_, index) => (index === 0 ? { ...status(429, "busy"), headers: { "retry-after": "1" } } : undefined),
      options,
    );
    const run = await clock.run(exec("web-0", { command }));
    expect(transport.requests).toHaveLength(2);
    await run.close();
  });

  test.each<[string, Answer | Error]>([
    ["a connection that broke", new ConnectionError("ConnectionLost: reset")],
    ["503 with Retry-After", { ...status(503, "later"), headers: { "retry-after": "1" } }],
  ])("never after %s: a command would run twice", async (_, answer) => {
    const { exec, transport } = client(() => answer, options);
    await rejection(clock.run(exec("web-0", { command })));
    expect(transport.requests).toHaveLength(1);
  });
});

describe("the container that is meant", () => {
  const several = status(
    400,
    "a container name must be specified for pod web-0, choose one of: [side main]",
    "BadRequest",
  );
  const named = { metadata: { name: "web-0", annotations: { "kubectl.kubernetes.io/default-container": "main" } } };

  test("is the annotation's, where the server wants a name", async () => {
    const { exec, transport } = client((request) =>
      request.upgrade === undefined ? { json: named } : request.query.includes("container=main") ? undefined : several,
    );
    const run = await exec("web-0", { command, impersonate: { user: "me" } });
    expect(transport.requests.map((request) => [request.path, request.headers["impersonate-user"]])).toEqual([
      [path, ["me"]],
      [path.replace("/exec", ""), ["me"]],
      [path, ["me"]],
    ]);
    await run.close();
  });

  test.each<[string, Answer]>([
    ["there is none", { json: { metadata: { name: "web-0" } } }],
    ["the pod may not be read", status(403, "no", "Forbidden")],
  ])("where %s, the server's answer stands, which lists them", async (_, answer) => {
    const { exec } = client((request) => (request.upgrade === undefined ? answer : several));
    expect(await refusal(exec("web-0", { command }))).toContain("choose one of: [side main]");
  });

  test("is not looked for where one is given", async () => {
    const { exec, transport } = client(() => several);
    await rejection(exec("web-0", { command, container: "x" }));
    expect(transport.requests).toHaveLength(1);
  });
});

describe("time", () => {
  test("timeoutMs bounds the way to acceptance, and no more", async () => {
    const clock = createVirtualClock();
    const { exec, sockets } = client(() => undefined, { clock });
    const run = await exec("web-0", { command, timeoutMs: 1000 });
    await clock.advance(100_000);
    sockets[0]?.receive(3, '{"status":"Success"}');
    expect(await run.exit).toEqual({ exitCode: 0 });
    sockets[0]?.end();
    await clock.settle();
    expect(clock.pending).toBe(0);
  });

  test("a closed cluster ends what runs", async () => {
    const socket = fakeMessageSocket();
    const own: Transport = {
      server: "https://fake.test",
      send: async () => ({
        status: 101,
        headers: { get: () => undefined },
        body: (async function* () {})(),
        discard() {},
        socket,
      }),
      close: async () => {},
    };
    const cluster = createCluster({ transport: own, namespace: "shop" });
    const run = await cluster.resource(pods).in().exec("web-0", { command });
    await cluster.close();
    expect(await refusal(run.exit)).toMatch(/^ConnectionError: Closed: the cluster was closed/);
    expect(socket.isClosed).toBe(true);
  });

  test("an abort while it is being accepted", async () => {
    const controller = new AbortController();
    const { exec } = client(() => new Error("not reached"));
    controller.abort("mine");
    expect(await rejection(exec("web-0", { command, signal: controller.signal }))).toBe("mine");
  });
});

describe("output()", () => {
  test("gives all that was written, whatever the code", async () => {
    const { exec, sockets } = client();
    const output = exec("web-0", { command }).output();
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (const message of [[1, "gr"], [1, 0xc3], [2, "err"], [1, 0xbc, "n"], [1, 0xff]] as const) sockets[0]?.receive(...message); // prettier-ignore
    sockets[0]?.receive(
      3,
      '{"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"2"}]}}',
    );
    sockets[0]?.end();
    expect(await output).toEqual({ exitCode: 2, stdout: "grün\ufffd", stderr: "err" });
  });

  test("that nobody waits for is no unhandled rejection of the run", async () => {
    const { exec } = client(() => status(404, "gone", "NotFound"));
    const starting = exec("web-0", { command });
    expect(await refusal(starting.output())).toContain("gone");
  });
});
