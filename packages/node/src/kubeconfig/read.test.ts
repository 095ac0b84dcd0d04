import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { base64, config, pemA, pemKey, surroundingsOf } from "../../../../test/fixtures/kubeconfig/kubeconfig-case.ts";
import { type Kubeconfig, readKubeconfig, readKubeconfigFrom, type ReadKubeconfigOptions } from "./read.ts";

// What export() gives is compared with the real kubectl in test/e2e/kubeconfig.test.ts.

type Files = Readonly<Record<string, string>>;

const home = "/v/home/.kube/config";
const from = (files: Files, env: Files = {}, options: ReadKubeconfigOptions = {}): Promise<Kubeconfig> =>
  readKubeconfigFrom(options, surroundingsOf({ name: "", result: {}, files, env }));
const fromText = (kubeconfigText: string): Promise<Kubeconfig> => from({}, {}, { kubeconfigText });
const ofUser = async (user: object) =>
  (await fromText(JSON.stringify({ users: [{ name: "u", user }] }))).users[0] ?? expect.unreachable();
const ofCluster = async (cluster: object) =>
  (await fromText(JSON.stringify({ clusters: [{ name: "c", cluster }] }))).clusters[0] ?? expect.unreachable();

describe("what is there", () => {
  test("contexts with what they name, whether a namespace is set, and the current one", async () => {
    const read = await from({
      [home]: JSON.stringify({
        "current-context": "b",
        contexts: [
          { name: "a", context: { cluster: "c", user: "u" } },
          { name: "b", context: { cluster: "c", namespace: "shop" } },
        ],
        clusters: [{ name: "c", cluster: { server: "https://c", "insecure-skip-tls-verify": true } }],
        users: [{ name: "u", user: { username: "jane", password: "hunter2" } }],
      }),
    });
    expect(read).toMatchObject({ files: [home], currentContext: "b", leftOut: [] });
    const place = { file: home, problem: undefined };
    expect(read.contexts).toEqual([
      { name: "a", cluster: "c", user: "u", namespace: undefined, ...place },
      { name: "b", cluster: "c", user: undefined, namespace: "shop", ...place },
    ]);
    expect(read.clusters).toMatchObject([
      { name: "c", ...place, fields: { server: "https://c", "insecure-skip-tls-verify": true } },
    ]);
    expect(read.users).toMatchObject([{ name: "u", ...place, fields: { username: "jane" } }]);
    expect(read.users[0]?.fields.password?.reveal()).toBe("hunter2");
  });

  test("files merged, the first's entries first; each entry says its file", async () => {
    const read = await from(
      { "/v/one": config("a", "server: https://one"), "/v/two": `${config("a", "server: https://two")}` },
      { KUBECONFIG: "/v/none:/v/one:/v/two" },
    );
    expect(read.files).toEqual(["/v/one", "/v/two"]);
    expect(read.clusters.map(({ file, fields }) => [file, fields.server])).toEqual([["/v/one", "https://one"]]);
    const both = await from(
      { "/v/one": config("a", "server: https://a"), "/v/two": config("b", "server: https://b") },
      { KUBECONFIG: "/v/one:/v/two" },
    );
    expect(both.contexts.map(({ name, file }) => [name, file])).toEqual([
      ["a", "/v/one"],
      ["b", "/v/two"],
    ]);
    expect(both.currentContext).toBe("a");
  });

  test("nothing, where there is no file; but a file that was named must be there", async () => {
    const nothing = { files: [], currentContext: undefined, contexts: [], clusters: [], users: [] };
    expect(await from({})).toMatchObject(nothing);
    await expect(from({}, {}, { kubeconfig: "/v/none" })).rejects.toMatchObject({ name: "ConfigError" });
    await expect(fromText("a: [")).rejects.toThrow("not valid YAML");
  });

  test.each<[unknown, string]>([
    [{ context: "a" }, "context"],
    [{ token: "hunter2" }, "token"],
    [{ kubeConfig: "a" }, "kubeConfig"],
    [{ kubeconfig: "a", kubeconfigText: "b" }, "kubeconfig"],
    [{ kubeconfig: "" }, "kubeconfig"],
    [{ kubeconfig: "apiVersion: v1\nkind: Config" }, "kubeconfig"],
    [null, "options"],
  ])("options %j are an InputError", async (options, field) => {
    await expect(readKubeconfig(options as never)).rejects.toMatchObject({ name: "InputError", field });
  });
});

describe("one broken entry does not spoil the others", () => {
  const sound = { name: "sound", cluster: { server: "https://a" } };
  test.each<[string, unknown, string]>([
    ["is not a map", 5, "entry 1 of clusters in kubeconfigText: it must be a map"],
    ["is nothing", null, "entry 1 of clusters in kubeconfigText: it must be a map"],
    ["has a number as name", { name: 5 }, "name must be text"],
    ["has a list under its field", { name: "c", cluster: [] }, "cluster must be a map"],
  ])("that %s: it is left out, and said", async (_, broken, message) => {
    const read = await fromText(JSON.stringify({ clusters: [broken, sound] }));
    expect(read.clusters.map(({ name }) => name)).toEqual(["sound"]);
    expect(read.leftOut).toMatchObject([{ name: "ConfigError", message: expect.stringContaining(message) as string }]);
  });

  test("of a name that is there twice: the first counts", async () => {
    const again = { name: "sound", cluster: { server: "https://b" } };
    const read = await fromText(JSON.stringify({ clusters: [sound, again] }));
    expect(read.clusters.map(({ fields }) => fields.server)).toEqual(["https://a"]);
    expect(read.leftOut.map(String)).toEqual([expect.stringContaining('"sound" is there twice') as string]);
  });

  test("nor does a whole section, or a current context that is not text", async () => {
    const read = await fromText(JSON.stringify({ users: 5, contexts: {}, "current-context": 7, clusters: [sound] }));
    expect(read).toMatchObject({ currentContext: undefined, users: [], contexts: [], clusters: [{ name: "sound" }] });
    expect(read.leftOut).toHaveLength(3);
  });

  test.each<[string, object, string]>([
    ["a cluster that is not there", { cluster: "d" }, 'there is no cluster "d"'],
    ["a user that is not there", { cluster: "c", user: "v" }, 'there is no user "v"'],
    ["no cluster", {}, "it names no cluster"],
    ["a namespace that is not one", { cluster: "c", namespace: "A_b" }, "namespace must be a DNS label"],
    ["a number as cluster", { cluster: 5 }, "cluster must be text"],
  ])("a context with %s says why it cannot be used", async (_, context, message) => {
    const clusters = [{ name: "c", cluster: { server: "https://a" } }];
    const contexts = [
      { name: "a", context },
      { name: "b", context: { cluster: "c" } },
    ];
    const read = await fromText(JSON.stringify({ clusters, contexts, users: [{ name: "u" }] }));
    expect(read.contexts[0]?.problem?.message).toContain(message);
    expect(read.contexts[1]).toMatchObject({ name: "b", cluster: "c", problem: undefined });
    await expect(read.export("a")).rejects.toMatchObject({ name: "ConfigError" });
    expect(await read.export("b")).toContain("server: https://a\n");
  });

  test("a cluster and a user that connect() would refuse say why, with what can be understood", async () => {
    const cluster = await ofCluster({ "tls-server-name": "a", "insecure-skip-tls-verify": "maybe" });
    expect(cluster.problem?.message).toContain("insecure-skip-tls-verify must be true or false");
    expect({ ...cluster.fields }).toEqual({ "tls-server-name": "a" });
    expect((await ofCluster({})).problem?.message).toContain("it has no server");
    expect((await ofCluster({ server: "ftp://a" })).problem?.message).toContain("its scheme is ftp");
    const user = await ofUser({ username: "a:b", exec: { command: "x" } });
    expect(user.problem?.message).toContain("username must not hold a colon");
    expect(user.fields).toMatchObject({ username: "a:b", exec: { command: "x" } });
  });
});

describe("credentials", () => {
  const shownBy = (value: unknown): string =>
    [inspect(value, { depth: 20, showHidden: true }), JSON.stringify(value)].join("\n");

  test("are shown by reveal() alone", async () => {
    const user = await ofUser({
      token: "hunter2-token",
      password: "hunter2-password",
      "client-certificate-data": "hunter2-cert",
      "client-key-data": "hunter2-key",
      exec: { command: "login", args: ["--password", "hunter2-arg"], env: [{ name: "A", value: "hunter2-env" }] },
      "auth-provider": { name: "oidc", config: { "client-id": "me", "id-token": "hunter2-id" } },
    });
    expect(shownBy(user)).not.toContain("hunter2");
    const { fields } = user;
    expect([
      fields.token?.reveal(),
      fields.password?.reveal(),
      fields["client-certificate-data"]?.reveal(),
      fields["client-key-data"]?.reveal(),
      fields.exec?.args?.map((arg) => arg.reveal()),
      fields.exec?.env?.map(({ name, value }) => [name, value?.reveal()]),
      fields["auth-provider"]?.config?.["client-id"],
    ]).toEqual([
      "hunter2-token",
      "hunter2-password",
      "hunter2-cert",
      "hunter2-key",
      ["--password", "hunter2-arg"],
      [["A", "hunter2-env"]],
      "me",
    ]);
  });

  test.each<[string, object]>([
    ["a field that nobody knows", { secretToken: "hunter2" }],
    ["a map that nobody knows", { vault: { hunter2: { deep: ["hunter2"] } } }],
    ["extensions", { extensions: [{ name: "hunter2", extension: "hunter2" }] }],
    ["a list where text belongs", { token: ["hunter2"], username: ["hunter2"] }],
    ["a key where its path belongs", { "client-key": "-----BEGIN PRIVATE KEY-----\nhunter2" }],
    ["a token where its path belongs", { tokenFile: `${base64('{"alg":"none"}')}.hunter2` }],
    ["an unknown field of a plugin", { exec: { command: "a", secret: "hunter2" } }],
    ["an unknown field of a plugin's variable", { exec: { env: [{ name: "A", valueFrom: "hunter2" }] } }],
    ["a plugin's arguments that are not a list", { exec: { command: "a", args: { a: "hunter2" } } }],
    ["an unknown field of a login", { "auth-provider": { config: { "access-token": "hunter2" }, more: "hunter2" } }],
    ["a login that is text", { "auth-provider": "hunter2" }],
    ["what a user is impersonated with", { as: "a", "as-user-extra": { scopes: ["hunter2"] } }],
    ["a login's address", { "auth-provider": { config: { "idp-issuer-url": "https://me:hunter2@login?t=hunter2" } } }],
  ])("are not shown of %s", async (_, user) => {
    expect(shownBy(await ofUser(user))).not.toContain("hunter2");
  });

  test.each<[string, object]>([
    ["an address with a password", { server: "https://me:hunter2@a:6443/p" }],
    ["an address with a password that holds slashes", { server: "https://me:hun/hunter2@a" }],
    ["an address without scheme", { server: "me:hunter2@a" }],
    ["a query", { server: "https://a?token=hunter2" }],
    ["a proxy", { server: "https://a", "proxy-url": "http://me:hunter2@proxy" }],
    ["an authority's data", { "certificate-authority-data": "hunter2" }],
    ["a field that nobody knows", { other: { a: "hunter2" } }],
  ])("of a cluster are not shown: %s", async (_, cluster) => {
    expect(shownBy(await ofCluster(cluster))).not.toContain("hunter2");
  });

  test("an address is shown but for that", async () => {
    expect((await ofCluster({ server: "https://me:hunter2@a:6443/p?x" })).fields.server).toBe(
      "https://[redacted]@a:6443/p",
    );
    const proxied = await ofCluster({ server: "https://a:6443/p", "proxy-url": "http://me:hunter2@proxy" });
    expect(proxied.fields.server).toBe("https://a:6443/p");
    expect(proxied.fields["proxy-url"]?.reveal()).toBe("http://me:hunter2@proxy");
  });

  test("are not shown of anything that can stand there", async () => {
    const known = ["token", "exec", "auth-provider", "args", "env", "config", "client-key", "value", "extensions"];
    const key = fc.oneof(fc.constantFrom(...known), fc.string({ maxLength: 3 }));
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom<unknown>("hunter2-\nsecret", 1, true, null),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(key, tie("tree"), { maxKeys: 4 }),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, tree, { maxKeys: 4 }), async (user) => {
        expect(shownBy(await ofUser(user))).not.toContain("hunter2");
      }),
      { numRuns: 100 },
    );
  });
});

describe("export()", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "kubewright-read-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test("puts files into the text, so that it can be used anywhere", async () => {
    await writeFile(join(folder, "ca.crt"), pemA);
    await writeFile(join(folder, "key"), pemKey);
    const file = join(folder, "config");
    const cert = `client-certificate-data: ${base64(pemA)}, client-key: key, tokenFile: token`;
    await writeFile(file, config("a", "server: https://a, certificate-authority: ca.crt", cert, "namespace: shop"));
    const text = await (await readKubeconfig({ kubeconfig: file })).export();
    const again = await readKubeconfig({ kubeconfigText: text });
    expect(again).toMatchObject({ currentContext: "a", leftOut: [] });
    expect(again.contexts).toMatchObject([{ namespace: "shop", problem: undefined }]);
    expect(again.clusters[0]?.fields["certificate-authority-data"]?.reveal()).toBe(base64(pemA));
    expect(again.users[0]?.fields["client-key-data"]?.reveal()).toBe(base64(pemKey));
    expect(again.users[0]?.fields.tokenFile).toBe(join(folder, "token"));
    expect(again.clusters[0]?.fields).not.toHaveProperty("certificate-authority");
    expect(await again.export()).toBe(text);
  });

  test.each<[string, string, string, RegExp]>([
    ["a file that is missing", "server: https://a, certificate-authority: none", "", /^Missing certificate or key: /],
    ["a file that is not PEM", "server: https://a, certificate-authority: config", "", /^Bad certificate or key: /],
    ["a user that is broken", "server: https://a", "token: 5", /token must be text/],
    ["a cluster that is broken", "server: 5", "", /server must be text/],
    ["extensions that are not maps", "server: https://a, extensions: [5]", "", /extensions must be a list of maps/],
    ["an extension whose name is a number", "server: https://a", "extensions: [{ name: 5 }]", /name must be text/],
  ])("of a context with %s is a ConfigError", async (_, cluster, user, said) => {
    const file = join(folder, "config");
    await writeFile(file, config("a", cluster, user));
    const read = await readKubeconfig({ kubeconfig: file });
    const message = expect.stringMatching(said) as string;
    await expect(read.export()).rejects.toMatchObject({ name: "ConfigError", message });
  });

  test("of a context that is not there, or where none is current, says which there are", async () => {
    const read = await fromText("contexts: [{ name: lab }]");
    await expect(read.export()).rejects.toThrow(/^No context: .*the contexts are "lab"/);
    await expect(read.export("lap")).rejects.toThrow(/^Unknown context: .*did you mean "lab"/);
    await expect(read.export("")).rejects.toMatchObject({ name: "InputError", field: "context" });
  });

  test("keeps every digit of long numbers", async () => {
    const fields = "server: https://a, extensions: [{ name: x, extension: { n: 12345678901234567890 } }]";
    const text = await (await fromText(config("a", fields))).export();
    expect(text).toContain(" 12345678901234567890\n");
    expect(await (await fromText(text)).export()).toBe(text);
  });
});
