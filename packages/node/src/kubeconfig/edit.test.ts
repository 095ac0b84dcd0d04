import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { editKubeconfig } from "./edit.ts";
import { parseKubeconfig } from "./parse.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kubewright-edit-"));
  vi.stubEnv("KUBECONFIG", undefined);
  vi.stubEnv("HOME", folder);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const original = `# our clusters
apiVersion: v1
kind: Config
preferences: {}
current-context: shop # the daily one
contexts:
- context:
    cluster: one
    user: me
  name: shop
- context: { cluster: two, user: me } # staging
  name: stage
clusters:
# the old one
- cluster:
    server: https://one:6443
    future-field: { keep: me }
  name: one
- cluster:
    server: https://two:6443
  name: two
users:
- name: me
  user:
    token: abc
    auth-provider:
      name: oidc
      config:
        client-id: kube
        id-token: old
x-tool: { state: 1 }
`;

async function edited(text: string, change: Parameters<typeof editKubeconfig>[0]): Promise<string> {
  const file = join(folder, "config");
  await writeFile(file, text, { mode: 0o644 });
  await editKubeconfig(change, { kubeconfig: file });
  return readFile(file, "utf8");
}

test("switching the context changes one line", async () => {
  const text = await edited(original, (editor) => {
    expect(editor.currentContext).toBe("shop");
    expect([editor.contexts, editor.clusters, editor.users]).toEqual([["shop", "stage"], ["one", "two"], ["me"]]);
    editor.useContext("stage");
  });
  expect(text).toBe(original.replace("current-context: shop", "current-context: stage"));
});

test("fields are merged: what is not spoken of stays, with comments and unknown fields", async () => {
  const text = await edited(original, (editor) => {
    editor.setCluster("one", { server: "https://new:6443", "tls-server-name": "kube" });
    editor.setUser("me", { "auth-provider": { config: { "id-token": "new" } }, token: undefined });
  });
  expect(text).toBe(
    original
      .replace("https://one:6443\n", "https://new:6443\n")
      .replace("    future-field: { keep: me }\n", "    future-field: { keep: me }\n    tls-server-name: kube\n")
      .replace("    token: abc\n", "")
      .replace("id-token: old", "id-token: new"),
  );
});

test("entries are added and removed", async () => {
  const text = await edited(original, (editor) => {
    editor.setCluster("three", { server: "https://three" });
    editor.setUser("you", { token: "123", "as-groups": ["yes", "a"] });
    editor.setContext("new", { cluster: "three", user: "you", namespace: "n" });
    expect(editor.removeCluster("two")).toBe(true);
    expect(editor.removeContext("stage")).toBe(true);
    expect(editor.removeUser("nobody")).toBe(false);
  });
  expect(await parseKubeconfig(text, "")).toMatchObject({
    "current-context": "shop",
    clusters: [{ name: "one" }, { name: "three", cluster: { server: "https://three" } }],
    users: [{ name: "me" }, { name: "you", user: { token: "123", "as-groups": ["yes", "a"] } }],
    contexts: [{ name: "shop" }, { name: "new", context: { cluster: "three", user: "you", namespace: "n" } }],
  });
  // kubectl reads YAML 1.1, where these words are booleans and this text a number.
  expect(text).toContain('"yes"');
  expect(text).toContain('token: "123"');
  expect(text).toContain('namespace: "n"');
});

test("removing the current context leaves none", async () => {
  expect(await edited(original, (editor) => void editor.removeContext("shop"))).toContain(
    'current-context: "" # the daily one',
  );
});

test("what is not touched stays as kubectl reads it: YAML 1.1's words and numbers", async () => {
  const text = `clusters:
- cluster: { insecure-skip-tls-verify: yes, disable-compression: off, x-mode: 0777, x-id: 12345678901234567890123 }
  name: c
users:
- name: me
  user:
    token: abc
`;
  expect(await edited(text, (editor) => editor.setUser("me", { token: "no" }))).toBe(
    text.replace("token: abc", 'token: "no"'),
  );
});

test("a change reaches no other entry, and nothing is lost, through aliases and merges", async () => {
  const text = `x-base: &base # for all
  token: abc
  x-keep: 1
users:
- name: a
  user: *base
- name: b
  user: &b
    <<: *base
    token: own
- &c
  name: c
  user: *b
x-last: *c
`;
  const after = await edited(text, (editor) => {
    expect(editor.users).toEqual(["a", "b", "c"]);
    editor.setUser("a", { token: "new" });
    editor.setUser("c", { token: undefined });
    editor.removeUser("b");
  });
  expect(after).toContain("# for all");
  expect(await parseKubeconfig(after, "")).toEqual({
    "x-base": { token: "abc", "x-keep": 1 },
    users: [
      { name: "a", user: { token: "new", "x-keep": 1 } },
      { name: "c", user: { "x-keep": 1 } },
    ],
    "x-last": { name: "c", user: { token: "own", "x-keep": 1 } },
  });
});

test.each([
  ["of nothing", "users: [*a]\n"],
  ["of itself", "users: &a [*a]\n"],
  [
    "without end",
    `a0: &a0 [1, 2]\n${Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join("\n")}\n`,
  ],
])("an alias %s is an error", async (_, text) => {
  await expect(edited(text, (editor) => editor.setUser("a", {}))).rejects.toThrow("Invalid kubeconfig");
});

test("JSON stays JSON", async () => {
  const text = await edited('{"apiVersion":"v1","kind":"Config","clusters":[],"x":1}', (editor) => {
    editor.setCluster("c", { server: "https://c" });
  });
  expect(JSON.parse(text)).toEqual({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ cluster: { server: "https://c" }, name: "c" }],
    x: 1,
  });
});

test("JSON numbers that are not touched keep every digit; the rest is as JSON.stringify writes it", async () => {
  const digits = ["9007199254740993", "-12345678901234567890", "0.10000000000000000555", "1.0", "1e400", "-0"];
  const withDigits = (text: string): string => text.replace(/"#(\d)"/g, (_, at: string) => digits[Number(at)] ?? "");
  const config = {
    x: digits.map((_, at) => `#${at}`),
    deep: [{}, [], [true, { 'a\n"': 'ü "\u2028' }, null]],
    text: "1",
    users: [{ name: "me", user: { id: "#0", limit: 3 } }],
  };
  const text = await edited(withDigits(JSON.stringify(config)), (editor) => {
    editor.setUser("me", { limit: 7, list: [1.5, null, "a"], on: false });
  });
  config.users = [{ name: "me", user: { id: "#0", limit: 7, ...{ list: [1.5, null, "a"], on: false } } }];
  expect(text).toBe(`${withDigits(JSON.stringify(config, undefined, 2))}\n`);
});

test("lines end as they did: what Windows tools write stays so", async () => {
  const crlf = original.replaceAll("\n", "\r\n");
  const switched = await edited(crlf, (editor) => editor.useContext("stage"));
  expect(switched).toBe(crlf.replace("current-context: shop", "current-context: stage"));
  const text = await edited(crlf.replace("token: abc", 'note: "a\\r\\nb"'), (editor) =>
    editor.setUser("you", { "x-script": "one\ntwo\n", "x-crlf": "one\r\ntwo" }),
  );
  expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  expect((await parseKubeconfig(text, ""))["users"]).toMatchObject([
    { user: { note: "a\r\nb" } },
    { user: { "x-script": "one\ntwo\n", "x-crlf": "one\r\ntwo" } },
  ]);
  expect(await edited('{\r\n"current-context":"a"\r\n}\r\n', (editor) => editor.setUser("a", {}))).toBe(
    '{\r\n  "current-context": "a",\r\n  "users": [\r\n    {\r\n      "user": {},\r\n      "name": "a"\r\n    }\r\n  ]\r\n}\r\n',
  );
});

test("a file that does not exist is made, with its folder, readable by its owner only", async () => {
  const file = join(folder, "deep", "er", "config");
  await editKubeconfig(
    (editor) => {
      editor.setCluster("c", { server: "https://c" });
      editor.setContext("x", { cluster: "c" });
      editor.useContext("x");
    },
    { kubeconfig: file },
  );
  expect(await readFile(file, "utf8")).toBe(`apiVersion: v1
kind: Config
clusters:
- cluster:
    server: https://c
  name: c
contexts:
- context:
    cluster: c
  name: x
current-context: x
`);
  if (process.platform !== "win32") {
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, "deep"))).mode & 0o777).toBe(0o700);
  }
});

test("without a path it is the home's kubeconfig", async () => {
  await editKubeconfig((editor) => editor.setCluster("c", { server: "https://c" }));
  expect(await readFile(join(folder, ".kube", "config"), "utf8")).toContain("https://c");
});

test("of several files each entry changes where it stands; new ones go to the first that exists", async () => {
  const [absent, one, two] = ["absent", "one", "two"].map((name) => join(folder, name)) as [string, string, string];
  await writeFile(one, "users: [{ name: a, user: { token: x } }]\n");
  await writeFile(
    two,
    "current-context: k\ncontexts: [{ name: k, context: {} }, { name: l, context: {} }]\nusers: [{ name: a, user: { token: hidden } }, { name: b, user: {} }]\n",
  );
  vi.stubEnv("KUBECONFIG", [absent, one, two].join(delimiter));
  await editKubeconfig((editor) => {
    editor.setUser("b", { token: "y" });
    editor.setCluster("c", { server: "https://c" });
    editor.removeUser("a");
    editor.useContext("l");
    expect(editor.currentContext).toBe("l");
  });
  expect(await parseKubeconfig(await readFile(one, "utf8"), "")).toEqual({
    users: [],
    clusters: [{ cluster: { server: "https://c" }, name: "c" }],
    "current-context": "l",
  });
  expect(await parseKubeconfig(await readFile(two, "utf8"), "")).toMatchObject({
    "current-context": "k",
    users: [{ name: "b", user: { token: "y" } }],
  });
  expect((await readdir(folder)).toSorted()).toEqual(["one", "two"]);
});

test("nothing is written when the change throws or changes nothing", async () => {
  const file = join(folder, "config");
  await writeFile(file, original);
  const before = (await stat(file)).mtimeMs;
  await expect(
    editKubeconfig(
      (editor) => {
        editor.removeCluster("one");
        throw new Error("changed my mind");
      },
      { kubeconfig: file },
    ),
  ).rejects.toThrow("changed my mind");
  await editKubeconfig((editor) => editor.useContext("shop"), { kubeconfig: file });
  await expect(editKubeconfig((editor) => editor.useContext("stag"), { kubeconfig: file })).rejects.toThrow(
    'did you mean "stage"?',
  );
  expect(await readFile(file, "utf8")).toBe(original);
  expect((await stat(file)).mtimeMs).toBe(before);
  expect(await readdir(folder)).toEqual(["config"]);
});

test("a symbolic link stays one", async () => {
  await mkdir(join(folder, "real"));
  await writeFile(join(folder, "real", "config"), original);
  await symlink(join(folder, "real", "config"), join(folder, "link"));
  await editKubeconfig((editor) => editor.useContext("stage"), { kubeconfig: join(folder, "link") });
  expect((await lstat(join(folder, "link"))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(folder, "real", "config"), "utf8")).toContain("current-context: stage");
});

test("changes at the same time wait for each other: none is lost", async () => {
  const file = join(folder, "config");
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      editKubeconfig((editor) => editor.setCluster(`c${i}`, { server: `https://c${i}` }), { kubeconfig: file }),
    ),
  );
  const { clusters } = (await parseKubeconfig(await readFile(file, "utf8"), "")) as { clusters: unknown[] };
  expect(clusters).toHaveLength(20);
});

test("a lock that stays is an error that names it", { timeout: 15_000 }, async () => {
  const file = join(folder, "config");
  await writeFile(`${file}.lock`, "");
  await expect(editKubeconfig((editor) => editor.setCluster("c", {}), { kubeconfig: file })).rejects.toThrow(
    `Locked kubeconfig: ${file}.lock exists`,
  );
  expect(await readdir(folder)).toEqual(["config.lock"]);
});

test("a file that is not a kubeconfig is left alone", async () => {
  for (const text of ["- a\n", "a: [", "a: 1\n---\nb: 2\n"]) {
    await expect(edited(text, (editor) => editor.setCluster("c", {}))).rejects.toThrow("Invalid kubeconfig");
    expect(await readFile(join(folder, "config"), "utf8")).toBe(text);
  }
});

test("a folder that is not one is an error, and so are bytes that are not text", async () => {
  await writeFile(join(folder, "file"), "");
  const change = (path: string): Promise<void> =>
    editKubeconfig((editor) => editor.setCluster("c", {}), { kubeconfig: path });
  await expect(change(join(folder, "file", "config"))).rejects.toThrow(
    /Unwritable kubeconfig: .* \((ENOTDIR|EEXIST)\)/,
  );
  await writeFile(join(folder, "bytes"), new Uint8Array([0xff, 0xff, 0xff]));
  await expect(change(join(folder, "bytes"))).rejects.toThrow("it is not text in UTF-8 or UTF-16");
});

const nobody = 65_534;

test("the owner stays the owner", async () => {
  const file = join(folder, "config");
  await writeFile(file, original);
  // Only root can act on the file of somebody else.
  if (process.getuid?.() === 0) await chown(file, nobody, nobody);
  const before = await stat(file);
  await editKubeconfig((editor) => editor.useContext("stage"), { kubeconfig: file });
  const { uid, gid } = await stat(file);
  expect([uid, gid]).toEqual([before.uid, before.gid]);
});

test("a folder that cannot be written is an error, and nothing is left behind", async () => {
  const file = join(folder, "config");
  await writeFile(file, original);
  await chmod(folder, 0o500);
  // Root may write anywhere: it acts as somebody else for as long as the edit takes.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    for (const path of [folder, file]) await chown(path, nobody, nobody);
    process.seteuid?.(nobody);
  }
  try {
    await expect(editKubeconfig((editor) => editor.useContext("stage"), { kubeconfig: file })).rejects.toThrow(
      "Unwritable kubeconfig",
    );
  } finally {
    if (isRoot) process.seteuid?.(0);
    await chmod(folder, 0o700);
  }
  expect(await readdir(folder)).toEqual(["config"]);
});

test("an entry without a name is refused", async () => {
  for (const change of ["setCluster", "setUser", "setContext"] as const) {
    await expect(edited(original, (editor) => editor[change]("", {}))).rejects.toThrow("Invalid name: it is empty");
  }
});

test("no file stays open", async (context) => {
  if (process.platform !== "linux") context.skip("only Linux lists what is open");
  await edited(original, (editor) => editor.useContext("stage"));
  const open = await Promise.all(
    (await readdir("/proc/self/fd")).map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => "")),
  );
  expect(open.filter((file) => file.startsWith(folder))).toEqual([]);
});
