import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { clusters } from "../fixtures/kubeconfig/clusters.ts";
import { finding } from "../fixtures/kubeconfig/finding.ts";
import type { KubeconfigCase } from "../fixtures/kubeconfig/kubeconfig-case.ts";
import { text } from "../fixtures/kubeconfig/text.ts";
import { users } from "../fixtures/kubeconfig/users.ts";
import { parseServerUrl, serverText } from "../../packages/node/src/kubeconfig/server-url.ts";

// The table's expectations, put to the real kubectl: `config view --minify --flatten` shows what it would connect to. Rows with a
// reason are those that it cannot show or sees differently on purpose.

type Json = Readonly<Record<string, unknown>>;

const rows = [...finding, ...text, ...clusters, ...users].filter((row) => row.notKubectl === undefined);
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "kubewright-kubectl-"));
});

afterAll(() => rm(root, { recursive: true }));

describe.concurrent("kubectl agrees", () => {
  test("the table has enough that kubectl can judge", () => expect(rows.length).toBeGreaterThan(80));

  test.each(rows.map((row, index) => [row.name, row, index] as const))("%s", async (_name, row, index) => {
    const folder = join(root, String(index));
    const seen = await askKubectl(row, folder);
    if ("error" in row.result) expect(seen).toEqual({ error: true });
    else expect(seen).toEqual(expected(row, row.result, folder));
  });
});

/** `/v` of the table is the case's own folder. */
function inFolder(value: string, folder: string): string {
  return value.replaceAll(/(?<![\w.])\/v(?=\/)/g, folder);
}

async function askKubectl(row: KubeconfigCase, folder: string): Promise<Json> {
  await mkdir(join(folder, "work"), { recursive: true });
  for (const [path, content] of Object.entries(row.files ?? {})) {
    const file = inFolder(path, folder);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === "string" ? inFolder(content, folder) : content);
  }
  const env: Record<string, string> = { HOME: join(folder, "home"), PATH: process.env["PATH"] ?? "" };
  for (const [name, value] of Object.entries(row.env ?? {})) env[name] = inFolder(value, folder);
  const { kubeconfig, context } = row.options ?? {};
  const args = ["kubectl", "config", "view", "--minify", "--flatten", "-o", "json"];
  if (kubeconfig !== undefined) args.push("--kubeconfig", inFolder(kubeconfig, folder));
  if (context !== undefined) args.push("--context", context);
  try {
    const { stdout } = await promisify(execFile)(inject("controlPlane").binary, args, {
      env,
      cwd: join(folder, "work"),
    });
    return shownByKubectl(JSON.parse(stdout) as Json, folder, row);
  } catch (error) {
    if (typeof (error as { code?: unknown }).code === "number") return { error: true };
    throw error;
  }
}

/** What kubectl printed, in the table's words. */
function shownByKubectl(config: Json, folder: string, row: KubeconfigCase): Json {
  const entry = (section: string, field: string): Json => {
    const [first] = (config[section] ?? []) as Json[];
    return (first?.[field] ?? {}) as Json;
  };
  const [context, cluster, user] = [entry("contexts", "context"), entry("clusters", "cluster"), entry("users", "user")];
  const decoded = (data: unknown): string | undefined =>
    typeof data === "string" ? Buffer.from(data, "base64").toString("utf8") : undefined;
  const beside = (path: unknown): string | undefined =>
    typeof path === "string" ? resolve(dirname(userFile(row, folder)), path) : undefined;
  const speaksOfTls =
    cluster["certificate-authority-data"] ?? cluster["insecure-skip-tls-verify"] ?? user["client-certificate-data"];
  const { url } = parseServerUrl(String(cluster["server"]), speaksOfTls !== undefined);
  const all: Json = {
    context: config["current-context"],
    namespace: context["namespace"],
    server: url && serverText(url),
    ca: decoded(cluster["certificate-authority-data"]),
    tlsServerName: cluster["tls-server-name"],
    insecure: cluster["insecure-skip-tls-verify"],
    proxyUrl: cluster["proxy-url"],
    compression: cluster["disable-compression"] === true ? false : undefined,
    execConfig: ((cluster["extensions"] ?? []) as Json[]).find(
      ({ name }) => name === "client.authentication.k8s.io/exec",
    )?.["extension"],
    token: user["token"],
    tokenFile: beside(user["tokenFile"]),
    cert: decoded(user["client-certificate-data"]),
    key: decoded(user["client-key-data"]),
    basic: typeof user["username"] === "string" ? [user["username"], user["password"]].join(":") : undefined,
    exec: user["exec"] === undefined ? undefined : plugin(user["exec"] as Json, beside),
    oidc:
      user["auth-provider"] === undefined
        ? undefined
        : login((user["auth-provider"] as Json)["config"] as Json, beside),
    as:
      user["as"] === undefined
        ? undefined
        : {
            user: user["as"],
            uid: user["as-uid"],
            groups: user["as-groups"] ?? [],
            extra: user["as-user-extra"] ?? {},
          },
  };
  return JSON.parse(JSON.stringify(all)) as Json;
}

function plugin(exec: Json, beside: (path: unknown) => string | undefined): Json {
  const command = String(exec["command"]);
  const env = (exec["env"] ?? []) as { name: string; value: string }[];
  return {
    ...exec,
    command: command.includes("/") ? beside(command) : command,
    args: exec["args"] ?? [],
    env: Object.fromEntries(env.map(({ name, value }) => [name, value])),
  };
}

function login(config: Json, beside: (path: unknown) => string | undefined): Json {
  const data = config["idp-certificate-authority-data"];
  const file = beside(config["idp-certificate-authority"]);
  return {
    issuerUrl: config["idp-issuer-url"],
    clientId: config["client-id"],
    clientSecret: config["client-secret"],
    idToken: config["id-token"],
    refreshToken: config["refresh-token"],
    issuerCa: typeof data === "string" ? Buffer.from(data, "base64").toString("utf8") : file && `@${file}`,
  };
}

/** kubectl shows these paths as they are written: relative to the file that the user stands in. */
function userFile(row: KubeconfigCase, folder: string): string {
  const withUsers = Object.entries(row.files ?? {}).find(
    ([, content]) =>
      (typeof content === "string" && content.includes("users:\n")) || String(content).includes("users: ["),
  );
  return inFolder(withUsers?.[0] ?? "/v/home/.kube/config", folder);
}

/** The table's expectation with files read, as `--flatten` shows them. */
function expected(row: KubeconfigCase, result: Json, folder: string): Json {
  const flattened = Object.entries(result).map(([key, value]): [string, unknown] => {
    const file = typeof value === "string" && value.startsWith("@") ? row.files?.[value.slice(1)] : undefined;
    return [key, file ?? value];
  });
  return JSON.parse(inFolder(JSON.stringify(Object.fromEntries(flattened)), folder)) as Json;
}
