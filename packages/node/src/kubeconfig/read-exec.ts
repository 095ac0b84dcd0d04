import type { PlatformPath } from "node:path";
import { Secret } from "../settings/secret.ts";
import { fieldsOf, invalidKubeconfig, isMap, type Fields } from "./fields.ts";
import { besideFile } from "./read-cluster.ts";
import type { ExecPlugin } from "../settings/resolved.ts";

const group = "client.authentication.k8s.io";

/** Reads `exec`, a credential plugin. https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
export function readExecPlugin(user: Fields, file: string | undefined, paths: PlatformPath): ExecPlugin | undefined {
  const map = user.map("exec");
  if (map === undefined) return undefined;
  const fields = fieldsOf(map, `exec of ${user.place}`);
  const command = fields.text("command");
  if (command === undefined) throw invalidKubeconfig(fields.place, "command must name the plugin to run");
  const apiVersion = readApiVersion(fields);
  return {
    // A bare name is looked up in PATH; a path is relative to the kubeconfig.
    command: command.includes(paths.sep) ? besideFile(command, file, paths) : command,
    args: withoutNul(fields.texts("args"), fields).map((text) => new Secret(text)),
    env: fields.list("env").map((item) => readVariable(item, fields)),
    apiVersion,
    interactiveMode: readInteractiveMode(fields, apiVersion),
    provideClusterInfo: fields.flag("provideClusterInfo"),
    installHint: fields.text("installHint"),
  };
}

function readApiVersion(fields: Fields): ExecPlugin["apiVersion"] {
  const apiVersion = fields.text("apiVersion");
  if (apiVersion === `${group}/v1` || apiVersion === `${group}/v1beta1`) return apiVersion;
  const hint =
    apiVersion === `${group}/v1alpha1`
      ? "v1alpha1 is gone since Kubernetes 1.24; update the plugin and write "
      : "it must be ";
  throw invalidKubeconfig(fields.place, `apiVersion: ${hint}${group}/v1 or ${group}/v1beta1`);
}

function readVariable(item: unknown, fields: Fields): ExecPlugin["env"][number] {
  if (!isMap(item)) throw invalidKubeconfig(fields.place, "env must be a list of maps with name and value");
  const variable = fieldsOf(item, `env of ${fields.place}`);
  const name = variable.text("name");
  if (name === undefined || /[=\0]/.test(name))
    throw invalidKubeconfig(fields.place, "every variable of env needs a name, without =");
  const [value = ""] = withoutNul([variable.text("value") ?? ""], fields);
  return { name, value: new Secret(value) };
}

// Node's own error would quote the text.
function withoutNul(texts: readonly string[], fields: Fields): readonly string[] {
  if (texts.some((text) => text.includes("\0")))
    throw invalidKubeconfig(fields.place, "args and env must not hold zero bytes");
  return texts;
}

function readInteractiveMode(fields: Fields, apiVersion: string): ExecPlugin["interactiveMode"] {
  const mode = fields.text("interactiveMode") ?? (apiVersion.endsWith("/v1beta1") ? "IfAvailable" : undefined);
  if (mode === "Never" || mode === "IfAvailable" || mode === "Always") return mode;
  throw invalidKubeconfig(fields.place, "interactiveMode must be Never, IfAvailable or Always");
}
