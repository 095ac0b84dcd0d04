import { execFileSync } from "node:child_process";
import { lstat, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { ConfigError } from "@kubewright/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { connect } from "../connect.ts";
import { editKubeconfig } from "./edit.ts";

let folder: string;
const at = (...names: readonly string[]): string => join(folder, ...names);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kubewright-odd-"));
  vi.stubEnv("KUBECONFIG", undefined);
  vi.stubEnv("HOME", folder);
  vi.stubEnv("KUBERNETES_SERVICE_HOST", undefined);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const edit = (kubeconfig: string): Promise<void> =>
  editKubeconfig((editor) => editor.setCluster("a", { server: "https://a.test" }), { kubeconfig });

const refused = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return (error as Error).message;
};

describe("a link to a kubeconfig that is not there yet is written through", () => {
  test.each<[string, (link: string) => Promise<string>]>([
    [
      "beside it",
      async (link) => {
        await symlink("later", link);
        return at("later");
      },
    ],
    [
      "by its whole path",
      async (link) => {
        await mkdir(at("there"));
        await symlink(at("there", "later"), link);
        return at("there", "later");
      },
    ],
    [
      "by another link",
      async (link) => {
        await mkdir(at("there"));
        await symlink("there/second", link);
        await symlink("../later", at("there", "second"));
        return at("later");
      },
    ],
    [
      "from within a linked folder, where .. is not what it seems",
      async (link) => {
        await mkdir(at("deep"));
        await mkdir(at("deep", "er"));
        await symlink("deep/er", at("short"));
        await symlink("short/../later", link);
        return at("deep", "later");
      },
    ],
  ])("%s", async (_, make) => {
    const target = await make(at("link"));
    await edit(at("link"));
    expect((await lstat(at("link"))).isSymbolicLink()).toBe(true);
    expect((await lstat(target)).isFile()).toBe(true);
    expect((await stat(target)).mode & 0o777).toBe(0o600);
    expect(await readFile(target, "utf8")).toContain("https://a.test");
    const left = await readdir(folder, { recursive: true });
    expect(left.filter((name) => /\.(tmp|lock)$/.test(name))).toEqual([]);
    // A second time it is a link to a file.
    await editKubeconfig((editor) => editor.setCluster("b", { server: "https://b.test" }), { kubeconfig: at("link") });
    expect(await readFile(target, "utf8")).toContain("https://b.test");
  });

  test("but not into a folder that is not there", async () => {
    await symlink("nowhere/later", at("link"));
    expect(await refused(edit(at("link")))).toMatch(/^Unwritable kubeconfig: .*link \(ENOENT\)/);
    expect((await lstat(at("link"))).isSymbolicLink()).toBe(true);
    expect(await readdir(folder)).toEqual(["link"]);
  });
});

describe("what is not a file is called what it is, and left alone", () => {
  test("a folder, in every place where a kubeconfig may be named", async () => {
    await mkdir(at("folder"));
    await mkdir(at(".kube"));
    await mkdir(at(".kube", "config"));
    const said = /^Unreadable kubeconfig: .*\/folder is a folder, not a file \(EISDIR\); correct the path/;
    expect(await refused(connect({ kubeconfig: at("folder") }))).toMatch(said);
    expect(await refused(edit(at("folder")))).toMatch(/^Unwritable kubeconfig: .*\/folder is a folder, not a file;/);
    expect(await refused(connect())).toMatch(/^Unreadable kubeconfig: .*\/\.kube\/config is a folder/);
    expect(await refused(editKubeconfig(() => {}))).toMatch(/^Unwritable kubeconfig: .*\/\.kube\/config is a folder/);
    await writeFile(at("file"), "");
    vi.stubEnv("KUBECONFIG", [at("file"), at("folder")].join(delimiter));
    expect(await refused(connect())).toMatch(said);
    expect(await refused(editKubeconfig(() => {}))).toMatch(/\/folder is a folder/);
    await symlink("folder", at("link"));
    expect(await refused(edit(at("link")))).toMatch(/\/link is a folder/);
    expect(await readdir(at("folder"))).toEqual([]);
  });

  test("a folder where a certificate, key or token should be", async () => {
    await mkdir(at("folder"));
    const kubeconfigText = (user: string): string => `current-context: a
contexts: [{ name: a, context: { cluster: a, user: a } }]
clusters: [{ name: a, cluster: { server: "https://a.test" } }]
users: [{ name: a, user: ${user} }]`;
    const pair = `{ client-certificate: ${at("folder")}, client-key: ${at("folder")} }`;
    expect(await refused(connect({ kubeconfigText: kubeconfigText(pair) }))).toMatch(
      /^Unreadable certificate or key: .*\/folder is a folder, not a file/,
    );
  });

  test("links that lead back to themselves are refused as that", async () => {
    await symlink("two", at("one"));
    await symlink("one", at("two"));
    const said = /\/one is a link that leads back to itself \(ELOOP\)/;
    expect(await refused(connect({ kubeconfig: at("one") }))).toMatch(said);
    expect(await refused(edit(at("one")))).toMatch(said);
    expect((await lstat(at("one"))).isSymbolicLink()).toBe(true);
  });

  test("a pipe and a socket are called what they are", async () => {
    execFileSync("mkfifo", [at("pipe")]);
    expect(await refused(edit(at("pipe")))).toMatch(/\/pipe is a pipe, not a file/);
    const server = createServer().listen(at("socket"));
    await new Promise((resolve) => server.once("listening", resolve));
    expect(await refused(edit(at("socket")))).toMatch(/\/socket is a socket, not a file/);
    expect(await refused(connect({ kubeconfig: at("socket") }))).toMatch(/\/socket is a socket, not a file \(ENXIO\)/);
    server.close();
    expect((await readdir(folder)).filter((name) => name.endsWith(".lock"))).toEqual([]);
  });

  test("a device, which a file would replace where the rights allow it", async () => {
    expect(await refused(edit("/dev/null"))).toMatch(/^Unwritable kubeconfig: \/dev\/null is a device, not a file/);
    expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
    expect(await refused(connect({ kubeconfig: "/dev/null" }))).toMatch(/^No context: /);
  });
});
