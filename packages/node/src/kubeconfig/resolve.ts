import { ConfigError, InputError, nearest, shownAs } from "@kubewright/core";
import { isNamespace } from "../settings/syntax.ts";
import type { ConnectOptions } from "../settings/connect-options.ts";
import { credentialKinds } from "../settings/credential-kinds.ts";
import { readPodConfig } from "./in-cluster.ts";
import type { Surroundings } from "../settings/surroundings.ts";
import { fieldsOf, invalidKubeconfig } from "./fields.ts";
import { placeOf, type Kubeconfig, type KubeconfigEntry } from "./kubeconfig.ts";
import { loadKubeconfig } from "./load.ts";
import { homeKubeconfig, kubeconfigList, pathsOf } from "./locate.ts";
import { emptyCluster, overrideCluster, overrideUser } from "./override.ts";
import { readCluster, type ClusterDraft } from "./read-cluster.ts";
import { anonymous, readUser } from "./read-user.ts";
import type { ResolvedConfig, ResolvedUser } from "../settings/resolved.ts";
import { insecureServer, parseServerUrl, serverText, takesCredentials } from "./server-url.ts";
import { refuseUntrusted } from "./untrusted.ts";

const noNames: ResolvedConfig["names"] = {
  context: undefined,
  cluster: undefined,
  user: undefined,
  userFile: undefined,
};

/**
 * Decides what to connect to, and as whom: explicit options, then a kubeconfig, then the pod. Options must have been checked.
 * Reads kubeconfigs only; the files they name are read by who connects.
 */
export async function resolveConfig(options: ConnectOptions, around: Surroundings): Promise<ResolvedConfig> {
  const explicit = options.kubeconfig !== undefined || options.kubeconfigText !== undefined;
  if (!explicit && options.context === undefined && (options.server !== undefined || options.transport !== undefined)) {
    return finish("options", noNames, options.namespace, emptyCluster, anonymous, options);
  }
  if (options.inCluster === true) return fromPod(options, around);
  const config = await loadKubeconfig(options, around);
  const chosen = options.context ?? config.currentContext;
  if (chosen !== undefined) return fromContext(config, chosen, options, around);
  if (explicit) throw noContext(config);
  const pod = await readPodConfig(around);
  if (typeof pod === "string") throw await nothingFound(config, pod, around);
  return finish("in-cluster", noNames, options.namespace ?? pod.namespace, pod.cluster, pod.user, options);
}

async function fromPod(options: ConnectOptions, around: Surroundings): Promise<ResolvedConfig> {
  const pod = await readPodConfig(around);
  if (typeof pod === "string")
    throw new ConfigError(`Not in a cluster: ${pod}; leave out inCluster to use a kubeconfig`);
  return finish("in-cluster", noNames, options.namespace ?? pod.namespace, pod.cluster, pod.user, options);
}

function fromContext(config: Kubeconfig, name: string, options: ConnectOptions, around: Surroundings): ResolvedConfig {
  const context = config.contexts.get(name);
  if (context === undefined) throw unknownContext(config, name, options);
  const fields = fieldsOf(context.fields, placeOf("context", context));
  const find = (
    key: "cluster" | "user",
    entries: ReadonlyMap<string, KubeconfigEntry>,
  ): KubeconfigEntry | undefined => {
    const wanted = fields.text(key);
    const entry = wanted === undefined ? undefined : entries.get(wanted);
    if (wanted !== undefined && entry === undefined) {
      throw invalidKubeconfig(
        fields.place,
        `there is no ${key} ${JSON.stringify(wanted)}${suggestion(wanted, entries)}`,
      );
    }
    return entry;
  };
  const cluster = find("cluster", config.clusters);
  const user = find("user", config.users);
  if (options.untrusted === true) refuseUntrusted(cluster, user);
  if (cluster === undefined && options.server === undefined)
    throw invalidKubeconfig(fields.place, "it names no cluster; add one, or pass `server`");
  const namespace = fields.text("namespace");
  if (namespace !== undefined && !isNamespace(namespace))
    throw invalidKubeconfig(fields.place, "namespace must be a DNS label: a-z, 0-9 and -, at most 63");
  const paths = pathsOf(around);
  const draft = cluster === undefined ? emptyCluster : readCluster(cluster, paths);
  if (cluster !== undefined) checkDraft(draft, cluster, options);
  return finish(
    "kubeconfig",
    { context: name, cluster: cluster?.name, user: user?.name, userFile: user?.file },
    options.namespace ?? namespace,
    draft,
    user === undefined ? anonymous : readUser(user, paths),
    options,
  );
}

function checkDraft(draft: ClusterDraft, entry: KubeconfigEntry, options: ConnectOptions): void {
  const place = placeOf("cluster", entry);
  if (draft.server === undefined && options.server === undefined)
    throw invalidKubeconfig(place, "it has no server; add one, or pass `server`");
  const merged = overrideCluster(draft, options);
  if (merged.insecureSkipTlsVerify && merged.ca !== undefined) {
    throw invalidKubeconfig(
      place,
      "certificate-authority and insecure-skip-tls-verify contradict each other; keep one of them",
    );
  }
}

function finish(
  source: ResolvedConfig["source"],
  names: ResolvedConfig["names"],
  namespace: string | undefined,
  cluster: ClusterDraft,
  user: ResolvedUser,
  options: ConnectOptions,
): ResolvedConfig {
  const draft = overrideCluster(cluster, options);
  const me = overrideUser(user, options);
  const text = draft.server ?? options.transport?.server ?? "";
  const speaksOfTls = draft.ca !== undefined || draft.insecureSkipTlsVerify || me.certificate !== undefined;
  const { url, problem } = parseServerUrl(text, speaksOfTls);
  if (problem !== undefined) {
    throw options.server === undefined
      ? new ConfigError(
          `Invalid server of ${names.cluster === undefined ? source : `cluster ${JSON.stringify(names.cluster)}`}: ${problem}`,
        )
      : new InputError("server", problem);
  }
  if (credentialKinds(me).length > 0 && !takesCredentials(url, draft.proxyUrl !== undefined))
    throw insecureServer(serverText(url));
  const server = serverText(url);
  const config = { source, names, namespace: namespace ?? "default", cluster: { ...draft, server }, user: me };
  return shownAs<ResolvedConfig>(config, "ResolvedConfig", () => ({
    source,
    context: names.context,
    cluster: names.cluster,
    server,
    namespace: config.namespace,
    credentials: credentialKinds(me),
  }));
}

function suggestion(wanted: string, entries: ReadonlyMap<string, unknown>): string {
  const close = nearest(wanted, [...entries.keys()]);
  return close === undefined ? "" : `; did you mean ${JSON.stringify(close)}?`;
}

function filesOf(config: Kubeconfig): string {
  return config.files.length === 0 ? "kubeconfigText" : config.files.join(", ");
}

function unknownContext(config: Kubeconfig, name: string, options: ConnectOptions): ConfigError {
  const place = options.context === undefined ? `current-context of ${filesOf(config)}` : "context";
  if (config.contexts.size === 0 && config.files.length === 0 && options.kubeconfigText === undefined) {
    return new ConfigError(
      `No kubeconfig: there is none in which context ${JSON.stringify(name)} could stand; pass \`kubeconfig\` or set KUBECONFIG`,
    );
  }
  return new ConfigError(
    `Unknown context: ${place} is ${JSON.stringify(name)}, which does not exist${suggestion(name, config.contexts)}; ${known(config)}`,
  );
}

function noContext(config: Kubeconfig): ConfigError {
  return new ConfigError(`No context: ${filesOf(config)} has no current-context; pass \`context\` (${known(config)})`);
}

function known(config: Kubeconfig): string {
  const names = [...config.contexts.keys()];
  if (names.length === 0) return "there are no contexts";
  const more = names.length > 10 ? ` and ${names.length - 10} more` : "";
  return `there are ${names
    .slice(0, 10)
    .map((name) => JSON.stringify(name))
    .join(", ")}${more}`;
}

async function nothingFound(config: Kubeconfig, pod: string, around: Surroundings): Promise<ConfigError> {
  if (config.contexts.size > 0) return noContext(config);
  const list = kubeconfigList(around);
  const looked =
    list === undefined ? `KUBECONFIG is not set, ${await homeKubeconfig(around)}` : `KUBECONFIG (${list.join(", ")})`;
  const state = config.files.length === 0 ? "does not exist" : "is empty";
  return new ConfigError(
    `No configuration: ${looked} ${state}, and ${pod}; pass \`kubeconfig\`, or \`server\` with \`ca\` and credentials, to connect()`,
  );
}
