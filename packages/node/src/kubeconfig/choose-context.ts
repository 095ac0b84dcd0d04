import { ConfigError, nearest } from "@kubewright/core";
import type { ConnectOptions } from "../settings/connect-options.ts";
import { isNamespace } from "../settings/syntax.ts";
import { type Fields, fieldsOf, invalidKubeconfig } from "./fields.ts";
import { type KubeconfigEntry, type KubeconfigSections, placeOf } from "./kubeconfig.ts";

/** A context with the cluster and the user that it names, each undefined where it names none. */
export interface ChosenContext {
  readonly context: KubeconfigEntry;
  readonly fields: Fields;
  readonly cluster: KubeconfigEntry | undefined;
  readonly user: KubeconfigEntry | undefined;
}

/** What the caller asked for; for messages. */
type Asked = Pick<ConnectOptions, "context" | "kubeconfigText">;

/** The context of the name. Throws a ConfigError when it, its cluster or its user does not exist. */
export function chooseContext(config: KubeconfigSections, name: string, asked: Asked): ChosenContext {
  const context = config.contexts.get(name);
  if (context === undefined) throw unknownContext(config, name, asked);
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
  return { context, fields, cluster: find("cluster", config.clusters), user: find("user", config.users) };
}

/** The namespace that a context sets. Throws a ConfigError for what is not a namespace's name. */
export function namespaceOf(context: Fields): string | undefined {
  const namespace = context.text("namespace");
  if (namespace !== undefined && !isNamespace(namespace))
    throw invalidKubeconfig(context.place, "namespace must be a DNS label: a-z, 0-9 and -, at most 63");
  return namespace;
}

function suggestion(wanted: string, entries: ReadonlyMap<string, unknown>): string {
  const close = nearest(wanted, [...entries.keys()]);
  return close === undefined ? "" : `; did you mean ${JSON.stringify(close)}?`;
}

function filesOf(config: KubeconfigSections): string {
  return config.files.length === 0 ? "kubeconfigText" : config.files.join(", ");
}

function unknownContext(config: KubeconfigSections, name: string, { context, kubeconfigText }: Asked): ConfigError {
  const place = context === undefined ? `current-context of ${filesOf(config)}` : "context";
  if (config.contexts.size === 0 && config.files.length === 0 && kubeconfigText === undefined) {
    return new ConfigError(
      `No kubeconfig: there is none that could hold context ${JSON.stringify(name)}; pass \`kubeconfig\` or set KUBECONFIG`,
    );
  }
  return new ConfigError(
    `Unknown context: ${place} is ${JSON.stringify(name)}, which does not exist${suggestion(name, config.contexts)}; ${known(config)}`,
  );
}

/** The error of a kubeconfig without a current context. */
export function noContext(config: KubeconfigSections): ConfigError {
  return new ConfigError(`No context: ${filesOf(config)} has no current-context; pass \`context\` (${known(config)})`);
}

function known(config: KubeconfigSections): string {
  const names = [...config.contexts.keys()];
  if (names.length === 0) return "there are no contexts";
  const more = names.length > 10 ? ` and ${names.length - 10} more` : "";
  return `the contexts are ${names
    .slice(0, 10)
    .map((name) => JSON.stringify(name))
    .join(", ")}${more}`;
}
