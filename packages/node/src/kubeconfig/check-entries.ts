import type { PlatformPath } from "node:path";
import { type ChosenContext, namespaceOf } from "./choose-context.ts";
import { invalidKubeconfig } from "./fields.ts";
import { type KubeconfigEntry, placeOf } from "./kubeconfig.ts";
import { readCluster } from "./read-cluster.ts";
import { parseServerUrl } from "./server-url.ts";

/** Throws the ConfigError with which connect() would refuse the context, if it were given no other option. */
export function checkContext({ cluster, fields }: ChosenContext): void {
  if (cluster === undefined) throw invalidKubeconfig(fields.place, "it names no cluster; add one");
  namespaceOf(fields);
}

/** The same of a cluster. */
export function checkCluster(entry: KubeconfigEntry, paths: PlatformPath): void {
  const place = placeOf("cluster", entry);
  const { server } = readCluster(entry, paths);
  if (server === undefined) throw invalidKubeconfig(place, "it has no server; add one");
  const { problem } = parseServerUrl(server, true);
  if (problem !== undefined) throw invalidKubeconfig(place, `server: ${problem}`);
}
