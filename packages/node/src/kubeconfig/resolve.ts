import { ConfigError, InputError, shownAs } from "@kubewright/core";
import type { ConnectOptions } from "../settings/connect-options.ts";
import { credentialKinds } from "../settings/credential-kinds.ts";
import { readPodConfig } from "./in-cluster.ts";
import type { Surroundings } from "../settings/surroundings.ts";
import { invalidKubeconfig } from "./fields.ts";
import { chooseContext, namespaceOf, noContext } from "./choose-context.ts";
import { placeOf, type KubeconfigEntry, type KubeconfigSections } from "./kubeconfig.ts";
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

function fromContext(
  config: KubeconfigSections,
  name: string,
  options: ConnectOptions,
  around: Surroundings,
): ResolvedConfig {
  const { fields, cluster, user } = chooseContext(config, name, options);
  if (options.untrusted === true) refuseUntrusted(cluster, user);
  if (cluster === undefined && options.server === undefined)
    throw invalidKubeconfig(fields.place, "it names no cluster; add one, or pass `server`");
  const namespace = namespaceOf(fields);
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

async function nothingFound(config: KubeconfigSections, pod: string, around: Surroundings): Promise<ConfigError> {
  if (config.contexts.size > 0) return noContext(config);
  const list = kubeconfigList(around);
  const looked =
    list === undefined ? `KUBECONFIG is not set, ${await homeKubeconfig(around)}` : `KUBECONFIG (${list.join(", ")})`;
  const state = config.files.length === 0 ? "does not exist" : "is empty";
  return new ConfigError(
    `No configuration: ${looked} ${state}, and ${pod}; pass \`kubeconfig\`, or \`server\` with \`ca\` and credentials, to connect()`,
  );
}
