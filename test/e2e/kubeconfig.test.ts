import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { clusters } from "../fixtures/kubeconfig/clusters.ts";
import { finding } from "../fixtures/kubeconfig/finding.ts";
import { base64, config, type KubeconfigCase, pemA } from "../fixtures/kubeconfig/kubeconfig-case.ts";
import { text } from "../fixtures/kubeconfig/text.ts";
import { users } from "../fixtures/kubeconfig/users.ts";
import { parseYaml } from "@kubewright/core";
import { readKubeconfigFrom } from "../../packages/node/src/kubeconfig/read.ts";
import { processSurroundings } from "../../packages/node/src/settings/surroundings.ts";
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
    const printed = await askKubectl(row, folder);
    if (printed === undefined || "error" in row.result) {
      expect({ error: printed === undefined }).toEqual({ error: "error" in row.result });
      return;
    }
    const seen = (await parseYaml(printed)) as Json;
    expect(shownByKubectl(seen, folder, row)).toEqual(expected(row, row.result, folder));
    await expectSameExport(row, folder, printed);
  });
});

// What the table does not say, for connect() has no use for it.
const sameText = (name: string, files: Readonly<Record<string, string>>, more: object = {}): KubeconfigCase => ({
  name,
  files,
  result: {},
  ...more,
});
const home = "/v/home/.kube/config";
const extension = "{ z: 12345678901234567890, y: 1.0, n: null, big: 1e30, text: '012', list: [{ a: [] }, {}] }";
const exported: readonly KubeconfigCase[] = [
  sameText("extensions, preferences and fields that nobody knows", {
    [home]: `preferences: { colors: true, more: 1, extensions: [{ name: p, extension: "on" }] }
unknown: 1
extensions: [{ name: b, extension: ${extension} }, { name: a, extension: yes }, { name: c }]
current-context: a
contexts:
- { name: a, context: { cluster: a, user: a, odd: 2, namespace: "012", extensions: [{ name: x, extension: ${extension} }] } }
clusters:
- { name: a, cluster: { server: "https://a", odd: { a: 1 }, extensions: [{ name: b, extension: 1 }, { name: B, extension: 2 }] } }
users:
- { name: a, user: { token: "yes", odd: [1], extensions: [{ name: "", extension: {} }] } }
`,
  }),
  sameText(
    "several files with extensions and preferences",
    {
      "/v/one": "extensions: [{ name: a, extension: 1 }]\ncontexts: [{ name: a, context: { cluster: a } }]",
      "/v/two": `preferences: { colors: true }
extensions: [{ name: a, extension: 2 }, { name: "0", extension: 3 }]
current-context: a
clusters: [{ name: a, cluster: { server: "https://a" } }, { name: b, cluster: {} }]
`,
    },
    { env: { KUBECONFIG: "/v/one:/v/none:/v/two" } },
  ),
  sameText(
    "names that YAML would read as something else, and a context that is not the current one",
    {
      [home]: `current-context: a
contexts: [{ name: "012", context: { cluster: "yes", user: "1e3" } }, { name: a, context: { cluster: "~" } }]
clusters: [{ name: "yes", cluster: { server: "https://a" } }, { name: "~", cluster: { server: "https://b" } }]
users: [{ name: "1e3", user: { username: "null", password: " a: b #c " } }]
`,
    },
    { options: { context: "012" } },
  ),
  ...[
    "{}",
    '{ args: [], env: [], installHint: "two\\nlines" }',
    "{ args: [a, '', 'yes'], env: [{ name: A, value: '1' }, { name: B }], provideClusterInfo: true }",
    "{ interactiveMode: Always }",
  ].map((fields, index) =>
    sameText(`a plugin, ${index}`, {
      [home]: config(
        "a",
        "server: https://a",
        `exec: { command: login, apiVersion: client.authentication.k8s.io/v1beta1, ${fields.slice(1, -1)} }`,
      ),
    }),
  ),
  sameText("impersonation with nothing in its lists", {
    [home]: config("a", "server: https://a", "as: jane, as-groups: [], as-user-extra: { a: [], b: [c, d] }"),
  }),
  sameText("long texts, and data on several lines", {
    [home]: config(
      "a",
      `server: https://a, certificate-authority-data: "${base64(pemA).replace(/.{20}/g, "$&\\n")}"`,
      `username: ${"a word ".repeat(30)}, password: "${"\\u00fc ".repeat(60)}"`,
    ),
  }),
];

describe.concurrent("export() is the text that kubectl prints", () => {
  test.each(exported.map((row, index) => [row.name, row, index] as const))("%s", async (_name, row, index) => {
    const folder = join(root, `export-${index}`);
    const printed = await askKubectl(row, folder);
    await expectSameExport(row, folder, printed ?? expect.unreachable());
  });
});

async function expectSameExport(row: KubeconfigCase, folder: string, printed: string): Promise<void> {
  const seen = (await parseYaml(printed)) as Json;
  const own = await exportedBy(row, folder);
  if (hasRelativePath(seen)) expect(absolute(await parseYaml(own), folder, row)).toEqual(absolute(seen, folder, row));
  else expect(own).toBe(printed);
}

/** `/v` of the table is the case's own folder. */
function inFolder(value: string, folder: string): string {
  return value.replaceAll(/(?<![\w.])\/v(?=\/)/g, folder);
}

/** What it prints in YAML; undefined when it refuses. */
async function askKubectl(row: KubeconfigCase, folder: string): Promise<string | undefined> {
  await mkdir(join(folder, "work"), { recursive: true });
  for (const [path, content] of Object.entries(row.files ?? {})) {
    const file = inFolder(path, folder);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, typeof content === "string" ? inFolder(content, folder) : content);
  }
  const { kubeconfig, context } = row.options ?? {};
  const args = ["kubectl", "config", "view", "--minify", "--flatten", "--raw"];
  if (kubeconfig !== undefined) args.push("--kubeconfig", inFolder(kubeconfig, folder));
  if (context !== undefined) args.push("--context", context);
  try {
    const { stdout } = await promisify(execFile)(inject("controlPlane").binary, args, {
      env: environment(row, folder),
      cwd: join(folder, "work"),
    });
    return stdout;
  } catch (error) {
    if (typeof (error as { code?: unknown }).code === "number") return undefined;
    throw error;
  }
}

function environment(row: KubeconfigCase, folder: string): Record<string, string> {
  const env: Record<string, string> = { HOME: join(folder, "home"), PATH: process.env["PATH"] ?? "" };
  for (const [name, value] of Object.entries(row.env ?? {})) env[name] = inFolder(value, folder);
  return env;
}

/** What our own export of the same context gives. */
async function exportedBy(row: KubeconfigCase, folder: string): Promise<string> {
  const { kubeconfig, context } = row.options ?? {};
  const around = {
    ...processSurroundings(),
    env: environment(row, folder),
    homeDir: join(folder, "home"),
    workingDir: join(folder, "work"),
  };
  const config = await readKubeconfigFrom({ kubeconfig: kubeconfig && inFolder(kubeconfig, folder) }, around);
  return config.export(context);
}

/** Paths that kubectl leaves as they were written, relative to a file that is not there beside the printed text. */
function relativePaths(config: Json): readonly { readonly within: Record<string, unknown>; readonly key: string }[] {
  const user = (((config["users"] ?? []) as Json[])[0]?.["user"] ?? {}) as Record<string, unknown>;
  const exec = (user["exec"] ?? {}) as Record<string, unknown>;
  const login = ((user["auth-provider"] as Json | undefined)?.["config"] ?? {}) as Record<string, unknown>;
  return [
    { within: user, key: "tokenFile" },
    { within: exec, key: "command" },
    { within: login, key: "idp-certificate-authority" },
  ].filter(({ within, key }) => {
    const path = within[key];
    return typeof path === "string" && !path.startsWith("/") && (key !== "command" || path.includes("/"));
  });
}

const hasRelativePath = (config: Json): boolean => relativePaths(config).length > 0;

function absolute(config: unknown, folder: string, row: KubeconfigCase): Json {
  const copy = structuredClone(config) as Json;
  for (const { within, key } of relativePaths(copy))
    within[key] = resolve(dirname(userFile(row, folder)), String(within[key]));
  return copy;
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
