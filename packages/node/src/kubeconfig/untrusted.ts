import { ConfigError } from "@kubewright/core";
import { own } from "./fields.ts";
import type { KubeconfigEntry } from "./kubeconfig.ts";

// What can do no more than say which API server, and who calls it: nothing here runs programs, reads files, or sends requests and
// credentials elsewhere or in the clear. A field that is not known here is not trusted to be harmless.
const clusterFields = ["server", "tls-server-name", "certificate-authority-data", "disable-compression", "extensions"];
const userFields = [
  "token",
  "client-certificate-data",
  "client-key-data",
  "username",
  "password",
  "as",
  "as-uid",
  "as-groups",
  "as-user-extra",
  "extensions",
];

/** Refuses a kubeconfig from a stranger when the chosen cluster or user holds any field that could reach beyond the API server. */
export function refuseUntrusted(cluster: KubeconfigEntry | undefined, user: KubeconfigEntry | undefined): void {
  const refused = [...beyond(cluster, clusterFields, "cluster"), ...beyond(user, userFields, "user")];
  const server = cluster && own(cluster.fields, "server");
  if (typeof server === "string" && !/^https:\/\//i.test(server))
    refused.push(`server of cluster ${JSON.stringify(cluster?.name)} (not https)`);
  if (refused.length === 0) return;
  throw new ConfigError(
    `Untrusted kubeconfig: refused ${refused.join(", ")}; leave \`untrusted\` out only if you trust its author as much as your own code`,
  );
}

/** What the entry says beside the fields that are allowed. */
function beyond(entry: KubeconfigEntry | undefined, allowed: readonly string[], kind: string): string[] {
  if (entry === undefined) return [];
  return Object.keys(entry.fields)
    .filter((field) => !allowed.includes(field))
    .filter((field) => ![null, false, ""].includes(own(entry.fields, field) as null))
    .map((field) => `${field} of ${kind} ${JSON.stringify(entry.name)}`);
}
