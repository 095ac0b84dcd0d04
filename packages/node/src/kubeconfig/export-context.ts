import { type KubernetesObject, stringifyManifest } from "@kubewright/core";
import type { Surroundings } from "../settings/surroundings.ts";
import { checkCluster, checkContext } from "./check-entries.ts";
import { chooseContext, noContext } from "./choose-context.ts";
import { type Fields, fieldsOf, invalidKubeconfig, isMap, own, type PlainMap } from "./fields.ts";
import { type KubeconfigEntry, type KubeconfigSections, placeOf } from "./kubeconfig.ts";
import { pathsOf } from "./locate.ts";
import { readPemFile } from "./pem-file.ts";
import { besideFile } from "./read-cluster.ts";
import { readUser } from "./read-user.ts";

const whole = "the kubeconfig";

/** Fields of an entry, and where its relative paths begin. */
interface Source {
  readonly fields: Fields;
  readonly map: PlainMap;
  readonly file: string | undefined;
  readonly around: Surroundings;
}

/**
 * A context by itself, as `kubectl config view --minify --flatten --raw` prints it. What is printed follows the Go types of
 * client-go (tools/clientcmd/api/v1): fields without omitempty always stand there.
 */
export async function exportContext(
  config: KubeconfigSections,
  asked: { readonly context: string | undefined; readonly kubeconfigText: string | undefined },
  around: Surroundings,
): Promise<string> {
  const name = asked.context ?? config.currentContext;
  if (name === undefined) throw noContext(config);
  const chosen = chooseContext(config, name, asked);
  checkContext(chosen);
  const { context, fields, cluster, user } = chosen;
  const exported = {
    apiVersion: "v1",
    kind: "Config",
    ...preferences(config),
    "current-context": name,
    contexts: [
      {
        name,
        context: set({
          cluster: fields.text("cluster") ?? "",
          user: fields.text("user") ?? "",
          namespace: fields.text("namespace"),
          extensions: extensions([context.fields], fields.place),
        }),
      },
    ],
    clusters: cluster === undefined ? null : [{ name: cluster.name, cluster: await clusterOf(cluster, around) }],
    users: user === undefined ? null : [{ name: user.name, user: await userOf(user, around) }],
    ...set({ extensions: extensions(config.roots, whole) }),
  };
  return stringifyManifest([exported as KubernetesObject]);
}

async function clusterOf(entry: KubeconfigEntry, around: Surroundings): Promise<PlainMap> {
  checkCluster(entry, pathsOf(around));
  const source = sourceOf("cluster", entry, around);
  const { fields } = source;
  return set({
    server: fields.text("server") ?? "",
    "tls-server-name": fields.text("tls-server-name"),
    "insecure-skip-tls-verify": fields.flag("insecure-skip-tls-verify") || undefined,
    "certificate-authority-data": await dataOf(source, "certificate-authority"),
    "proxy-url": fields.text("proxy-url"),
    "disable-compression": fields.flag("disable-compression") || undefined,
    extensions: extensions([source.map], fields.place),
  });
}

async function userOf(entry: KubeconfigEntry, around: Surroundings): Promise<PlainMap> {
  readUser(entry, pathsOf(around));
  const source = sourceOf("user", entry, around);
  const { fields } = source;
  const groups = fields.texts("as-groups");
  const extra = fields.map("as-user-extra") ?? {};
  return set({
    "client-certificate-data": await dataOf(source, "client-certificate"),
    "client-key-data": await dataOf(source, "client-key"),
    token: fields.text("token"),
    tokenFile: pathOf(fields.text("tokenFile"), source),
    username: fields.text("username"),
    password: fields.text("password"),
    as: fields.text("as"),
    "as-uid": fields.text("as-uid"),
    "as-groups": groups.length > 0 ? groups : undefined,
    "as-user-extra": Object.keys(extra).length > 0 ? extra : undefined,
    "auth-provider": loginOf(source),
    exec: pluginOf(source),
    extensions: extensions([source.map], fields.place),
  });
}

function pluginOf(source: Source): PlainMap | undefined {
  const map = source.fields.map("exec");
  if (map === undefined) return undefined;
  const fields = fieldsOf(map, `exec of ${source.fields.place}`);
  const command = fields.text("command") ?? "";
  const apiVersion = fields.text("apiVersion");
  const given = (key: string): readonly unknown[] | null => (isUnset(map, key) ? null : fields.list(key));
  return set({
    apiVersion,
    command: command.includes(pathsOf(source.around).sep) ? pathOf(command, source) : command,
    args: given("args"),
    env: given("env")?.map((one) => variableOf(one as PlainMap)) ?? null,
    installHint: fields.text("installHint"),
    interactiveMode: fields.text("interactiveMode") ?? (apiVersion?.endsWith("/v1beta1") ? "IfAvailable" : undefined),
    provideClusterInfo: fields.flag("provideClusterInfo"),
  });
}

function variableOf(map: PlainMap): PlainMap {
  return { name: own(map, "name"), value: own(map, "value") ?? "" };
}

function loginOf(source: Source): PlainMap | undefined {
  const provider = source.fields.map("auth-provider");
  if (provider === undefined) return undefined;
  const { text, map } = fieldsOf(provider, `auth-provider of ${source.fields.place}`);
  const config = map("config");
  const ca = "idp-certificate-authority";
  const path = config && fieldsOf(config, source.fields.place).text(ca);
  return {
    name: text("name") ?? "",
    config: config === undefined ? null : { ...config, ...(path === undefined ? {} : { [ca]: pathOf(path, source) }) },
  };
}

function sourceOf(kind: "cluster" | "user", entry: KubeconfigEntry, around: Surroundings): Source {
  return { fields: fieldsOf(entry.fields, placeOf(kind, entry)), map: entry.fields, file: entry.file, around };
}

/** The data of a field, else those of the file that it names, in base64 on one line. */
async function dataOf({ fields, file, around }: Source, key: string): Promise<string | undefined> {
  const data = fields.text(`${key}-data`);
  if (data !== undefined) return Buffer.from(data, "base64").toString("base64");
  const path = fields.text(key);
  if (path === undefined) return undefined;
  return Buffer.from(await readPemFile(besideFile(path, file, pathsOf(around)), around.readFile)).toString("base64");
}

function pathOf(path: string | undefined, { file, around }: Source): string | undefined {
  return path && besideFile(path, file, pathsOf(around));
}

/** The extensions of several maps as one list, sorted by name; of one name the first map's. */
function extensions(maps: readonly PlainMap[], place: string): readonly PlainMap[] | undefined {
  const found = new Map<string, PlainMap>();
  for (const one of maps.flatMap((map) => fieldsOf(map, place).list("extensions"))) {
    if (!isMap(one)) throw invalidKubeconfig(place, "extensions must be a list of maps with name and extension");
    const name = fieldsOf(one, `extensions of ${place}`).text("name") ?? "";
    if (!found.has(name)) found.set(name, { name, extension: own(one, "extension") ?? null });
  }
  const sorted = [...found].sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
  return sorted.length === 0 ? undefined : sorted.map(([, extension]) => extension);
}

function preferences({ roots }: KubeconfigSections): PlainMap {
  const maps = roots.map((root) => fieldsOf(root, "preferences").map("preferences")).filter((map) => map !== undefined);
  const colors = maps.some((map) => fieldsOf(map, "preferences").flag("colors")) || undefined;
  const all = set({ colors, extensions: extensions(maps, "preferences") });
  return Object.keys(all).length === 0 ? {} : { preferences: all };
}

function isUnset(map: PlainMap, key: string): boolean {
  return (own(map, key) ?? undefined) === undefined;
}

/** Without what is undefined. */
function set(map: PlainMap): PlainMap {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));
}
