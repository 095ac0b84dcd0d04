import { inspect, types } from "node:util";
import { CoreV1 } from "@kubewright/api/core/v1";
import { createCluster, KubeError, shownAs, StatusError } from "@kubewright/core";
import { createWebTransport } from "@kubewright/core/web";
import { createNodeTransport, proxyDial } from "@kubewright/node/transport";
import { describe, expect, test } from "vitest";
import { createLateCallPath } from "../../packages/node/src/late-call-path.ts";
import { connectOnUse } from "../../packages/node/src/connect.ts";
import { openCallPath } from "../../packages/node/src/call-path.ts";
import { constant, tokenFile, tokenFunction } from "../../packages/node/src/credentials/bearer.ts";
import { execSource } from "../../packages/node/src/credentials/exec/exec-source.ts";
import { oidcSource } from "../../packages/node/src/credentials/oidc/oidc-source.ts";
import { Secret } from "../../packages/node/src/settings/secret.ts";
import { tlsSource } from "../../packages/node/src/credentials/tls-files.ts";
import { processSurroundings } from "../../packages/node/src/settings/surroundings.ts";
import { resolveConfig } from "../../packages/node/src/kubeconfig/resolve.ts";
import vitestConfig from "../../vitest.config.ts";
import { fakeMessageSocket } from "../support/fake-message-socket.ts";
import { credentialsIn, recordCredentials } from "./credentials-in-use.ts";
import { hitsInErrors, hitsInMade } from "./hits.ts";
import { MadeRecorder } from "./made-recorder.ts";
import { recordErrors } from "./recorder.ts";

const planted = "hunter2";

describe("a test fails, although it says nothing wrong, for", () => {
  test.fails("an error that nobody caught a glimpse of", () => {
    void new KubeError(`token ${planted}`);
  });

  test.fails("an error in an error's cause", () => {
    void new KubeError("a", { cause: new Error("b", { cause: new Error(planted) }) });
  });

  test.fails("a hidden property of a subclass", () => {
    const error = new StatusError({ metadata: {} }, 500);
    Object.defineProperty(error, "hidden", { value: { deep: [planted] } });
  });

  test.fails("a connection that shows a credential to whoever inspects it", () => {
    const transport = {
      server: "https://a",
      send: () => Promise.reject(new Error("a")),
      close: () => Promise.resolve(),
    };
    createCluster({ transport, namespace: planted });
  });

  test.fails("what a thing holds inside, although its own words do not say it", () => {
    shownAs({ held: { deep: [planted] } }, "Thing", () => ({}));
  });

  test.fails("what a thing shows of itself, although it does not hold it", () => {
    shownAs({}, "Thing", () => ({ a: planted }));
  });

  test.fails("what holds it in a Buffer", () => {
    // Where JSON does not show it, and only a Buffer's own words do.
    const thing = Object.defineProperty({}, "held", { value: Buffer.from(planted) });
    shownAs(thing, "Thing", () => ({}));
  });

  test.fails("what an object of a class holds, although only the class is known", () => {
    class Thing {
      readonly held = planted;
      look(): void {}
    }
    shownAs(Thing.prototype, "Thing", () => ({}));
    new Thing().look();
  });

  test.fails("a credential in use, whatever it is called", () => {
    void new KubeError(`bad ${new Secret("correct horse").reveal()}`);
  });
});

test("every project is watched", () => {
  const { projects = [] } = vitestConfig.test ?? {};
  const watched = projects.map((project) => (project as { test: { setupFiles?: unknown } }).test.setupFiles);
  expect(watched.length).toBeGreaterThanOrEqual(4);
  for (const files of watched) expect(files).toContain("test/secrets/setup.ts");
});

const server = "https://a:6443";

/** One of each that people can hold, and of each that holds a credential. */
async function oneOfEach(): Promise<Readonly<Record<string, object>>> {
  const around = processSurroundings();
  const config = await resolveConfig({ server, token: planted }, around);
  const plugin = { command: "login", args: [], env: [], apiVersion: "client.authentication.k8s.io/v1" } as const;
  const { signal } = new AbortController();
  const nothing = () => Promise.resolve(undefined);
  const transport = createWebTransport({ server, token: planted });
  const cluster = createCluster({ transport });
  const configMaps = cluster.api(CoreV1).configMaps.in("b");
  const exec = { ...plugin, interactiveMode: "Never", provideClusterInfo: false, installHint: undefined } as const;
  const oidc = { issuerUrl: server, clientId: "a", clientSecret: undefined, idToken: new Secret(planted) };
  return {
    cluster,
    lateCluster: connectOnUse({ server, token: planted }),
    lateClient: connectOnUse({ server }).api(CoreV1).pods.in(),
    resourceClient: configMaps,
    subresourceClient: cluster.api(CoreV1).pods.in("b").status,
    metadataClient: configMaps.metadata,
    stream: configMaps.watch(),
    execRun: await runOf(planted),
    webTransport: transport,
    nodeTransport: createNodeTransport({ server }),
    callPath: await openCallPath(config, {}, around, () => undefined),
    ownTransport: (await openCallPath(config, {}, around, () => undefined)).transport,
    latePath: createLateCallPath(() => Promise.reject(new Error("a"))).path,
    lateTransport: createLateCallPath(() => Promise.reject(new Error("a"))).path.transport,
    config,
    tokenFile: tokenFile("/token", nothing, () => undefined, new Secret(planted)),
    tokenFunction: tokenFunction(() => planted),
    token: constant("token", new Secret(planted)),
    exec: execSource(exec, {
      cluster: config.cluster,
      ca: nothing,
      policy: "AllowAll",
      env: {},
      platform: "linux",
      signal,
    }),
    oidc: oidcSource(
      { ...oidc, refreshToken: new Secret(planted), issuerCa: undefined },
      { ca: nothing, reload: nothing, save: () => Promise.resolve(true), env: {}, onWarning: () => undefined, signal },
    ),
    tls: tlsSource(config, nothing, () => undefined),
    dial: proxyDial(`http://jane:${planted}@proxy:80`),
  };
}

/** A command that was given a secret, and wrote it. */
async function runOf(secret: string): Promise<object> {
  const socket = fakeMessageSocket();
  const headers = { get: () => undefined };
  const send = async () => ({ status: 101, headers, body: (async function* () {})(), discard() {}, socket });
  const transport = { server, send, close: () => Promise.resolve() };
  const pods = createCluster({ transport }).api(CoreV1).pods.in("b");
  const run = await pods.exec("c", { command: ["login", secret], stdin: secret });
  socket.receive(1, secret);
  return run;
}

test("whatever people hold, or holds a credential, says in one line what it is", async () => {
  const shown = Object.entries(await oneOfEach()).map(([what, value]) => [what, inspect(value)]);
  expect(Object.fromEntries(shown)).toEqual({
    cluster: `Cluster { server: "${server}", namespace: "default" }`,
    lateCluster: "Cluster {}",
    lateClient: 'ResourceClient { apiVersion: "v1", plural: "pods" }',
    resourceClient: 'ResourceClient { apiVersion: "v1", plural: "configmaps", namespace: "b" }',
    subresourceClient: 'SubresourceClient { apiVersion: "v1", plural: "pods", subresource: "status", namespace: "b" }',
    metadataClient: 'ResourceClient { apiVersion: "v1", plural: "configmaps", namespace: "b", metadataOnly: true }',
    stream: 'Stream { verb: "watch", apiVersion: "v1", plural: "configmaps", namespace: "b" }',
    execRun: 'PodRun { path: "/api/v1/namespaces/b/pods/c/exec", protocol: "v5.channel.k8s.io" }',
    webTransport: `Transport { server: "${server}" }`,
    nodeTransport: `Transport { server: "${server}", protocol: "auto" }`,
    callPath: `CallPath { server: "${server}" }`,
    ownTransport: `Transport { server: "${server}" }`,
    latePath: "CallPath {}",
    lateTransport: "Transport {}",
    config: `ResolvedConfig { source: "options", server: "${server}", namespace: "default", credentials: ["token"] }`,
    tokenFile: 'CredentialSource { kind: "tokenFile", path: "/token" }',
    tokenFunction: 'CredentialSource { kind: "token" }',
    token: 'CredentialSource { kind: "token" }',
    exec: 'CredentialSource { kind: "exec", command: "login" }',
    oidc: 'CredentialSource { kind: "oidc" }',
    tls: 'CredentialSource { kind: "certificate", files: [] }',
    dial: 'Dial { proxy: "http://proxy:80" }',
  });
});

test("what says in one line what it is, is looked into", () => {
  expect(types.isProxy(shownAs)).toBe(true);
});

describe("errors", () => {
  /** A hierarchy like the library's, which the look after this test knows nothing of. */
  function family() {
    class Base extends Error {
      override readonly name: string = "Base";
      readonly request = { verb: "get", path: "/a" };
    }
    class Special extends Base {
      override readonly name = "Special";
      readonly body: string;
      constructor(message: string, body: string, cause?: unknown) {
        super(message, { cause });
        this.body = body;
      }
    }
    return { Base, Special, recorder: recordErrors(Base) };
  }

  test("are taken down as they are, also after more were made than are kept", () => {
    const { Special, recorder } = family();
    const first = new Special("a", "b", planted);
    expect([first instanceof Error, first.cause, Object.getPrototypeOf(Special.prototype).constructor.name]).toEqual([
      true,
      planted,
      "Base",
    ]);
    for (let i = 0; i < 1000; i++) void new Special(`a ${i % 7}`, "b");
    expect(recorder.take()).toHaveLength(8);
    expect(recorder.take()).toHaveLength(0);
  });

  test("a hit says which error and where, but not what", () => {
    const { Base, Special, recorder } = family();
    void new Base("fine");
    void new Special("a", `password: ${planted}`);
    void new Special("a", "b", Object.assign(new Error("c"), { rawPacket: Buffer.from(`x ${planted}`) }));
    const hits = hitsInErrors(recorder.take(), []);
    expect(hits).toHaveLength(2);
    expect(hits[0]).toMatch(/^Special \(get \/a\) holds a planted secret: inspected, after ".*password: "$/);
    expect(hits[1]).toMatch(/^Special \(get \/a\) holds a planted secret in another spelling: inspected, after /);
    expect(hits.join()).not.toContain(planted);
  });

  test("a path that is the secret is not said", () => {
    const { Base, recorder } = family();
    void Object.assign(new Base("a"), { request: { verb: "get", path: `/${planted}` } });
    expect(hitsInErrors(recorder.take(), [])).toEqual([expect.stringMatching(/^Base holds a planted secret: /)]);
  });
});

describe("what is made", () => {
  test("is taken down, twenty of each name, and stays what it is", () => {
    const recorder = new MadeRecorder();
    const listening = recorder.listening((value) => value);
    const one = { password: planted };
    expect(listening(one, "One", () => ({}))).toBe(one);
    listening(one, "One", () => ({}));
    const made = recorder.take();
    expect(made).toEqual([{ name: "One", value: one }]);
    expect(hitsInMade(made, [])).toEqual([
      expect.stringMatching(/^a One holds a planted secret: inspected past its own words, after /),
    ]);
    for (let i = 0; i < 100; i++) listening({}, "One", () => ({}));
    listening({}, "Another", () => ({}));
    expect(recorder.take()).toHaveLength(21);
  });

  test("of a class is taken down when a method is called on it, once", () => {
    class Thing {
      readonly own = 1;
      look(more: number): number {
        return this.own + more;
      }
      [Symbol.iterator](): Iterator<number> {
        return [this.own][Symbol.iterator]();
      }
    }
    const recorder = new MadeRecorder();
    recorder.listening((value) => value)(Thing.prototype, "Thing", () => ({}));
    const [looked, iterated, left] = [new Thing(), new Thing(), new Thing()];
    expect([looked.look(1), looked.look(2), ...iterated, left.own]).toEqual([2, 3, 1, 1]);
    expect(recorder.take()).toEqual([
      { name: "Thing", value: looked },
      { name: "Thing", value: iterated },
    ]);
  });
});

describe("credentials in use", () => {
  test("are those that were revealed, in every spelling", () => {
    class Own {
      reveal(): string {
        return "correct horse";
      }
    }
    const recorder = recordCredentials(Own as unknown as typeof Secret);
    expect(recorder.take()).toEqual([]);
    new Own().reveal();
    expect(recorder.take()).toEqual(
      expect.arrayContaining(["correct horse", Buffer.from("correct horse").toString("base64").slice(0, 17)]),
    );
    expect(recorder.take()).toEqual([]);
  });

  test.each([
    ["Bearer correct-horse", ["correct-horse"]],
    ["Basic amFuZTpjb3JyZWN0", ["amFuZTpjb3JyZWN0"]],
    ["http://jane:correct-horse@proxy:80", ["correct-horse"]],
    ["http://proxy.example.com:80", []],
    ["secret", []],
    ["-----BEGIN CERTIFICATE-----\nMIIB0123456789abcdef\n-----END CERTIFICATE-----", []],
    ["-----BEGIN PRIVATE KEY-----\nMIIB0123456789abcdef\nAB=\n-----END PRIVATE KEY-----\n", ["MIIB0123456789abcdef"]],
  ])("%j", (text, found) => {
    expect(credentialsIn(text)).toEqual(found);
  });
});
