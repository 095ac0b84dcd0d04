// Shows one row for each object of the resources that ?watch= names. ?way=tabs does without the shared worker.
import { CoreV1 } from "@kubewright/api/core/v1";
import { type ConnectionState, connectProxy } from "@kubewright/browser";
import { informer, type Informer } from "@kubewright/runtime";
import type { Told } from "./board.ts";

const parameters = new URL(location.href).searchParams;
const warnings: string[] = [];
const worker = (): SharedWorker => new SharedWorker(new URL("./watches.ts", import.meta.url), { type: "module" });
const cluster = connectProxy({
  baseUrl: "/k8s",
  onWarning: (text) => void warnings.push(text),
  ...(parameters.get("way") === "tabs" ? {} : { worker }),
});
const { pods, configMaps, services, persistentVolumeClaims, serviceAccounts, nodes } = cluster.api(CoreV1);
const namespace = parameters.get("namespace") ?? "default";
const resources = {
  pods: pods.in(namespace),
  configmaps: configMaps.in(namespace),
  services: services.in(namespace),
  persistentvolumeclaims: persistentVolumeClaims.in(namespace),
  serviceaccounts: serviceAccounts.in(namespace),
  nodes,
};

interface Followed {
  readonly cache: Pick<Informer<unknown>, "health">;
  readonly rows: Map<string, string>;
  readonly told: Told[];
}

const followed = new Map<string, Followed>();

for (const name of (parameters.get("watch") ?? "pods").split(",")) {
  const resource = resources[name as keyof typeof resources];
  follow(name, informer(resource as typeof resources.configmaps));
}

function follow(resource: string, cache: Informer<{ metadata?: { name?: string } }>): void {
  const rows = new Map<string, string>();
  const told: Told[] = [];
  followed.set(resource, { cache, rows, told });
  void (async () => {
    for await (const { type, object } of cache.subscribe()) {
      const { name, resourceVersion: version } = object.metadata;
      told.push({ type, name, version });
      if (type === "deleted") rows.delete(name);
      else rows.set(name, version);
      show(resource, rows);
    }
  })();
}

function show(resource: string, rows: ReadonlyMap<string, string>): void {
  const list = document.querySelector("#rows");
  for (const row of list?.querySelectorAll(`[data-resource=${resource}]`) ?? []) row.remove();
  for (const [name, version] of [...rows].toSorted(([a], [b]) => a.localeCompare(b))) {
    const row = document.createElement("li");
    row.dataset["resource"] = resource;
    row.textContent = `${resource}/${name} ${version}`;
    list?.append(row);
  }
}

function of(resource: string): Followed {
  const found = followed.get(resource);
  if (found === undefined) throw new Error(`${resource} is not watched: ?watch=${resource}`);
  return found;
}

const states: ConnectionState["state"][] = [];
cluster.connection.subscribe(({ state }) => void states.push(state));

globalThis.board = {
  born: crypto.randomUUID(),
  warnings,
  states,
  connection() {
    const { state, error } = cluster.connection.getSnapshot();
    return { state, error: error?.message };
  },
  rows: (resource) => Object.fromEntries(of(resource).rows),
  told: (resource) => of(resource).told,
  health: () =>
    Object.fromEntries(
      [...followed].map(([name, { cache }]) => {
        const { state, error } = cache.health;
        return [name, { state, error: error?.message }];
      }),
    ),
  async ask() {
    const begun = performance.now();
    await cluster.version();
    return performance.now() - begun;
  },
};
