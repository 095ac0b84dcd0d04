import { types } from "node:util";
import { createCluster, KubeError, StatusError } from "@kubewright/core";
import { createWebTransport } from "@kubewright/core/web";
import { createNodeTransport, proxyDial } from "@kubewright/node/transport";
import { describe, expect, test } from "vitest";
import { createStream } from "../../packages/core/src/stream/stream.ts";
import { openCallPath } from "../../packages/node/src/call-path.ts";
import { tokenFile, tokenFunction } from "../../packages/node/src/credentials/bearer.ts";
import { execSource } from "../../packages/node/src/credentials/exec/exec-source.ts";
import { oidcSource } from "../../packages/node/src/credentials/oidc/oidc-source.ts";
import { Secret } from "../../packages/node/src/settings/secret.ts";
import { tlsSource } from "../../packages/node/src/credentials/tls-files.ts";
import { resolveConfig } from "../../packages/node/src/kubeconfig/resolve.ts";
import vitestConfig from "../../vitest.config.ts";
import { credentialsIn, recordCredentials } from "./credentials-in-use.ts";
import { hitsInErrors, hitsInMade } from "./hits.ts";
import { MadeRecorder, recordErrors } from "./recorder.ts";

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

  test.fails("a credential in use, whatever it is called", () => {
    void new KubeError(`bad ${new Secret("correct horse").reveal()}`);
  });
});

test("every project is watched", () => {
  const { projects = [] } = vitestConfig.test ?? {};
  const watched = projects.map((project) => (project as { test: { setupFiles?: unknown } }).test.setupFiles);
  expect(watched.length).toBeGreaterThanOrEqual(4);
  for (const files of watched) expect(files).toEqual(["test/secrets/setup.ts"]);
});

test("whatever people hold and inspect comes from functions that are listened to", () => {
  const connections = [createCluster, createStream, createNodeTransport, createWebTransport, openCallPath];
  const credentials = [tokenFile, tokenFunction, execSource, oidcSource, tlsSource];
  const makers = [...connections, ...credentials, resolveConfig, proxyDial];
  expect(makers.filter((maker) => !types.isProxy(maker))).toEqual([]);
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

  test("which one, and where, but not what", () => {
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
  test("is taken down when it is given or brought, twenty of each, and functions stay what they are", async () => {
    const recorder = new MadeRecorder();
    const original = {
      now: (value: unknown) => value,
      later: (value: unknown) => Promise.resolve(value),
      never: () => Promise.reject(new Error("a")),
      number: 1,
    };
    const module = (await recorder.listening(() => Promise.resolve(original))) as typeof original;
    const one = { password: planted };
    expect(module.now(one)).toBe(one);
    expect(await module.later(one)).toBe(one);
    expect(module.now("text")).toBe("text");
    await expect(module.never()).rejects.toThrow("a");
    expect([module.number, module.now.name, module.now.length]).toEqual([1, "now", 1]);
    const made = recorder.take();
    expect(made).toEqual([
      { by: "now", value: one },
      { by: "later", value: one },
    ]);
    expect(hitsInMade(made, [])).toEqual([
      expect.stringMatching(/^what now made holds a planted secret: inspected, after "\{ password: '"$/),
      expect.stringMatching(/^what later made holds/),
    ]);
    for (let i = 0; i < 100; i++) module.now({});
    expect(recorder.take()).toHaveLength(20);
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
