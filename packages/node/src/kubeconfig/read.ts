import { type ConfigError, InputError } from "@kubewright/core";
import { checkConnectOptions } from "../settings/check-connect-options.ts";
import { processSurroundings, type Surroundings } from "../settings/surroundings.ts";
import { checkCluster, checkContext } from "./check-entries.ts";
import { chooseContext, namespaceOf } from "./choose-context.ts";
import { exportContext } from "./export-context.ts";
import { fieldsOf } from "./fields.ts";
import { type KubeconfigEntry, type KubeconfigSections, type OnBroken, orBroken, placeOf } from "./kubeconfig.ts";
import { loadKubeconfig } from "./load.ts";
import { pathsOf } from "./locate.ts";
import { readUser } from "./read-user.ts";
import { clusterFields, redacted, userFields } from "./redacted-fields.ts";

/** A value of a kubeconfig that may be a credential: text, JSON and `console.log` show `[redacted]`. */
export interface KubeconfigSecret {
  /** The value itself; of what is not text, its JSON. */
  reveal(): string;
}

/** What contexts, clusters and users of a {@link Kubeconfig} have in common. */
export interface KubeconfigPart {
  /** The name, as contexts and callers use it. */
  readonly name: string;
  /** The file it stands in; undefined for `kubeconfigText`. */
  readonly file: string | undefined;
  /** Why `connect()` would refuse it; undefined when it would not. What cannot be understood is left out of the fields. */
  readonly problem: ConfigError | undefined;
}

/** A context of a kubeconfig: a cluster, a user and a namespace under one name. */
export interface KubeconfigContext extends KubeconfigPart {
  /** The name of its cluster. */
  readonly cluster: string | undefined;
  /** The name of its user. */
  readonly user: string | undefined;
  /** Undefined when none is set: `connect()` and kubectl then take `default`. */
  readonly namespace: string | undefined;
}

/** A cluster of a kubeconfig. */
export interface KubeconfigCluster extends KubeconfigPart {
  /** By the names of the file; unknown fields too, each a {@link KubeconfigSecret}. Of an address, user and query are not shown. */
  readonly fields: {
    readonly server?: string;
    readonly "tls-server-name"?: string;
    readonly "insecure-skip-tls-verify"?: boolean;
    readonly "certificate-authority"?: string;
    readonly "certificate-authority-data"?: KubeconfigSecret;
    readonly "proxy-url"?: KubeconfigSecret;
    readonly "disable-compression"?: boolean;
    readonly [unknown: string]: unknown;
  };
}

/** A user of a kubeconfig, with its secrets redacted. */
export interface KubeconfigUser extends KubeconfigPart {
  /** By the names of the file; unknown fields too, each a {@link KubeconfigSecret}. */
  readonly fields: {
    readonly token?: KubeconfigSecret;
    readonly tokenFile?: string;
    readonly "client-certificate"?: string;
    readonly "client-certificate-data"?: KubeconfigSecret;
    readonly "client-key"?: string;
    readonly "client-key-data"?: KubeconfigSecret;
    readonly username?: string;
    readonly password?: KubeconfigSecret;
    readonly as?: string;
    readonly "as-uid"?: string;
    readonly "as-groups"?: readonly string[];
    readonly exec?: {
      readonly apiVersion?: string;
      readonly command?: string;
      readonly args?: readonly KubeconfigSecret[];
      readonly env?: readonly { readonly name?: string; readonly value?: KubeconfigSecret }[];
      readonly interactiveMode?: string;
      readonly provideClusterInfo?: boolean;
      readonly installHint?: string;
    };
    readonly "auth-provider"?: {
      readonly name?: string;
      readonly config?: {
        readonly "client-id"?: string;
        readonly "idp-issuer-url"?: string;
        readonly "idp-certificate-authority"?: string;
        readonly [secret: string]: string | KubeconfigSecret | undefined;
      };
    };
    readonly [unknown: string]: unknown;
  };
}

/** A kubeconfig as it was when it was read, several files merged as kubectl merges them. */
export interface Kubeconfig {
  /** The files it came from, first to last; those of `KUBECONFIG` that do not exist are left out. */
  readonly files: readonly string[];
  /** The name of the current context; undefined when none is set. There need not be a context of the name. */
  readonly currentContext: string | undefined;
  /** In the order of the files, each name once. */
  readonly contexts: readonly KubeconfigContext[];
  /** Every cluster, in the order of the files. */
  readonly clusters: readonly KubeconfigCluster[];
  /** Every user, in the order of the files. */
  readonly users: readonly KubeconfigUser[];
  /** What could not be read at all, such as an entry without a map or of a name that is there twice. */
  readonly leftOut: readonly ConfigError[];
  /**
   * A kubeconfig of one context with its cluster and user, in YAML, **with the credentials**: the text of
   * `kubectl config view --minify --flatten --raw`. Files of certificates and keys are read now and stand in it as data, other
   * relative paths become absolute. Fields that kubectl does not know are left out. Default: the current context. Rejects with a
   * ConfigError when there is no such context, when `connect()` would refuse it, or when a file cannot be read.
   */
  export(context?: string): Promise<string>;
}

/** Which kubeconfig to read. */
export interface ReadKubeconfigOptions {
  /** The file, which must exist. Default: `KUBECONFIG`, else `~/.kube/config`. */
  readonly kubeconfig?: string | undefined;
  /** The text itself, YAML or JSON. */
  readonly kubeconfigText?: string | undefined;
}

/**
 * Reads the kubeconfig that kubectl would read, to look at it: which contexts, clusters and users there are. An entry that is broken
 * spoils no other. Without a file there is nothing in it. Rejects with an InputError for a wrong option, and with a ConfigError for
 * a file that cannot be read or is not YAML.
 */
export async function readKubeconfig(options: ReadKubeconfigOptions = {}): Promise<Kubeconfig> {
  checkConnectOptions(options);
  for (const key of Object.keys(options))
    if (key !== "kubeconfig" && key !== "kubeconfigText")
      throw new InputError(key, "readKubeconfig() has no such option; it takes kubeconfig and kubeconfigText");
  return readKubeconfigFrom(options, processSurroundings());
}

/** {@link readKubeconfig} with surroundings of its own. */
export async function readKubeconfigFrom(options: ReadKubeconfigOptions, around: Surroundings): Promise<Kubeconfig> {
  const leftOut: ConfigError[] = [];
  const config = await loadKubeconfig(options, around, (error) => leftOut.push(error));
  const paths = pathsOf(around);
  const { kubeconfigText } = options;
  return {
    files: config.files,
    currentContext: config.currentContext,
    contexts: [...config.contexts.values()].map((entry) => contextOf(entry, config)),
    clusters: [...config.clusters.values()].map((entry) => ({
      ...partOf(entry, () => checkCluster(entry, paths)),
      fields: redacted(entry.fields, clusterFields),
    })),
    users: [...config.users.values()].map((entry) => ({
      ...partOf(entry, () => readUser(entry, paths)),
      fields: redacted(entry.fields, userFields),
    })),
    leftOut,
    export: async (context) => {
      if (context !== undefined && (typeof context !== "string" || context === ""))
        throw new InputError("context", "it must be text that is not empty");
      return exportContext(config, { context, kubeconfigText }, around);
    },
  };
}

function partOf({ name, file }: KubeconfigEntry, check: () => unknown): KubeconfigPart {
  let problem: ConfigError | undefined;
  orBroken(check, (error) => (problem = error));
  return { name, file, problem };
}

function contextOf(entry: KubeconfigEntry, config: KubeconfigSections): KubeconfigContext {
  const fields = fieldsOf(entry.fields, placeOf("context", entry));
  const ignored: OnBroken = () => undefined;
  const told = (read: () => string | undefined): string | undefined => orBroken(read, ignored);
  return {
    ...partOf(entry, () => checkContext(chooseContext(config, entry.name, { context: entry.name }))),
    cluster: told(() => fields.text("cluster")),
    user: told(() => fields.text("user")),
    namespace: told(() => namespaceOf(fields)),
  };
}
