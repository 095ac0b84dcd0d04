import { ConfigError } from "@kubewright/core";
import { own } from "./fields.ts";
import type { KubeconfigEntry } from "./kubeconfig.ts";

// What lets a kubeconfig run programs, read files, or send requests and credentials elsewhere or in the clear.
const clusterFields = ["certificate-authority", "proxy-url", "insecure-skip-tls-verify"];
const userFields = ["exec", "auth-provider", "tokenFile", "client-certificate", "client-key"];

/** Refuses a kubeconfig from a stranger when the chosen cluster or user holds any field that reaches beyond the API server. */
export function refuseUntrusted(cluster: KubeconfigEntry | undefined, user: KubeconfigEntry | undefined): void {
  const refused = [...present(cluster, clusterFields, "cluster"), ...present(user, userFields, "user")];
  const server = cluster && own(cluster.fields, "server");
  if (typeof server === "string" && !/^https:\/\//i.test(server))
    refused.push(`server of cluster ${JSON.stringify(cluster?.name)} (not https)`);
  if (refused.length === 0) return;
  throw new ConfigError(
    `Untrusted kubeconfig: refused ${refused.join(", ")}; leave \`untrusted\` out only if you trust whoever wrote it as much as your own code`,
  );
}

function present(entry: KubeconfigEntry | undefined, fields: readonly string[], kind: string): string[] {
  if (entry === undefined) return [];
  return fields
    .filter((field) => ![undefined, null, false, ""].includes(own(entry.fields, field) as undefined))
    .map((field) => `${field} of ${kind} ${JSON.stringify(entry.name)}`);
}
