import type { Cluster } from "@kubewright/core";
import { connect } from "@kubewright/node";
import { readOnly } from "@kubewright/proxy";
import { CoreV1 } from "kubewright/core/v1";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { whyNoControlPlane } from "../../tools/lib/needs.ts";
import { type ControlPlane, startControlPlane } from "../controlplane/start.ts";
import { eventually } from "../support/eventually.ts";
import { echo, startPodServer } from "../streams/pod-server.ts";
import { launchChromium } from "./harness/chromium.ts";
import { type Site, startSite } from "./harness/site.ts";

// What runs in pods of a real kubelet, from a page, through the proxy.

const namespace = "streams";
/** Connections on which nothing passes for so long are cut off between page and proxy, as many a reverse proxy does. */
const quietMs = 60_000;

const why = whyNoControlPlane();
let browser: Browser;
let controlPlane: ControlPlane;
let cluster: Cluster;
let site: Site;
let page: Page;
/** A site behind what cuts off quiet connections; of what reaches into pods, it lets commands pass alone. */
let cutting: Site;
/** What came of a command that says nothing for long; it runs while the other tests do. */
let quiet: Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }>;
beforeAll(async () => {
  if (why !== undefined) return;
  [browser, controlPlane] = await Promise.all([launchChromium(), startControlPlane({ allApis: false })]);
  cluster = await connect({ kubeconfig: controlPlane.admin.kubeconfig });
  const core = cluster.api(CoreV1);
  await core.namespaces.create({ metadata: { name: namespace } });
  await eventually(
    () => core.serviceAccounts.in(namespace).get("default").catch(() => undefined), // prettier-ignore
    "the namespace has its service account",
  );
  const pods = core.pods.in(namespace);
  await pods.create({
    metadata: { name: "one" },
    spec: { containers: [{ name: "main", image: "local" }], terminationGracePeriodSeconds: 0 },
  });
  await eventually(async () => (await pods.get("one")).status.phase === "Running" || undefined, "the pod runs");
  site = await startSite({
    cluster,
    files: inject("pages").podStreams,
    allow: [
      ...readOnly,
      { verbs: ["get"], resources: ["pods/exec", "pods/attach", "pods/portforward"], namespaces: [namespace] },
    ],
  });
  cutting = await startSite({
    cluster,
    files: inject("pages").podStreams,
    allow: [...readOnly, { verbs: ["get"], resources: ["pods/exec"] }],
    onRefused() {},
    quietMs,
  });
  const other = await open(cutting);
  quiet = other.evaluate(
    (seconds) => pods.exec("one", { command: ["sh", "-c", `echo begun; sleep ${seconds}; echo ended`] }).output(),
    (3 * quietMs) / 1000,
  );
  quiet.catch(() => undefined);
}, 600_000);
afterAll(async () => {
  if (why !== undefined) return;
  await browser.close();
  await cutting.close();
  await site.close();
  await cluster.close();
  await controlPlane.stop();
});
beforeEach(async (context) => {
  if (why !== undefined) context.skip(why);
  page = await open(site);
});

async function open({ origin }: Site): Promise<Page> {
  const opened = await browser.newPage();
  await opened.goto(`${origin}/?namespace=${namespace}`);
  await opened.waitForFunction(() => globalThis.pods !== undefined);
  return opened;
}

test("a command gets its input, and the page its output and exit code", async () => {
  const ended = await page.evaluate(() =>
    pods.exec("one", { command: ["sh", "-c", "cat; echo no >&2; exit 7"], stdin: "héllo" }).output(),
  );
  expect(ended).toEqual({ exitCode: 7, stdout: "héllo", stderr: "no\n" });
});

test("10 MB go through a command, and come back byte for byte", async () => {
  const same = await page.evaluate(async () => {
    const sent = new Uint8Array(10 * 1024 * 1024);
    for (let at = 0; at < sent.length; at += 65_536) crypto.getRandomValues(sent.subarray(at, at + 65_536));
    const run = await pods.exec("one", { command: ["cat"], stdin: sent.slice() });
    let at = 0;
    let same = true;
    for await (const bytes of run.stdout) {
      for (const byte of bytes) same &&= byte === sent[at++];
    }
    const { exitCode } = await run.exit;
    return { same, at, exitCode };
  });
  expect(same).toEqual({ same: true, at: 10 * 1024 * 1024, exitCode: 0 });
});

test("10 MB go both ways over a connection into a pod, by the form that pages can speak", async () => {
  await using server = await startPodServer(echo);
  const come = await page.evaluate(async (port) => {
    const sent = new Uint8Array(10 * 1024 * 1024);
    for (let at = 0; at < sent.length; at += 65_536) crypto.getRandomValues(sent.subarray(at, at + 65_536));
    const connection = await pods.connect("one", port);
    const writing = (async () => {
      const writer = connection.writable.getWriter();
      for (let at = 0; at < sent.length; at += 65_536) await writer.write(sent.slice(at, at + 65_536));
    })();
    const reader = connection.readable.getReader();
    let at = 0;
    let same = true;
    while (at < sent.length) {
      const { done, value } = await reader.read();
      if (done) break;
      for (const byte of value) same &&= byte === sent[at++];
    }
    await writing;
    await connection.close();
    return { same, at };
  }, server.port);
  expect(come).toEqual({ same: true, at: 10 * 1024 * 1024 });
});

test("a shell has a terminal, whose size the page changes", async () => {
  const exit = await page.evaluate(async () => {
    const typed: ((line: string) => void)[] = [];
    const lines = async function* (): AsyncGenerator<string> {
      for (;;) yield await new Promise<string>((resolve) => typed.push(resolve));
    };
    const type = async (line: string): Promise<void> => {
      while (typed.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      typed.shift()?.(line);
    };
    const shell = await pods.exec("one", { command: ["sh"], stdin: lines(), tty: { columns: 80, rows: 24 } });
    let shown = "";
    const reading = (async () => {
      for await (const bytes of shell.stdout) shown += new TextDecoder().decode(bytes);
    })();
    const shows = async (text: string): Promise<void> => {
      while (!shown.includes(text)) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    // The shell may be a little ahead of its size.
    await type('until [ "$(stty size)" = \'24 80\' ]; do sleep 0.05; done; echo fir""st\n');
    await shows("first");
    shell.resize({ columns: 132, rows: 43 });
    await type('until [ "$(stty size)" = \'43 132\' ]; do sleep 0.05; done; echo sec""ond\n');
    await shows("second");
    await type("exit 3\n");
    await reading;
    return await shell.exit;
  });
  expect(exit).toEqual({ exitCode: 3 });
});

test("what runs already is attached to: it takes input, and its output and exit code reach the page", async () => {
  await cluster
    .api(CoreV1)
    .pods.in(namespace)
    .create({
      metadata: { name: "talks" },
      spec: {
        containers: [
          {
            name: "main",
            image: "local",
            command: ["sh", "-c", 'read line; echo "got $line"; echo no >&2; exit 7'],
            stdin: true,
          },
        ],
        restartPolicy: "Never",
        terminationGracePeriodSeconds: 0,
      },
    });
  const { pods: all } = cluster.api(CoreV1);
  await eventually(
    async () => (await all.in(namespace).get("talks")).status.phase === "Running" || undefined,
    "the pod runs",
  );
  const ended = await page.evaluate(async () => {
    const run = await pods.attach("talks", { stdin: "héllo\n" });
    const textOf = async (stream: AsyncIterable<Uint8Array>): Promise<string> => {
      let text = "";
      for await (const bytes of stream) text += new TextDecoder().decode(bytes, { stream: true });
      return text;
    };
    const [stdout, stderr, { exitCode }] = await Promise.all([textOf(run.stdout), textOf(run.stderr), run.exit]);
    return { stdout, stderr, exitCode };
  });
  expect(ended).toEqual({ exitCode: 7, stdout: "got héllo\n", stderr: "no\n" });
});

test("what is refused is told in words: by the API server, and by the proxy", async () => {
  const narrow = await open(cutting);
  const unnamed = await narrow.evaluate(() => pods.attach("one").then(() => "accepted", String));
  expect(unnamed).toMatch(/^StatusError: Forbidden: the proxy does not allow "get" of pods\/attach/);
  const told = await page.evaluate(async () => {
    const why = (asked: Promise<unknown>): Promise<string> => asked.then(() => "accepted", String);
    return {
      gone: await why(pods.exec("gone", { command: ["true"] })),
      headers: await why(pods.exec("one", { command: ["true"], impersonate: { user: "admin" } })),
    };
  });
  expect(told.gone).toMatch(/^StatusError: NotFound: pods "gone" not found/);
  expect(told.headers).toMatch(/^InputError: .*impersonate-user/);
});

test(
  "a session that is quiet for three minutes outlives what cuts off those that are for one",
  { timeout: 400_000 },
  async () => {
    expect(await quiet).toEqual({ exitCode: 0, stdout: "begun\nended\n", stderr: "" });
  },
);
