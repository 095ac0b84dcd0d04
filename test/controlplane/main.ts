import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { ControlPlaneInfo } from "./info.ts";
import { kubectlEnvironment } from "./kubectl.ts";
import { startControlPlane } from "./start.ts";

const HELP = `Starts a real Kubernetes control plane with one node on this machine and keeps it until Ctrl-C.

  --second           a second API server on the same etcd
  --no-watch-cache   an API server without watch cache on the same etcd
  --api-only         no controllers, no scheduler, no node
  --stable-only      no alpha and beta groups
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      second: { type: "boolean", default: false },
      "no-watch-cache": { type: "boolean", default: false },
      "api-only": { type: "boolean", default: false },
      "stable-only": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const started = Date.now();
  const controlPlane = await startControlPlane({
    second: values.second,
    noWatchCache: values["no-watch-cache"],
    apiOnly: values["api-only"],
    allApis: !values["stable-only"],
  });
  console.log(`Kubernetes ${controlPlane.version} is ready after ${((Date.now() - started) / 1000).toFixed(1)} s.\n`);
  console.log(usage(controlPlane, writeKubectl(controlPlane)));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      controlPlane.stop().catch(() => undefined); // reported below
    });
  }
  await controlPlane.ended;
  console.log("Stopped; nothing is left.");
}

/** A `kubectl` that one can call: the real one with its caches kept out of the home folder. */
function writeKubectl(info: ControlPlaneInfo): string {
  const folder = join(info.dir, "bin");
  mkdirSync(folder);
  const settings = Object.entries(kubectlEnvironment(info)).map(([name, value]) => `export ${name}=${quoted(value)}\n`);
  const path = join(folder, "kubectl");
  writeFileSync(path, `#!/bin/sh\n${settings.join("")}exec ${quoted(info.binary)} kubectl "$@"\n`);
  chmodSync(path, 0o755);
  return folder;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function usage(info: ControlPlaneInfo, kubectlFolder: string): string {
  const lines = [
    "In another terminal:",
    `  export KUBECONFIG=${info.admin.kubeconfig}`,
    `  export PATH=${kubectlFolder}:$PATH`,
    "  kubectl create deployment web --image=any --replicas=2",
    "  kubectl get pods,nodes",
    "",
    "Containers are processes of this machine: a command runs as it is, and without one a process that waits.",
    "",
    `API server       ${info.server}`,
    ...(info.secondServer ? [`second server    ${info.secondServer.server}`] : []),
    ...(info.noWatchCacheServer ? [`no watch cache   ${info.noWatchCacheServer.server}`] : []),
    `CA               ${info.caFile}`,
    `admin            ${info.admin.kubeconfig}`,
    `by certificate   ${info.clientCertificate.kubeconfig}`,
    `service account  ${info.serviceAccount.kubeconfig}`,
    `without rights   ${info.noRights.kubeconfig}`,
    `logs             ${join(info.dir, "logs")}`,
    "",
    "Ctrl-C stops everything and removes it.",
  ];
  return lines.join("\n");
}

await main();
