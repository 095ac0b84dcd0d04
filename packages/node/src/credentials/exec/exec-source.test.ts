import { spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { inspect } from "node:util";
import { isKubeError } from "@kubewright/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { refusal } from "../../../../../test/support/api-request.ts";
import { createAuthority } from "../../../../../test/support/certificates.ts";
import type { ExecPlugin, ResolvedCluster } from "../../settings/resolved.ts";
import { Secret } from "../../settings/secret.ts";
import { execSource, type ExecSurroundings } from "./exec-source.ts";

const v1 = "client.authentication.k8s.io/v1";
const cluster: ResolvedCluster = {
  server: "https://10.0.0.1:6443",
  ca: undefined,
  tlsServerName: "kube",
  insecureSkipTlsVerify: false,
  proxyUrl: undefined,
  compression: true,
  execConfig: { audience: "x" },
};

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "kubewright-exec-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** A plugin that is a shell script in a folder of PATH. */
async function plugin(script: string, changes: Partial<ExecPlugin> = {}, name = "plugin"): Promise<ExecPlugin> {
  const file = join(folder, name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return {
    command: name,
    args: [],
    env: [],
    apiVersion: v1,
    interactiveMode: "Never",
    provideClusterInfo: false,
    installHint: undefined,
    ...changes,
  };
}

function around(changes: Partial<ExecSurroundings> = {}): ExecSurroundings {
  return {
    cluster,
    ca: async () => "PEM",
    policy: "AllowAll",
    env: { PATH: `${folder}${delimiter}/usr/bin${delimiter}/bin` },
    platform: process.platform,
    signal: new AbortController().signal,
    isTerminal: () => false,
    ...changes,
  };
}

function answer(status: object, apiVersion = v1): string {
  return `cat <<'END'\n${JSON.stringify({ apiVersion, kind: "ExecCredential", status })}\nEND`;
}

const failure = (exec: ExecPlugin, changes: Partial<ExecSurroundings> = {}): Promise<string> =>
  refusal(execSource(exec, around(changes)).current());

// Windows has no shell scripts; there the pure parts are tested by find-command.test.ts.
describe.skipIf(process.platform === "win32")("credential plugins", () => {
  test("a token that a plugin brings is used", async () => {
    const credential = await execSource(await plugin(answer({ token: "abc" })), around()).current();
    expect(credential.token?.reveal()).toBe("abc");
  });

  test("v1beta1, and YAML as kubectl takes it", async () => {
    const apiVersion = "client.authentication.k8s.io/v1beta1";
    const beta = await plugin(answer({ token: "abc" }, apiVersion), { apiVersion });
    expect((await execSource(beta, around()).current()).token?.reveal()).toBe("abc");
    const yaml = await plugin(`printf 'apiVersion: ${v1}\\nkind: ExecCredential\\nstatus:\\n  token: abc\\n'`);
    expect((await execSource(yaml, around()).current()).token?.reveal()).toBe("abc");
  });

  test("arguments reach the plugin as they are: no shell reads them", async () => {
    const marker = join(folder, "marker");
    const args = [`;touch ${marker}`, "$(touch " + marker + ")", "a b", "line\nbreak", "*", ""];
    const exec = await plugin(`printf '%s\\0' "$@" > ${folder}/args; ${answer({ token: "t" })}`, {
      args: args.map((text) => new Secret(text)),
    });
    await execSource(exec, around()).current();
    expect((await readFile(join(folder, "args"), "utf8")).split("\0").slice(0, -1)).toEqual(args);
    await expect(readFile(marker)).rejects.toThrow("ENOENT");
  });

  test("env is added to the process's own, and KUBERNETES_EXEC_INFO says what is asked for", async () => {
    const exec = await plugin(
      `printf '%s|%s|%s' "$FROM_PROCESS" "$AWS_PROFILE" "$KUBERNETES_EXEC_INFO" > ${folder}/env; ${answer({ token: "t" })}`,
      {
        env: [{ name: "AWS_PROFILE", value: new Secret("prod") }],
      },
    );
    const env = { ...around().env, FROM_PROCESS: "yes", AWS_PROFILE: "other" };
    await execSource(exec, around({ env })).current();
    const [own, set, info = ""] = (await readFile(join(folder, "env"), "utf8")).split("|");
    expect([own, set]).toEqual(["yes", "prod"]);
    expect(JSON.parse(info)).toEqual({ kind: "ExecCredential", apiVersion: v1, spec: { interactive: false } });
  });

  test("provideClusterInfo describes the cluster", async () => {
    const exec = await plugin(`printf '%s' "$KUBERNETES_EXEC_INFO" > ${folder}/info; ${answer({ token: "t" })}`, {
      provideClusterInfo: true,
    });
    await execSource(exec, around()).current();
    expect(JSON.parse(await readFile(join(folder, "info"), "utf8"))).toEqual({
      kind: "ExecCredential",
      apiVersion: v1,
      spec: {
        interactive: false,
        cluster: {
          server: "https://10.0.0.1:6443",
          "tls-server-name": "kube",
          "insecure-skip-tls-verify": undefined,
          "certificate-authority-data": Buffer.from("PEM").toString("base64"),
          config: { audience: "x" },
        },
      },
    });
  });

  test("1,000 requests run it once, also when it expires and when it is refused", async () => {
    const exec = await plugin(`echo run >> ${folder}/runs; n=$(wc -l < ${folder}/runs | tr -d ' ')
printf '{"apiVersion":"${v1}","kind":"ExecCredential","status":{"token":"t%s"}}' "$n"`);
    const source = execSource(exec, around());
    const first = await Promise.all(Array.from({ length: 1000 }, () => source.current()));
    expect(new Set(first).size).toBe(1);
    const refused = first[0]!;
    const second = await Promise.all(Array.from({ length: 1000 }, () => source.renew(refused)));
    expect(new Set(second.map((credential) => credential?.token?.reveal()))).toEqual(new Set(["t2"]));
    expect(await readFile(join(folder, "runs"), "utf8")).toBe("run\nrun\n");
  });

  test("a new certificate is another credential, also for the same key", async () => {
    const authority = createAuthority();
    const [one, two] = [authority.issue(), authority.issue()];
    authority.remove();
    const bring = (cert: string) =>
      writeFile(
        join(folder, "status"),
        JSON.stringify({
          apiVersion: v1,
          kind: "ExecCredential",
          status: { clientCertificateData: cert, clientKeyData: one.key },
        }),
      );
    const source = execSource(await plugin(`cat ${folder}/status`), around());
    await bring(one.cert);
    const first = await source.current();
    await bring(two.cert);
    expect((await source.renew(first))?.cert).toBe(two.cert);
  });

  test.each([
    ["nothing", ":", "did not write an ExecCredential"],
    ["no JSON", "echo 'oops: [canary'", "did not write an ExecCredential in JSON"],
    ["another kind", `echo '{"kind":"Pod","apiVersion":"v1"}'`, "did not write an ExecCredential"],
    [
      "another version",
      answer({ token: "canary" }, "client.authentication.k8s.io/v1beta1"),
      "answered in another apiVersion",
    ],
    ["no status", `echo '{"kind":"ExecCredential","apiVersion":"${v1}"}'`, "brought no status"],
    ["an empty status", answer({}), "neither a token nor a certificate"],
    ["a certificate without key", answer({ clientCertificateData: "canary" }), "certificate or a key, but not both"],
    ["a key without certificate", answer({ clientKeyData: "canary" }), "certificate or a key, but not both"],
    [
      "a broken certificate",
      answer({ clientCertificateData: "canary", clientKeyData: "canary" }),
      "not a PEM certificate",
    ],
    ["a token with a line break", answer({ token: "canary\r\nX: y" }), "spaces or line breaks"],
    ["a token that is no text", answer({ token: { canary: 1 } }), "status.token that is not text"],
    ["a time that is none", answer({ token: "canary", expirationTimestamp: "soon" }), "not an RFC 3339 time"],
    ["exit code 3", "echo canary; exit 3", "ended with exit code 3"],
    ["death by a signal", "kill -9 $$", "ended with SIGKILL"],
  ])("an answer of %s is an AuthError that quotes nothing", async (_, script, message) => {
    const text = await failure(await plugin(script));
    expect(text).toMatch(/^AuthError: /);
    expect(text).toContain(message);
    expect(text).not.toContain("canary");
  });

  test("a hanging plugin is ended with what it started", async () => {
    const exec = await plugin(`sleep 60 & echo $! > ${folder}/child; echo $$ > ${folder}/self; wait`);
    expect(await failure(exec, { timeoutMs: 300 })).toContain("did not answer within 0.3 s");
    for (const name of ["child", "self"]) {
      const pid = Number(await readFile(join(folder, name), "utf8"));
      await expect.poll(() => isAlive(pid)).toBe(false);
    }
  });

  test("what it leaves running may hold its output open, and stays", async () => {
    const exec = await plugin(`${answer({ token: "t" })}\nsleep 60 & echo $! > ${folder}/child`);
    expect((await execSource(exec, around({ timeoutMs: 30_000 })).current()).token?.reveal()).toBe("t");
    const pid = Number(await readFile(join(folder, "child"), "utf8"));
    expect(isAlive(pid)).toBe(true);
    process.kill(pid, "SIGKILL");
  });

  test("what it leaves running without end is ended too", async () => {
    const exec = await plugin(`echo $$ > ${folder}/group; (cat /dev/zero; sleep 20) & exit 0`);
    expect(await failure(exec)).toMatch(/^LimitError: /);
    const group = (await readFile(join(folder, "group"), "utf8")).trim();
    const ofGroup = (): string[] =>
      spawnSync("ps", ["-eo", "pgid=,stat="], { encoding: "utf8" })
        .stdout.split("\n")
        .map((line) => line.trim().split(/ +/))
        .flatMap(([pgid, state = ""]) => (pgid === group && !state.startsWith("Z") ? [state] : []));
    await expect.poll(ofGroup, { timeout: 5000 }).toEqual([]);
  });

  test("endless output ends it", async () => {
    const exec = await plugin("yes canary");
    const text = await failure(exec);
    expect(text).toMatch(
      /^LimitError: TooLarge: the output of the credential plugin plugin is larger than 1048576 bytes/,
    );
  });

  test("closing the connection ends it", async () => {
    const controller = new AbortController();
    const waiting = failure(await plugin("sleep 60"), { signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    expect(await waiting).toContain("ended because the connection was closed");
  });

  test("a missing plugin is told with the hint of the kubeconfig, without escape sequences", async () => {
    const exec = await plugin(":", { command: "absent-plugin", installHint: "brew install it \u001b[31mnow\u001b[0m" });
    expect(await failure(exec)).toBe(
      "AuthError: Plugin not found: there is no credential plugin absent-plugin; brew install it U+001B[31mnowU+001B[0m",
    );
    const plain = await plugin(":", { command: "absent-plugin" });
    expect(await failure(plain)).toContain("install it, or correct command in the kubeconfig");
  });

  test("a file that cannot be executed is not a plugin", async () => {
    const exec = await plugin("exit 0");
    await chmod(join(folder, "plugin"), 0o644);
    // root may execute nothing that has no x bit either.
    expect(await failure(exec)).toContain("Plugin not found");
  });

  test("interactiveMode says whether a plugin may ask, and Always needs a terminal", async () => {
    const show = `printf '%s' "$KUBERNETES_EXEC_INFO" > ${folder}/info; ${answer({ token: "t" })}`;
    const interactive = async (mode: ExecPlugin["interactiveMode"], terminal: boolean): Promise<boolean> => {
      await execSource(await plugin(show, { interactiveMode: mode }), around({ isTerminal: () => terminal })).current();
      const info = JSON.parse(await readFile(join(folder, "info"), "utf8")) as { spec: { interactive: boolean } };
      return info.spec.interactive;
    };
    expect(await interactive("Never", true)).toBe(false);
    expect(await interactive("IfAvailable", false)).toBe(false);
    expect(await failure(await plugin(show, { interactiveMode: "Always" }))).toContain(
      "standard input is not a terminal",
    );
  });

  test("a policy says which plugins may run", async () => {
    const exec = await plugin(answer({ token: "t" }));
    const run = async (policy: ExecSurroundings["policy"]): Promise<string> => {
      const { token } = await execSource(exec, around({ policy })).current();
      return token?.reveal() ?? "";
    };
    expect(await failure(exec, { policy: "DenyAll" })).toContain('execPolicy is "DenyAll"');
    expect(await failure(exec, { policy: { allow: ["other"] } })).toContain("does not stand in execPolicy.allow");
    expect(await failure(exec, { policy: { allow: ["/elsewhere/plugin"] } })).toContain(
      "does not stand in execPolicy.allow",
    );
    expect(await run({ allow: ["plugin"] })).toBe("t");
    expect(await run({ allow: [join(folder, "plugin")] })).toBe("t");
    expect(await run({ allow: [`${folder}/./x/../plugin`] })).toBe("t");
    const byPath = { ...exec, command: join(folder, "plugin") };
    expect((await execSource(byPath, around({ policy: { allow: ["plugin"] } })).current()).token?.reveal()).toBe("t");
    await mkdir(join(folder, "other"));
    const elsewhere = await plugin(answer({ token: "t" }), {}, "other/plugin");
    const stranger = { ...elsewhere, command: join(folder, "other/plugin") };
    expect(await failure(stranger, { policy: { allow: ["plugin"] } })).toContain("does not stand in execPolicy.allow");
  });

  test("errors hold neither arguments nor variables", async () => {
    const secrets = { args: [new Secret("--password=canary")], env: [{ name: "SECRET", value: new Secret("canary") }] };
    const broken = await plugin("exit 1", secrets);
    await writeFile(join(folder, "bad"), "#!/absent/interpreter\n");
    await chmod(join(folder, "bad"), 0o755);
    for (const exec of [broken, { ...broken, command: "absent" }, { ...broken, command: join(folder, "bad") }]) {
      const error: unknown = await execSource(exec, around())
        .current()
        .catch((reason: unknown) => reason);
      expect(isKubeError(error)).toBe(true);
      expect(inspect(error, { depth: 9 })).not.toContain("canary");
    }
  });
});

// A zombie has ended too; it only waits for its parent to notice.
function isAlive(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.trim().startsWith("Z");
}
